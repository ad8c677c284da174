"""Writes coverage.json into the folder of document fonts; run once after the fonts change."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from jiaxing_titles.documents import faces


class Command(BaseCommand):
    help = "重新计算公文字体的字符覆盖表（更换字体后运行一次）"

    def handle(self, *args: object, **options: object) -> None:
        where = faces.folder()
        try:
            own = {path for path in faces.files(where).values() if path.parent == where}
        except faces.FontsMissing as problem:
            raise CommandError(str(problem)) from problem
        write(where, own)
        self.stdout.write(f"{where / 'coverage.json'}：{len(own)} 个字体")


def write(where: Path, fonts: set[Path]) -> None:
    """One line a font, so that a change of one file is a change of one line."""
    lines = [
        f"{json.dumps(path.name)}: {json.dumps(faces.as_ranges(faces.read_cmap(path)), separators=(',', ':'))}"
        for path in sorted(fonts)
    ]
    (where / "coverage.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")

"""System checks: what the making of documents needs from the machine."""

import ctypes
from typing import Any

from django.core.checks import CheckMessage, Error, Warning, register

from jiaxing_titles.documents import faces

# Shared library → the Debian package that brings it.
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}


def missing_packages(libraries: dict[str, str]) -> list[str]:
    """Names of the apt packages whose library cannot be loaded."""
    missing = []
    for library, package in libraries.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


@register
def pango_is_there(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Without pango the site runs, but no PDF can be made."""
    missing = missing_packages(LIBRARIES)
    if not missing:
        return []
    return [
        Warning(
            f"缺少生成 PDF 所需的系统软件包：{'、'.join(missing)}",
            hint=f"apt-get install --no-install-recommends {' '.join(LIBRARIES.values())}",
            id="documents.W001",
        )
    ]


@register
def fonts_are_there(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """An incomplete fonts folder would otherwise show only when the first document is made."""
    try:
        faces.files(faces.folder())
    except (faces.FontsMissing, ValueError) as problem:
        return [
            Error(f"公文字体不完整：{problem}", hint="见 jiaxing_titles/documents/fonts/README.md", id="documents.E001")
        ]
    return []

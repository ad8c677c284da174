"""Form fields for uploads; their cleaned value goes straight into store()."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from jiaxing_titles.attachments.validators import KINDS, MAX_MB, CheckedUpload, check_upload


class AttachmentField(forms.FileField):
    """One file. Cleans to a CheckedUpload, or None when optional and left empty."""

    def __init__(self, *, kinds: Collection[str] = KINDS, max_mb: int = MAX_MB, **options: Any) -> None:
        self.kinds = kinds
        self.max_mb = max_mb
        options.setdefault("widget", forms.FileInput)
        options.setdefault("help_text", f"可上传 {'、'.join(kinds)}，单个文件不超过 {max_mb} MB。")
        super().__init__(**options)
        self.error_messages |= {
            "required": "请选择要上传的文件。",
            "empty": "文件是空的（0 字节），请重新选择。",
            "invalid": "没有收到文件，请重新选择后提交。",
        }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        extensions = [*self.kinds, "jpeg"] if "jpg" in self.kinds else list(self.kinds)
        return {**super().widget_attrs(widget), "accept": ",".join(f".{kind}" for kind in extensions)}

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        return self._check(upload) if upload else None

    def _check(self, upload: Any) -> CheckedUpload:
        return (
            upload if isinstance(upload, CheckedUpload) else check_upload(upload, kinds=self.kinds, max_mb=self.max_mb)
        )


class ManyFilesInput(forms.FileInput):
    """The file input with which several files are chosen at once."""

    allow_multiple_selected = True


class AttachmentsField(AttachmentField):
    """Several files at once. Cleans to a list of CheckedUpload; each bad file is named in its sentence."""

    def __init__(self, *, max_files: int = 20, **options: Any) -> None:
        self.max_files = max_files
        super().__init__(widget=ManyFilesInput, **options)

    def clean(self, data: Any, initial: Any = None) -> list[CheckedUpload]:
        uploads = data if isinstance(data, list | tuple) else [data] if data else []
        if not uploads and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(uploads) > self.max_files:
            raise ValidationError(f"一次最多上传 {self.max_files} 个文件，请分几次上传。", code="count")
        checked, problems = [], []
        for upload in uploads:
            try:
                checked.append(self._check(upload))
            except ValidationError as problem:
                problems += [f"{upload.name}：{message}" for message in problem.messages]
        if problems:
            raise ValidationError(problems)
        return checked

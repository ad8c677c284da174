from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    name = "jiaxing_titles.attachments"
    label = "attachments"
    verbose_name = "附件"

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AttachmentsConfig(AppConfig):
    name = "jiaxing_titles.attachments"
    label = "attachments"
    verbose_name = "附件"

    def ready(self) -> None:
        """Loads every stage's attachments.py with its resolvers."""
        autodiscover_modules("attachments")

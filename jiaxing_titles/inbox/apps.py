from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class InboxConfig(AppConfig):
    name = "jiaxing_titles.inbox"
    verbose_name = "待办"

    def ready(self) -> None:
        # Importing the actions fills the register of steps; the inbox modules say what waits for whom.
        autodiscover_modules("actions", "inbox")

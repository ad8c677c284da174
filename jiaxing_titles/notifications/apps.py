from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NotificationsConfig(AppConfig):
    name = "jiaxing_titles.notifications"
    verbose_name = "通知提醒"

    def ready(self) -> None:
        autodiscover_modules("reminders")

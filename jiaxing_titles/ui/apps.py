from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "jiaxing_titles.ui"
    label = "ui"
    verbose_name = "界面"

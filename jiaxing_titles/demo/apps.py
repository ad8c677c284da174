from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "jiaxing_titles.demo"
    verbose_name = "演示"

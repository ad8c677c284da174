from django.apps import AppConfig


class PublicityConfig(AppConfig):
    name = "jiaxing_titles.publicity"
    verbose_name = "公示与异议"

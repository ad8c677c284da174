from django.apps import AppConfig


class PublicsiteConfig(AppConfig):
    name = "jiaxing_titles.publicsite"
    label = "publicsite"
    verbose_name = "公众网站"

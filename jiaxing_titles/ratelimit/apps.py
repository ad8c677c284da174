from django.apps import AppConfig


class RatelimitConfig(AppConfig):
    name = "jiaxing_titles.ratelimit"
    verbose_name = "限次"

from django.apps import AppConfig


class WorkdaysConfig(AppConfig):
    name = "jiaxing_titles.workdays"
    verbose_name = "工作日历"

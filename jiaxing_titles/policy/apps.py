from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "jiaxing_titles.policy"
    verbose_name = "年度日程与规则"

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "jiaxing_titles.accounts"
    verbose_name = "人员与单位"

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "jiaxing_titles.audit"
    verbose_name = "办理记录"

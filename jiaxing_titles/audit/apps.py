from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "jiaxing_titles.audit"
    verbose_name = "办理记录"

    def ready(self) -> None:
        """Loads what `check --deploy` refuses: settings and roles that would make the trail worthless."""
        from jiaxing_titles import checks  # noqa: F401 -- registers on import, needs loaded settings

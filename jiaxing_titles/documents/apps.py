from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DocumentsConfig(AppConfig):
    name = "jiaxing_titles.documents"
    label = "documents"
    verbose_name = "文书"

    def ready(self) -> None:
        """Loads the system checks and every stage's documents.py with its registered builders."""
        from jiaxing_titles.documents import checks  # noqa: F401 -- registers on import, needs loaded settings

        autodiscover_modules("documents")

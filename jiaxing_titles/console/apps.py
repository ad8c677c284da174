from django.contrib.admin.apps import AdminConfig


class ConsoleConfig(AdminConfig):
    """Stands in for django.contrib.admin, so that `admin.site` is the console everywhere."""

    default_site = "jiaxing_titles.console.site.TitlesAdminSite"

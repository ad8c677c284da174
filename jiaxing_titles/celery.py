"""The Celery application; its beat table is CELERY_BEAT_SCHEDULE in settings.py."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiaxing_titles.settings")
app = Celery("jiaxing_titles")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

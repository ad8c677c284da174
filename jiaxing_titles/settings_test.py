"""Speed only: the same engines as production, a cheap password hasher, plain static files."""

import tempfile

from jiaxing_titles.settings import *  # noqa: F403 -- the point of this file is to be the real settings

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = tempfile.mkdtemp(prefix="jiaxing-media-")
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SMS_BACKEND = "jiaxing_titles.notifications.sms.MemoryBackend"
DEMO = False

"""The web processes of the attack tests: the product's own settings, and everything written that could be written.

Log level DEBUG, and errors told by mail with the whole page of frames and variables.
"""

from jiaxing_titles.settings import *  # noqa: F403 -- the point of this file is to be the real settings
from jiaxing_titles.settings import STORAGES, env

STORAGES |= {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
MEDIA_ROOT = env.str("TRUST_FOLDER") + "/media"
SMS_FILE = env.str("TRUST_FOLDER") + "/sms.log"
ADMINS = [("值班", "duty@example.org")]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = env.str("TRUST_FOLDER") + "/mail"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
        "mail": {"class": "django.utils.log.AdminEmailHandler", "level": "ERROR", "include_html": True},
    },
    "root": {"handlers": ["console", "mail"], "level": "DEBUG"},
}

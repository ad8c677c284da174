"""One settings file; the environment decides engines, secrets and whether this is the demo.

`manage.py check --deploy` (jiaxing_titles/checks.py) refuses what must not reach production.
"""

import base64
from pathlib import Path

import environ
from celery.schedules import crontab

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# A default that works for reading the code base; `check --deploy` refuses it.
DEFAULT_SECRET = "not-for-production-" * 3

DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("DEMO", False)
SECRET_KEY = env.str("SECRET_KEY", DEFAULT_SECRET)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
BEHIND_HTTPS = env.bool("BEHIND_HTTPS", False)

# Keys for encrypted fields ({key id: base64 of 32 bytes}) and for the blind index over them.
_DEFAULT_FIELD_KEY = base64.b64encode(b"0" * 32).decode()
FIELD_KEYS = env.dict("FIELD_KEYS", default={"dev": _DEFAULT_FIELD_KEY})
FIELD_KEY_CURRENT = env.str("FIELD_KEY_CURRENT", next(iter(FIELD_KEYS)))
BLIND_INDEX_KEY = env.str("BLIND_INDEX_KEY", DEFAULT_SECRET)

INSTALLED_APPS = [
    "jiaxing_titles.console.apps.ConsoleConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "guardian",
    "pgtrigger",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django_htmx",
    "django_celery_beat",
    "jiaxing_titles.clock",
    "jiaxing_titles.ui",
    "jiaxing_titles.accounts",
    "jiaxing_titles.policy",
    "jiaxing_titles.workdays",
    "jiaxing_titles.identity",
    "jiaxing_titles.ratelimit",
    "jiaxing_titles.audit",
    "jiaxing_titles.notifications",
    "jiaxing_titles.attachments",
    "jiaxing_titles.documents",
    "jiaxing_titles.publicity",
    "jiaxing_titles.inbox",
    "jiaxing_titles.publicsite",
    "jiaxing_titles.demo",
    "enterprises",
    "applications",
    "reviews",
    "certificates",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "jiaxing_titles.ui.middleware.SecurityHeadersMiddleware",
    "jiaxing_titles.audit.middleware.RequestIdMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "jiaxing_titles.accounts.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "jiaxing_titles.urls"
WSGI_APPLICATION = "jiaxing_titles.wsgi.application"
FORM_RENDERER = "jiaxing_titles.ui.forms.Renderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "jiaxing_titles.ui.context.page",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["jiaxing_titles.ui.templatetags.ui"],
        },
    }
]

DATABASES = {"default": env.db_url("DATABASE_URL", "postgres:///jiaxing_titles")}
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", 600)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# A held row or a server that does not answer must never hang a page: the reader gets a sentence after three seconds.
DATABASES["default"]["OPTIONS"] = {
    "options": "-c lock_timeout=3000 -c statement_timeout=30000 -c timezone=Asia/Shanghai",
    "connect_timeout": 3,
    **DATABASES["default"].get("OPTIONS", {}),
}
# Triggers follow the models: laid anew after every migrate, so they cannot lag behind the FSM tables they come from.
PGTRIGGER_MIGRATIONS = False
PGTRIGGER_INSTALL_ON_MIGRATE = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", "redis://localhost:6379/0")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_HTTPS
CSRF_FAILURE_VIEW = "jiaxing_titles.ui.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DEFAULT_EXCEPTION_REPORTER_FILTER = "jiaxing_titles.error_reports.SilentAboutSecrets"
if BEHIND_HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_SSL_REDIRECT = True

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ANONYMOUS_USER_NAME = None  # guardian: nobody is granted anything through an anonymous user
GUARDIAN_MONKEY_PATCH_USER = False

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home_after_login"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "jiaxing_titles.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": None}  # axes is the one counter, kept in the database
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "嘉兴职称自主评审"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "jiaxing_titles.accounts.views.locked_out"
AXES_IPWARE_PROXY_COUNT = env.int("PROXY_COUNT", 0)

LANGUAGE_CODE = "zh-hans"  # forced: no LocaleMiddleware, no guessing from Accept-Language
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "static-root"))()
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "var" / "media"))()
MEDIA_URL = ""  # private files leave only through permission-checked views
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DOCUMENT_FONTS_DIR = env.str("DOCUMENT_FONTS_DIR", str(BASE_DIR / "jiaxing_titles" / "documents" / "fonts"))

CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)  # Celery's spelling of a socket
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 660}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1}
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
# Every entry finds its due work in the database and does it once, so a missed or doubled tick is harmless.
CELERY_BEAT_SCHEDULE = {
    "deliver-outbox": {"task": "jiaxing_titles.notifications.tasks.deliver", "schedule": 10.0},
    "resume-documents": {"task": "jiaxing_titles.documents.tasks.resume", "schedule": 30.0},
    "close-due-publicity": {"task": "jiaxing_titles.publicity.tasks.close_due", "schedule": crontab(minute="*/5")},
    "close-due-rounds": {"task": "applications.tasks.close_due_rounds", "schedule": crontab(minute="*/5")},
    "draw-after-silence": {"task": "reviews.tasks.draw_after_silence", "schedule": crontab(minute="*/5")},
    "send-due-reminders": {"task": "jiaxing_titles.notifications.tasks.remind", "schedule": crontab(minute="*/10")},
    "forget-files": {
        "task": "jiaxing_titles.documents.tasks.forget_files",
        "schedule": crontab(hour=3, minute=20),
    },
    "forget-attempts": {
        "task": "jiaxing_titles.ratelimit.tasks.forget_attempts",
        "schedule": crontab(hour=3, minute=10),
    },
}

EMAIL_BACKEND = env.str("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "noreply@localhost")
SMS_BACKEND = env.str("SMS_BACKEND", "jiaxing_titles.notifications.sms.ConsoleBackend")
SMS_FILE = env.str("SMS_FILE", str(BASE_DIR / "var" / "sms.log"))
SITE_ADDRESS = env.str("SITE_ADDRESS", "http://localhost:8000")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
}

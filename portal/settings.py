"""Settings. Embedded by default (SQLite, filesystem broker); PORTAL_ENV=production is the other.

Nothing has to be set for the embedded mode. DATABASE_URL names another database in every mode.
"""

import secrets
import sys
from pathlib import Path

import dj_database_url
import django_stubs_ext

from portal import env
from portal.files import place

# lets forms, files and querysets name what they hold, which Django only knows as types
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("PORTAL_VAR", str(BASE_DIR / "var")))

PORTAL_ENV = env.one_of("PORTAL_ENV", ("embedded", "production"), "embedded")
PRODUCTION = PORTAL_ENV == "production"
DEBUG = False


def _embedded_secret() -> str:
    """A key of this machine, made at the first start and kept outside the repository."""
    file = VAR_DIR / "secret_key"
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50), encoding="utf-8")
    return file.read_text(encoding="utf-8")


SECRET_KEY = env.text("SECRET_KEY") if PRODUCTION else _embedded_secret()
ALLOWED_HOSTS = (
    env.words("ALLOWED_HOSTS")
    if PRODUCTION
    else ["localhost", "127.0.0.1", "[::1]", *env.words("ALLOWED_HOSTS")]
)

INSTALLED_APPS = [
    "portal.web",
    "portal.audit",
    "portal.files",
    "portal.jobs",
    "portal.office",
    "portal.schools",
    "portal.calendar",
    "portal.accounts",
    "portal.notices",
    "processes",
    "workflows.cases",
    "workflows.letters",
    "workflows.approvals",
    "reports",
    "portal.backup",
    "portal.health",
    "portal.demo",
    "portal.drills",
    "portal.benches",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "portal.health.middleware.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "portal.web.middleware.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "portal.accounts.middleware.TemporaryPasswordMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "portal.web.middleware.RequestLimitMiddleware",
    "portal.web.middleware.ReadableAddressMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.web.middleware.SignInAgainMiddleware",
    "portal.web.middleware.DomainErrorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.office.context.office",
                "portal.notices.context.notices",
            ],
        },
    },
]
FORM_RENDERER = "portal.web.forms.ThaiFormRenderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

DATABASES = {
    "default": dj_database_url.parse(
        env.text("DATABASE_URL", f"sqlite:///{VAR_DIR / 'krabuan.sqlite3'}"),
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # WAL with IMMEDIATE: no lock errors with several writers, where deferred had hundreds
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    DATABASES["default"]["CONN_MAX_AGE"] = 0
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # the user name is unique without regard to case: constraint user_name_once
    "security.W005",  # the portal is one host; what else the office serves is not its business
    "security.W019",  # a paper is shown in a frame of its own page
    "security.W021",  # nor is a place in the browsers' preload list
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "accounts:login"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "portal.web.views.csrf_failure"

# five wrong passwords for one name from one address, then a quarter of an hour of rest
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "portal.accounts.views.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

LANGUAGE_CODE = "th"
TIME_ZONE = "Asia/Bangkok"
USE_I18N = True
USE_TZ = True
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
# whitenoise warns where the folder is missing
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = not PRODUCTION
FILES_URL = env.text("FILES_URL", "")
MEDIA_ROOT = place.folder(FILES_URL, default=VAR_DIR / "files")
STORAGES = {
    "default": place.storage(
        FILES_URL,
        key_id=env.text("FILES_KEY_ID", ""),
        secret_key=env.text("FILES_SECRET_KEY", ""),
    ),
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if PRODUCTION
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
# an age public key (age1…): archives are encrypted to it, and only its owner reads them
BACKUP_RECIPIENT = env.text("BACKUP_RECIPIENT", "")
BACKUP_DIR = env.text("BACKUP_DIR", str(VAR_DIR / "backups"))
FILE_UPLOAD_HANDLERS = [
    # a name with a path in it is refused, where Django would quietly cut it
    "portal.files.uploads.KeepNames",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# a survey of a thousand rows is pasted in one form
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

# -- Celery: only a nudge; the row in portal.jobs is the truth
CELERY_BROKER_URL = env.text("BROKER_URL", "" if PRODUCTION else "filesystem://")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_DEFAULT_QUEUE = "quick"
CELERY_TASK_TIME_LIMIT = 600
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
if CELERY_BROKER_URL.startswith("filesystem"):
    _queue = VAR_DIR / "queue"
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
        "data_folder_in": str(_queue),
        "data_folder_out": str(_queue),
        "control_folder": str(_queue / "control"),
        "polling_interval": 0.2,
    }
else:
    # longer than every time limit, or a slow paper would be handed out twice
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 900,
        "unacked_restore_throttle": 1,
    }

# how long a claim holds without a sign of life; the worker gives one every third of it
JOB_LEASE_SECONDS = env.whole("JOB_LEASE_SECONDS", 60, least=3)
# how long a nudge may wait in a queue before the sweeper sends another
JOB_NUDGE_SECONDS = env.whole("JOB_NUDGE_SECONDS", 60, least=1)
JOB_SWEEP_SECONDS = env.whole("JOB_SWEEP_SECONDS", 15, least=1)
# how often the errands of the day are looked for; each is asked for once
JOB_DAILY_SECONDS = env.whole("JOB_DAILY_SECONDS", 300, least=1)


def _tick(task: str, seconds: int, **facts: object) -> dict[str, object]:
    """A tick nobody took in time is dropped: the next one does the same."""
    options = {"queue": "quick", "expires": seconds}
    return {"task": task, "schedule": float(seconds), "options": options, **facts}


CELERY_BEAT_SCHEDULE = {
    **{
        f"heartbeat-{queue}": _tick(
            "portal.health.tasks.beat",
            60,
            kwargs={"queue": queue},
            options={"queue": queue, "expires": 60},
        )
        for queue in ("quick", "papers")
    },
    "sweep": _tick("portal.jobs.tasks.sweep", JOB_SWEEP_SECONDS),
    "ask-daily": _tick("portal.jobs.tasks.ask_daily", JOB_DAILY_SECONDS),
}

# -- logs: JSON lines in production, words on a developer's screen; the access log always JSON
ACCESS_LOG_DIR = env.text("ACCESS_LOG_DIR", str(VAR_DIR / "access"))
_LINE = "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "portal.health.middleware.RequestId"}},
    "formatters": {
        "line": {"format": _LINE},
        "json": {"()": "pythonjsonlogger.json.JsonFormatter", "format": _LINE},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json" if PRODUCTION else "line",
            "filters": ["request"],
        },
        "access": {
            "class": "portal.health.access_log.DailyFile",
            "formatter": "json",
            "filters": ["request"],
        },
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "krabuan.access": {"handlers": ["access"], "level": "INFO", "propagate": False},
        # its lines say what the access log says, without saying who
        "axes": {"level": "WARNING"},
        # every style sheet of every paper is no news
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "WARNING"},
    },
}

TESTING = "pytest" in sys.modules
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

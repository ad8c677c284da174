"""What `manage.py check --deploy` refuses before this product may serve a city.

Settings that belong to the demo, keys that anybody knows, files that others on the machine may read, and a database
whose log or whose role would undo what the tables promise (append-only audit, sealed ballots, hidden row values).
"""

import base64
import binascii
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError, connection

from jiaxing_titles.engines.postgres import APP, OWNER, TALLY

SHORTEST_KEY = 32  # characters, for SECRET_KEY and BLIND_INDEX_KEY
FIELD_KEY_BYTES = 32  # AES-256
# pg_settings name → the values under which no row value can reach the server's log. psycopg2 writes parameters into
# the statement, so a logged statement is a logged row.
SILENT: Mapping[str, set[str]] = {
    "log_statement": {"none", "ddl"},
    "log_min_duration_statement": {"-1"},
    "log_min_duration_sample": {"-1"},
    "log_transaction_sample_rate": {"0"},
    "log_min_error_statement": {"fatal", "panic"},
    "log_error_verbosity": {"terse"},
    "log_parameter_max_length": {"0"},
    "log_parameter_max_length_on_error": {"0"},
}


def _error(number: int, sentence: str, hint: str) -> Error:
    return Error(sentence, hint=hint, id=f"jiaxing.E{number:03d}")


@register(Tags.security, deploy=True)
def switches(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """DEBUG, DEMO and eager tasks: each is for a desk, not for a service."""
    found: list[CheckMessage] = []
    if settings.DEBUG:
        found.append(_error(1, "DEBUG 处于打开状态，出错页面会泄露数据。", "不要设置 DEBUG。"))
    if getattr(settings, "DEMO", False):
        found.append(_error(2, "DEMO 处于打开状态，任何人都能用演示账号登录。", "不要设置 DEMO。"))
    if getattr(settings, "CELERY_TASK_ALWAYS_EAGER", False):
        found.append(
            _error(3, "后台任务在网页进程内执行（CELERY_TASK_ALWAYS_EAGER）。", "去掉该设置，启动 Celery worker。")
        )
    return found


@register(Tags.security, deploy=True)
def keys(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every key is set, long enough and used for one purpose only."""
    found: list[CheckMessage] = []
    for number, name in ((4, "SECRET_KEY"), (5, "BLIND_INDEX_KEY")):
        value = str(getattr(settings, name, ""))
        if value == settings.DEFAULT_SECRET or len(value) < SHORTEST_KEY or len(set(value)) < 8:
            hint = f"把环境变量 {name} 设为至少 {SHORTEST_KEY} 个随机字符。"
            found.append(_error(number, f"{name} 没有设置、过短或过于简单。", hint))
    weak = sorted(name for name, value in settings.FIELD_KEYS.items() if not _is_field_key(value))
    if weak or not settings.FIELD_KEYS:
        hint = "FIELD_KEYS 写作 编号=密钥，密钥是 32 个随机字节的 base64。"
        found.append(_error(6, f"FIELD_KEYS 中的密钥不可用：{'、'.join(weak) or '没有密钥'}。", hint))
    secrets = [settings.SECRET_KEY, settings.BLIND_INDEX_KEY, *settings.FIELD_KEYS.values()]
    if len(set(secrets)) < len(secrets):
        found.append(_error(7, "同一个密钥用在了两处。", "SECRET_KEY、BLIND_INDEX_KEY、FIELD_KEYS 各用各的密钥。"))
    return found


def _is_field_key(value: str) -> bool:
    try:
        raw = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        return False
    return len(raw) == FIELD_KEY_BYTES and len(set(raw)) > 8


@register(Tags.security, deploy=True)
def files(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Uploaded papers are for the service's own account alone."""
    folder = Path(settings.MEDIA_ROOT)
    if folder.exists() and stat.S_IMODE(folder.stat().st_mode) & 0o007:
        hint = f"chmod o-rwx {folder}"
        return [_error(8, f"材料目录 {folder} 对本机其他账号开放。", hint)]
    return []


@register(Tags.security, deploy=True)
def database(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The server's log keeps quiet, and DATABASE_URL names a role that cannot undo the audit trail."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(SILENT)])
            log = dict(cursor.fetchall())
            cursor.execute(_ROLE)
            role = dict(zip((column.name for column in cursor.description), cursor.fetchone(), strict=True))
            cursor.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [[OWNER, APP, TALLY]])
            roles = {name for (name,) in cursor.fetchall()}
            cursor.execute(_CLOCK)
            clock_is_free = cursor.fetchone()[0]
            cursor.execute(_BALLOTS, [TALLY])
            reads_ballots, cannot_unseal = cursor.fetchone()
    except DatabaseError as broken:
        hint = "确认 DATABASE_URL 可用、数据表已由 migrate 建好后再检查。"
        return [_error(9, f"数据库没有回答，无法核对日志设置和账号权限（{type(broken).__name__}）。", hint)]
    found = [*_log(log), *_role(role), *_roles({OWNER, APP, TALLY} - roles)]
    if clock_is_free:
        hint = "执行 UPDATE clock_setting SET shift = '0', frozen_at = NULL，并收回应用账号对该表的 UPDATE 权限。"
        found.append(_error(13, "系统时钟被移动过，或应用账号能够移动它。", hint))
    if reads_ballots or cannot_unseal:
        hint = f"由数据库管理员重新执行 jiaxing_titles/engines/roles.sql，{APP} 不继承 {TALLY} 的权限，只在开票时换用。"
        found.append(_error(14, "应用账号能读密封的选票，或开票时换不到计票账号。", hint))
    return found


_ROLE = """
SELECT current_user AS name,
       r.rolsuper OR r.rolcreaterole OR r.rolcreatedb OR r.rolbypassrls OR r.rolreplication AS powerful,
       pg_has_role(current_user, d.datdba, 'MEMBER') AS owner,
       EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
               AND (has_table_privilege(c.oid, 'TRUNCATE') OR pg_has_role(current_user, c.relowner, 'MEMBER')))
           AS truncates
FROM pg_roles r, pg_database d WHERE r.rolname = current_user AND d.datname = current_database()
"""

# Only the demo and the tests may move the clock; see jiaxing_titles/clock.
_CLOCK = """
SELECT has_table_privilege('clock_setting', 'UPDATE') OR frozen_at IS NOT NULL OR shift <> '0' FROM clock_setting
"""

# What is sealed is read under the tally role alone, which the application puts on for that one query.
_BALLOTS = """
SELECT has_column_privilege('reviews_sealedballot', 'ciphertext', 'SELECT'),
       EXISTS (SELECT FROM pg_roles WHERE rolname = %s AND NOT pg_has_role(current_user, oid, 'MEMBER'))
"""


def _log(log: Mapping[str, str]) -> list[CheckMessage]:
    loud = sorted(name for name, value in log.items() if value not in SILENT[name])
    if not loud:
        return []
    hint = "在 postgresql.conf 中设置：" + "，".join(f"{name}={'|'.join(sorted(SILENT[name]))}" for name in loud)
    return [_error(10, f"PostgreSQL 日志会写入个人数据：{'、'.join(loud)}。", hint)]


def _role(role: Mapping[str, Any]) -> list[CheckMessage]:
    if not (role["powerful"] or role["owner"] or role["truncates"]):
        return []
    hint = f"DATABASE_URL 用 {APP}；迁移用 {OWNER}（DATABASE_OWNER_URL）。"
    return [_error(11, f"DATABASE_URL 的账号 {role['name']} 权限过大，能改动只增不改的记录。", hint)]


def _roles(missing: Iterable[str]) -> list[CheckMessage]:
    names = "、".join(sorted(missing))
    if not names:
        return []
    return [_error(12, f"数据库缺少账号：{names}。", "由数据库管理员执行 jiaxing_titles/engines/roles.sql。")]

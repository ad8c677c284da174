#!/bin/sh
# One entry for people and machines:
#   sh run.sh demo [--port N] [--fresh] [--check]    the whole product with its demo city
#   sh run.sh test [quick | trust | walk | pytest arguments] every check before a change is taken
#   sh run.sh manage COMMAND …                        manage.py with the servers around it
# It brings the machine to what the command needs (as root by apt, else it names what is missing), keeps a virtual
# environment in step with the locked requirements, and hands over to jiaxing_titles/engines. A second run only checks.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
command=${1:-}

# deploy/Dockerfile installs the same PDF libraries; tests/deploy/test_compose.py compares the lines.
PDF_PACKAGES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
# libatomic1: for the driver that Playwright brings; a Debian with a compiler has it.
TEST_PACKAGES="chromium fonts-wqy-microhei poppler-utils libatomic1"
# Pages of tables are read with its contrib modules; the clock of the web processes is moved with libfaketime; the proxy
# stands in front as in production.
TRUST_PACKAGES="postgresql faketime nginx"

say() { printf '%s\n' "$*" >&2; }
die() { say "错误：$*"; exit 1; }

# A Python that is new enough and can make a virtual environment, else nothing.
find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        path=$(command -v "$name") || continue
        if "$path" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 </dev/null; then
            printf '%s\n' "$path"
            return
        fi
    done
}

# Those of the named Debian packages that are not installed; nothing on other systems, where names differ.
missing_packages() {
    command -v dpkg-query >/dev/null 2>&1 || return 0
    for name in "$@"; do
        case $(dpkg-query -W -f='${Status}' "$name" 2>/dev/null || true) in
            *" installed") ;;
            *) printf '%s ' "$name" ;;
        esac
    done
}

# Runs "$@" without a word; when it fails, shows the end of what it printed and ends with the sentence $1.
quietly() {
    sentence=$1
    shift
    log=$(mktemp)
    if ! "$@" >"$log" 2>&1 </dev/null; then
        tail -n 20 "$log" >&2
        rm -f "$log"
        die "$sentence"
    fi
    rm -f "$log"
}

apt_install() {
    apt-get install -y --no-install-recommends "$@" || { apt-get update && apt-get install -y --no-install-recommends "$@"; }
}

install_packages() {
    say "· 安装系统软件包：$*"
    export DEBIAN_FRONTEND=noninteractive
    quietly "系统软件包没有装上，原因见上；请检查网络和软件源后重试。" apt_install "$@"
}

prepare_system() {
    wanted=$PDF_PACKAGES
    [ "$command" = test ] && wanted="$wanted $TEST_PACKAGES"
    [ "$command ${2:-}" = "test trust" ] && wanted="$wanted $TRUST_PACKAGES"
    # shellcheck disable=SC2086 -- the lists are meant to be split
    missing=$(missing_packages $wanted)
    [ -n "$(find_python)" ] || missing="python3 python3-venv $missing"
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
        # shellcheck disable=SC2086
        install_packages $missing
    else
        die "缺少系统软件包，请先以 root 执行：apt-get install -y $missing"
    fi
}

# Inside the checkout where that can be written, else beside the data.
venv_folder() {
    if [ -n "${JIAXING_VENV:-}" ]; then
        printf '%s\n' "$JIAXING_VENV"
    elif [ -w "$here" ]; then
        printf '%s\n' "$here/.venv"
    elif [ "$(id -u)" -eq 0 ]; then
        printf '%s\n' "${JIAXING_STATE:-/var/lib/jiaxing-titles}/venv"
    else
        printf '%s\n' "${JIAXING_STATE:-${XDG_STATE_HOME:-$HOME/.local/state}/jiaxing-titles}/venv"
    fi
}

# $1: runtime or dev. Installs only when that lock file is not the one installed last.
prepare_python() {
    lock=$here/requirements/$1.txt
    mark=$venv/installed-$1
    if [ -x "$venv/bin/python" ] && cmp -s "$lock" "$mark"; then
        return 0
    fi
    python=$(find_python)
    [ -n "$python" ] || die "需要 Python 3.11 或更新的版本（带 venv），本机没有找到。"
    if ! "$venv/bin/python" -c 'import pip' >/dev/null 2>&1 </dev/null; then
        say "· 建立 Python 虚拟环境 $venv"
        quietly "虚拟环境 $venv 建立失败，原因见上。" "$python" -m venv --clear "$venv"
    fi
    say "· 安装锁定的 Python 依赖（首次约半分钟）"
    quietly "Python 依赖没有装上，原因见上；请检查网络和 pip 配置后重试。" \
        "$venv/bin/python" -m pip install --disable-pip-version-check --require-hashes -r "$lock"
    cp "$lock" "$mark"
}

case $command in
    demo | manage) requirements=runtime ;;
    test) requirements=dev ;;
    *)
        sed -n '3,5s/^# *//p' "$here/run.sh" >&2
        exit 2
        ;;
esac
prepare_system "$@"
venv=$(venv_folder)
prepare_python "$requirements"
cd "$here"
exec "$venv/bin/python" -m jiaxing_titles.engines.supervise "$@"

#!/bin/sh
# Fetch the vendored front-end files anew, by exact version, with nothing but npm and tar.
# The source-map comments go: the maps are not published, and the hashed static storage would look for them.
set -eu

BOOTSTRAP=5.3.9
TABLER=3.34.0
ICONS="alert-triangle arrow-left arrow-right calendar check chevron-down circle-check circle-x clock download
 external-link file-text home info-circle list-check lock phone printer search upload user x"

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
cd "$work"

npm pack --silent "bootstrap@$BOOTSTRAP" "@tabler/icons@$TABLER" >/dev/null
mkdir bootstrap tabler
tar -xzf "bootstrap-$BOOTSTRAP.tgz" -C bootstrap --strip-components=1
tar -xzf "tabler-icons-$TABLER.tgz" -C tabler --strip-components=1

mkdir -p "$here/bootstrap" "$here/tabler"
sed 's|/\*# sourceMappingURL=[^*]*\*/||' bootstrap/dist/css/bootstrap.min.css >"$here/bootstrap/bootstrap.min.css"
sed '/^\/\/# sourceMappingURL=/d' bootstrap/dist/js/bootstrap.bundle.min.js >"$here/bootstrap/bootstrap.bundle.min.js"
cp bootstrap/LICENSE "$here/bootstrap/LICENSE"

{
    printf '<svg xmlns="http://www.w3.org/2000/svg">\n'
    for icon in $ICONS; do
        printf '<symbol id="%s" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">' "$icon"
        grep -E '<(path|circle|rect|line|polyline)' "tabler/icons/outline/$icon.svg" | grep -v 'stroke="none"' | tr -d '\n'
        printf '</symbol>\n'
    done
    printf '</svg>\n'
} >"$here/tabler/icons.svg"
cp tabler/LICENSE "$here/tabler/LICENSE"

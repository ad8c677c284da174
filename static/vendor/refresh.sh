#!/bin/sh
# Fetch the vendored front-end files anew, by exact version, with nothing but npm, tar and sha256sum.
# The source-map comments go: the maps are not published, and the hashed static storage would look for them.
set -eu

BOOTSTRAP=5.3.9
TABLER=3.34.0
HPKE_CORE=1.9.0
HPKE_COMMON=1.10.1
ESBUILD=0.28.2
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

# @hpke/core's modules as one, not minified, without what P-256 does not need. hpke/SHA256SUMS names the packages that
# were read and the module that was made of them; another version is written there by hand, after it was looked at.
npm pack --silent "@hpke/core@$HPKE_CORE" "@hpke/common@$HPKE_COMMON" >/dev/null
sha256sum --check --quiet --strict --ignore-missing "$here/hpke/SHA256SUMS"
for name in "core-$HPKE_CORE" "common-$HPKE_COMMON"; do
    mkdir -p "node_modules/@hpke/${name%-*}"
    tar -xzf "hpke-$name.tgz" -C "node_modules/@hpke/${name%-*}" --strip-components=1
done
cat >hpke.entry.js <<'ENTRY'
export { Aes256Gcm } from "./node_modules/@hpke/core/esm/src/aeads/aesGcm.js";
export { CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "./node_modules/@hpke/core/esm/src/native.js";
ENTRY
npm exec --yes --silent "esbuild@$ESBUILD" -- hpke.entry.js --bundle --format=esm --target=es2020 --charset=utf8 \
    --log-level=warning --banner:js="// @hpke/core $HPKE_CORE with @hpke/common $HPKE_COMMON, MIT; made by refresh.sh" \
    --outfile="$here/hpke/hpke.js"
{
    cat node_modules/@hpke/core/LICENSE
    printf '\n@hpke/common:\n\n'
    cat node_modules/@hpke/common/LICENSE
    printf '\nParts after noble-hashes and noble-curves: MIT License, Copyright (c) 2022 Paul Miller (paulmillr.com)\n'
} >"$here/hpke/LICENSE"
(cd "$here/hpke" && sha256sum --check --quiet --strict --ignore-missing SHA256SUMS)

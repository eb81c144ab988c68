#!/usr/bin/env bash
# Builds the studio into target/classes/studio unless it is up to date. Maven calls it.
#   build.sh         builds
#   build.sh test    checks the types and runs the tests; results go where ./test counts them
set -euo pipefail
PROGRAM=studio
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=../scripts/lib.sh
. "$ROOT/scripts/lib.sh"
cd "$ROOT/studio"

STAMP=target/.built

require_node() {
  find_node || { explain_node; exit 1; }
}

# Libraries are those of package-lock.json, exactly.
install_libraries() {
  [[ node_modules/.package-lock.json -nt package-lock.json ]] && return 0
  say "fetching the studio's libraries ..."
  npm ci --no-audit --no-fund --loglevel=error >&2
  touch node_modules/.package-lock.json
}

is_built() {
  [[ -f $STAMP && -f target/classes/studio/index.html ]] || return 1
  [[ -z $(find "${STUDIO_SOURCES[@]}" -newer "$STAMP" -print -quit) ]]
}

case ${1:-} in
  '')
    is_built && exit 0
    require_node
    install_libraries
    mkdir -p target
    touch "$STAMP.new"
    npx --no-install vite build --logLevel warn >&2
    mv "$STAMP.new" "$STAMP"
    ;;
  test)
    require_node
    install_libraries
    npx --no-install tsc --noEmit >&2
    mkdir -p target/surefire-reports
    rm -f target/surefire-reports/TEST-studio.xml
    npx --no-install vitest run --reporter=default --reporter=junit \
      --outputFile.junit=target/surefire-reports/TEST-studio.xml >&2 || failed=$?
    # ./test goes on with the other modules and counts the failures in the report.
    [[ ${failed:-0} == 0 || ${FAILURES_ARE_COUNTED:-} == true && -f target/surefire-reports/TEST-studio.xml ]] || exit 1
    ;;
  *) fail "there is no way to build called $1" ;;
esac

#!/bin/sh
# make test: every check runs, so that one failure does not hide the next; pytest is the last and has the last line.
# usage: check.sh BIN [pytest options]
set -u
bin=$1
shift
log=$(mktemp) && out=$(mktemp -d)
trap 'rm -rf "$log" "$out"' EXIT
failed=""

check() {  # check NAME COMMAND…: quiet when good
  name=$1
  shift
  if "$@" >"$log" 2>&1; then
    echo "== $name: good"
  else
    echo "== $name: FAILED"
    cat "$log"
    failed="$failed, $name"
  fi
}

check "format" "$bin/ruff" format --check .
check "lint" "$bin/ruff" check .
check "types" "$bin/mypy"
check "import rules" "$bin/lint-imports" --no-logo
# Never with -q: MkDocs then ends with 0 on a broken link.
check "strict build" "$bin/python" -m mkdocs build --strict -f site_config.yml -d "$out/site"
check "browser" "$bin/python" tools/browser.py --install

echo "== tests"
code=0
"$bin/python" -m pytest "$@" </dev/null || code=$?
if [ -n "$failed" ]; then
  echo "not good beside the tests: ${failed#, }" >&2
  exit 1
fi
exit "$code"

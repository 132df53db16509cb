#!/bin/sh
# make lock: pyproject.toml → requirements.lock (the site) and requirements-dev.lock (the site and the tests).
# One resolution for every supported Python and platform, with the hash of every file; uv lives in a venv of its own.
# usage: lock.sh UV_VERSION [uv options]
set -eu
version=$1
shift
home=.cache/lock

if [ ! -x "$home/bin/uv" ] || [ "$("$home/bin/uv" --version | cut -d' ' -f2)" != "$version" ]; then
  "$(tools/python.sh)" -m venv --clear "$home"
  "$home/bin/python" -m pip install --disable-pip-version-check --quiet "uv==$version"
fi

compile() {
  "$home/bin/uv" pip compile --no-config --quiet --universal --python-version 3.11 --generate-hashes \
    --only-binary :all: --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
    pyproject.toml "$@"
}

compile --group build -o requirements.lock "$@"
compile --group build --group dev -c requirements.lock -o requirements-dev.lock "$@"

if grep -n '://' requirements.lock requirements-dev.lock; then
  echo "a lock names an address; it would be asked for on every other machine" >&2
  exit 1
fi

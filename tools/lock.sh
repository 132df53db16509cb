#!/bin/sh
# make lock: pyproject.toml → requirements.lock (the site), requirements-extras.lock (the site and every extra) and
# requirements-dev.lock (all that and the tests).
# One resolution for every supported Python and platform, with the hash of every file; uv lives in a venv of its own.
# usage: lock.sh UV_VERSION [uv options]
set -eu
version=$1
shift
# Not .cache/lock, which is the lock file of `digest ingest`.
home=.cache/uv

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
compile --group build --all-extras -c requirements.lock -o requirements-extras.lock "$@"
compile --group build --group dev --all-extras -c requirements-extras.lock -o requirements-dev.lock "$@"

if grep -n '://' requirements.lock requirements-extras.lock requirements-dev.lock; then
  echo "a lock names an address; it would be asked for on every other machine" >&2
  exit 1
fi

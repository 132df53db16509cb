#!/bin/sh
# Prints the Python that .venv is made with: $PYTHON, else python3, else the newest one on PATH that is new enough.
set -eu

suits() {
  command -v "$1" >/dev/null 2>&1 &&
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

able() {  # Debian and Ubuntu keep these two in a package of their own
  "$1" -c 'import ensurepip, venv' >/dev/null 2>&1
}

found=""
for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
  if suits "$candidate"; then
    if able "$candidate"; then echo "$candidate"; exit 0; fi
    found=$candidate
  fi
done

if [ -n "$found" ]; then
  echo "$found has no venv module; install it (Debian, Ubuntu: apt install python3-venv) and try again." >&2
elif [ -n "${PYTHON:-}" ]; then
  echo "PYTHON=$PYTHON is no Python 3.11 or newer; name another one: make PYTHON=/path/to/python3.13 site" >&2
else
  echo "Python 3.11 or newer is needed and none is on PATH (python3 is: $(python3 --version 2>&1 || echo missing))." >&2
  echo "Install one from https://www.python.org/downloads/, or name it: make PYTHON=/path/to/python3.13 site" >&2
fi
exit 1

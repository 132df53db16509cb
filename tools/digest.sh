#!/bin/sh
# The `digest` of this checkout's .venv, wherever the system keeps it there; for the hook before a commit.
# usage: digest.sh ARGUMENTS…
set -u
for digest in .venv/bin/digest .venv/Scripts/digest.exe; do
  if [ -x "$digest" ]; then exec "$digest" "$@"; fi
done
echo "there is no .venv with \`digest\` in it; run: make setup (without make: README, \"Setting up\")" >&2
exit 2

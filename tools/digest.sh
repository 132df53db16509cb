#!/bin/sh
# The `digest` of this checkout's .venv, wherever the system keeps it there; for the hook before a commit and for merges.
# usage: digest.sh ARGUMENTS…
# `digest.sh merge-driver BASE OURS THEIRS PATH` always merges: where there is no digest to run, or it fails, git merges
# the page line by line, as it does without a driver. Else git would take a page that holds OURS alone for a conflict.
set -u

find_digest() {
  for digest in "$1/.venv/bin/digest" "$1/.venv/Scripts/digest.exe"; do
    if [ -x "$digest" ]; then return 0; fi
  done
  return 1
}

if [ "${1-}" != merge-driver ] || [ $# -lt 5 ]; then
  if find_digest .; then exec "$digest" "$@"; fi
  echo "there is no .venv with \`digest\` in it; run: make setup (without make: README, \"Setting up\")" >&2
  exit 2
fi

base=$2 ours=$3 theirs=$4 page=$5
# git calls from the repository's top folder, below which the digest may lie.
if find_digest . || find_digest "$(dirname "$0")/.."; then
  before=$(git hash-object --no-filters -- "$ours")
  code=0
  "$digest" "$@" || code=$?
  if [ "$code" -eq 0 ]; then exit 0; fi
  # A Python that cannot start ends with 1 as well, and has written nothing.
  if [ "$before" != "$(git hash-object --no-filters -- "$ours")" ]; then exit 1; fi
  echo "$page: digest failed ($code); merged line by line" >&2
else
  echo "$page: merged line by line, since there is no .venv with \`digest\` in it; run: make setup" >&2
fi
git merge-file -L ours -L base -L theirs "$ours" "$base" "$theirs" || exit 1

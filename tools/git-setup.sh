#!/bin/sh
# Tells this clone's git how pages are merged: field by field, so that two people who changed two things of one article
# are in no conflict. Once for each clone; git keeps it in .git/config. Undo: git config --remove-section merge.digest
set -eu
cd "$(dirname "$0")/.."
# git calls from the repository's top folder, also in a linked worktree, and on branches that have no such script.
script=$(printf '%s' "$(git rev-parse --show-prefix)tools/digest.sh" | sed "s/'/'\\\\''/g; s/%/%%/g")
lines="git merge-file -L ours -L base -L theirs %A %O %B || exit 1"
git config merge.digest.name "a page of the digest, field by field"
git config merge.digest.driver "if test -x '$script'; then '$script' merge-driver %O %A %B %P; else $lines; fi"
echo "git merges pages field by field in this clone"

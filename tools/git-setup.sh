#!/bin/sh
# Tells this clone's git how pages are merged: field by field, so that two people who changed two things of one article
# are in no conflict. Once for each clone; git keeps it in .git/config. Undo: git config --remove-section merge.digest
set -eu
cd "$(dirname "$0")/.."
git config merge.digest.name "a page of the digest, field by field"
git config merge.digest.driver "tools/digest.sh merge-driver %O %A %B %P"
echo "git merges pages field by field in this clone"

#!/bin/sh
# make site: raw articles → pages → site. Builds after ingest's 0 or 1 and ends with the worse of the two codes.
set -u
python=$1

echo "==> taking in raw articles (digest ingest)"
worst=0
"$python" -m generator ingest || worst=$?
if [ "$worst" -gt 1 ]; then exit "$worst"; fi

echo "==> building the site (digest build)"
built=0
"$python" -m generator build || built=$?
if [ "$built" -gt "$worst" ]; then worst=$built; fi

if [ "$built" -le 1 ] && [ -f site/index.html ]; then
  echo "==> the site is in $(pwd)/site: $(find site -name '*.html' | wc -l | tr -d ' ') pages; open site/index.html, or run: make serve"
fi
if [ "$worst" -eq 1 ]; then echo "==> something was rejected; the messages above say what and what to do" >&2; fi
exit "$worst"

#!/usr/bin/env bash
# Runs COMMAND on a CI runner and shows what it says, so that no word of it is taken for an order to the runner:
# titles and file names come from strangers, and a line `::set-env …` among them would be obeyed
# (docs.github.com, "Workflow commands", stopping and starting). Ends with the command's own code.
#   --findings        standard output goes to the log as it is, because the command has escaped it; messages are shielded
#   --summary TITLE   what it said also goes to the run's summary, below this heading
# usage: shielded.sh [--findings] [--summary TITLE] COMMAND…
set -uo pipefail
most=200 # lines in a summary, which may have one megabyte in all

findings="" title=""
while [ $# -gt 0 ]; do
  case $1 in
    --findings) findings=yes; shift ;;
    --summary) title=$2; shift 2 ;;
    *) break ;;
  esac
done

said=$(mktemp)
trap 'rm -f "$said"' EXIT
# Never to be guessed, and known to nobody but this script: whoever knows it could end the silence.
token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
if [ ${#token} -ne 32 ]; then
  echo "shielded.sh: there is no /dev/urandom to make a token of" >&2
  exit 2
fi

code=0
if [ -n "$findings" ]; then
  "$@" 2>"$said" || code=$?
  printf '::stop-commands::%s\n' "$token"
  cat "$said"
else
  printf '::stop-commands::%s\n' "$token"
  "$@" 2>&1 | tee "$said" || code=${PIPESTATUS[0]}
fi
printf '\n::%s::\n' "$token"

if [ -n "$title" ] && [ -s "$said" ] && [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  # Inside <pre> nothing is Markdown, and without `<` nothing ends it.
  {
    printf '### %s\n\n<pre>\n' "$title"
    tr '\r' '\n' <"$said" | sed -e 's/&/\&amp;/g' -e 's/</\&lt;/g' | awk -v most="$most" '
      NR < most { print }
      { last = $0 }
      END {
        if (NR > most) printf "… %d more lines are in the log …\n", NR - most
        if (NR >= most) print last
      }'
    printf '</pre>\n\n'
  } >>"$GITHUB_STEP_SUMMARY"
fi
exit "$code"

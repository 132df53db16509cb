#!/usr/bin/env bash
# Commits what `digest ingest` wrote, as one commit, and pushes it to BRANCH; does nothing where nothing changed.
# Where someone pushed meanwhile, the commit is put on top of theirs and pushed again. If the two touch the same
# lines, nothing is pushed: theirs stands, and the run that their push started makes these pages again.
# usage: commit-pages.sh BRANCH
set -euo pipefail
branch=$1
tries=5

export GIT_AUTHOR_NAME='github-actions[bot]' GIT_COMMITTER_NAME='github-actions[bot]'
export GIT_AUTHOR_EMAIL='41898282+github-actions[bot]@users.noreply.github.com'
export GIT_COMMITTER_EMAIL=$GIT_AUTHOR_EMAIL

# Pages, their pictures and sidecars, and nothing else: whatever else lies about in the checkout is not ingest's.
git ls-files -z --modified --deleted --others --exclude-standard \
  -- content/pages ':(glob)content/raw/**/*.meta.yml' |
  git update-index --add --remove -z --stdin

if git diff --cached --quiet; then
  echo "ingest changed nothing; no commit"
  exit 0
fi

pages=$(git diff --cached --name-only -- 'content/pages/*.md' | wc -l | tr -d ' ')
git commit --quiet -m "Take in raw articles: $pages page(s)"

for ((try = 1; try <= tries; try++)); do
  if git push --quiet origin "HEAD:refs/heads/$branch"; then
    echo "committed and pushed $pages page(s)"
    exit 0
  fi
  echo "push $try of $tries was refused; putting the commit on top of what is there now"
  git fetch --quiet origin "$branch"
  if ! git rebase --quiet --autostash FETCH_HEAD; then
    git rebase --abort
    echo "::error::A push made meanwhile changed the same pages. It stands as it is; its own run takes in the raw articles again."
    exit 2
  fi
  sleep $((try - 1))
done
echo "::error::The pages could not be pushed after $tries tries; run this workflow again."
exit 2

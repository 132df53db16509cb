"""The rules by name, each in one line: what `digest check` may tell. docs/en/check.md shows an example of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

RULES: Final[Mapping[str, str]] = {
    # reading a page
    "front-matter-missing": "Keys stand at the top of a page without the --- above them",
    "front-matter-unclosed": "The front matter is opened and never closed",
    "front-matter-yaml": "The front matter is not YAML",
    "front-matter-shape": "The front matter is no list of keys",
    "front-matter-duplicate": "A key stands twice",
    "front-matter-alias": "The front matter uses a YAML alias",
    "front-matter-tag": "The front matter uses a YAML tag",
    "front-matter-size": "The front matter is too long",
    "front-matter-depth": "The front matter is nested too deep",
    "conflict-marker": "A merge conflict is not resolved",
    "page-encoding": "The file is not UTF-8",
    "page-cost": "The Markdown would take too long to read",
    "file-kind": "The file is a link or no regular file",
    "file-read": "The file cannot be read",
    "raw-too-long": "The file is too large",
    # fields
    "page-required": "A field that publication requires is missing",
    "page-unknown-key": "A key that no page has",
    "page-value": "A value of a wrong kind",
    "page-name": "A page's file whose name or folder is not as it should be",
    "page-held": "The page waits for a person",
    "page-unfiled": "A settled page still lies in held/",
    "review-line": "A review line names no field",
    "generated-missing": "The generator's fingerprints are gone",
    "raw-missing": "The page no longer says which raw article it is made from",
    "takedown-record": "Something is left of an article that was taken down",
    "conflict": "Raw article and editor have both changed a field",
    # vocabulary
    "topic-unknown": "A topic that the settings do not know",
    "source-unknown": "A source that the settings do not know",
    "tag-unknown": "A tag that the settings do not know",
    "tag-alias": "A tag under another of its words",
    "key-renamed": "A topic or source under an earlier key",
    "url-source": "The original's address belongs to another source",
    "tag-suggestion": "A name that might become a tag",
    "alias-suggestion": "A word that might belong to a tag",
    # dates
    "date-future": "The original's date lies ahead",
    "date-before-source": "The article is dated before its source began",
    "added-future": "The day of taking up lies ahead",
    "added-before-date": "Taken up before the original was published",
    "expires-before-publish": "The article expires before it appears",
    "draft-due": "A draft whose moment has passed",
    "correction-date": "A correction's date cannot be",
    # other people's text
    "policy-exceeded": "More text of the original than its source allows",
    "policy-unclear": "A long text whose original is not here to compare",
    "raw-committed": "The whole text of a source that does not allow it is kept in git",
    "picture-credit": "A picture without a credit",
    "picture-foreign": "A picture of another host",
    "picture-missing": "A kept picture is gone",
    "picture-unused": "A kept picture that no page shows",
    # pairs
    "raw-claimed-twice": "Two pages are made from one raw article",
    "duplicate-url": "Two pages have one original",
    "duplicate-text": "Two pages have the same text",
    "duplicate-title": "Two pages have one title, source and day",
    "twin": "Two files that some systems take for one",
    "address-collision": "Two pages want one address",
    # links
    "link-broken": "A link leads nowhere",
    "link-form": "A link names an address instead of a file",
    "link-absolute": "A link begins at the host's root",
    "link-anchor": "A link leads to no place of its page",
    "link-held": "A link that leads nowhere once a held page is filed",
    "link-hidden": "A link leads to a page that readers do not see yet",
    "link-dead": "A page elsewhere is gone",
    "link-unsure": "A page elsewhere did not answer as expected",
    "link-moved": "A page elsewhere has moved to another host",
    # addresses
    "page-renamed": "A page was renamed and its old address leads nowhere",
    "page-replaced": "Another article stands at a published address",
    "page-removed": "A page was deleted and its address leads nowhere",
    "term-renamed": "A topic, tag or source lost its old address",
    "paths-changed": "A segment of the site's addresses was changed",
    "alias-invalid": "An alias that can be no address",
    "alias-loop": "An alias that is the page's own address",
    "alias-collision": "An alias where something else stands",
    "alias-chain": "An alias that only leads on",
    "alias-claimed-twice": "An alias of two pages",
    "alias-waiting": "An alias of a page that waits",
    # editions
    "edition-name": "An edition whose name is no week",
    "edition-missing": "An edition names an article that is not there",
    "edition-waiting": "An edition names an article that readers do not see yet",
    # beside the pages
    "sidecar": "A sidecar that ingest cannot read",
    "schema-stale": "A schema file is not what the settings say",
}

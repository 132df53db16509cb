"""Old addresses and where each leads now: of renamed articles, topics, tags and sources, and of articles' folders.

Addresses never change by themselves. Where an editor changes one, the old one goes on leading to the same thing.
"""

from __future__ import annotations

from generator.redirects.alias import ALIAS_HINT, ALIAS_PATTERN, INVALID_ALIAS, clean_alias
from generator.redirects.claims import PAGES, find_redirect_problems
from generator.redirects.places import MADE_FILES, OUTPUTS, OWN, Outputs, TermAddresses
from generator.redirects.redirect import Redirect, Renamed, find_redirects, find_renamed

__all__ = [
    "ALIAS_HINT",
    "ALIAS_PATTERN",
    "INVALID_ALIAS",
    "MADE_FILES",
    "OUTPUTS",
    "OWN",
    "PAGES",
    "Outputs",
    "Redirect",
    "Renamed",
    "TermAddresses",
    "clean_alias",
    "find_redirect_problems",
    "find_redirects",
    "find_renamed",
]

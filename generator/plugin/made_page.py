"""A page that is not made of Markdown: lists, redirects. MkDocs would set up a whole Markdown converter for each."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc


class MadePage(Page):
    """A page of the site's own whose template prints everything."""

    def read_source(self, config: MkDocsConfig) -> None:
        """There is none."""
        self.markdown = ""
        self.meta = {}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Nothing to convert. Its anchors are its template's, so MkDocs leaves links to them unchecked."""
        self.content = ""
        self.toc = get_toc([])
        self.present_anchor_ids = None

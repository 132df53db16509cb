"""The pictures of an article: found beside its raw page, looked at, and made ready to be kept.

A picture is kept under a name made of its own bytes: two articles that show the same one share it, a renamed or
refiled article keeps it, and a second run writes nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.errors import ProblemError
from generator.images import Image, ImageError, is_image, read_image
from generator.models import Block, Level, Problem, Record
from generator.page_folders import PageFolder
from generator.pages import ROOT_ADDRESS, GeneratedPage
from generator.settings import Settings
from generator.storage import PAGES, PICTURES, Project

KEPT = re.compile(r"assets/images/([0-9a-f]{20}\.(?:jpg|png|gif|webp|avif))(?![\w.-])")
"""How a page names a picture that was kept here; any other name in that folder is an editor's own file."""

_LINE = re.compile(rf"^!\[[^\]\n]*\]\({ROOT_ADDRESS}{KEPT.pattern}\)\n?", re.MULTILINE)
"""A picture as ingest writes it."""
_LEAST_SIDE, _LEAST_AREA = 90, 20_000
"""Pixels of a picture that has a caption: below are buttons and what stands in until a picture comes."""
_BARE_SIDE, _BARE_AREA = 160, 60_000
"""Of one without: below are faces beside a name and pictures of teasers."""
_MOST_PIXELS, _LONGEST_SIDE = 40_000_000, 9_000
"""Pixels that a reader's telephone can still unpack."""
_MOST = 40
"""Pictures of one article."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A picture as the digest keeps it."""

    file: str
    """Below the pages folder."""
    data: bytes


@dataclass(frozen=True, slots=True)
class Illustrated:
    """A record whose pictures have a place, what is to be written there, and what was left out."""

    record: Record
    assets: tuple[Asset, ...] = ()
    problems: tuple[Problem, ...] = ()
    forgotten: bool = False
    """The folder beside the raw page is gone."""

    def keep(self, generated: GeneratedPage, body: str) -> tuple[Illustrated, GeneratedPage]:
        """The same, and the page, where the folder is gone and the present `body` of the page has its pictures: these
        stay. A folder is large, and nobody needs it once its pictures are kept."""
        if not self.forgotten or _without_pictures(body) != _without_pictures(generated.body):
            return self, generated
        return replace(self, problems=()), replace(generated, body=body.strip("\n"))

    def write(self, project: Project, page: str) -> None:
        """Keep the pictures that a page's text shows; one that an editor took out of it is not written again.

        Raises:
            StorageError: the system refused.
        """
        for asset in self.assets:
            if asset.file in page:
                project.write(f"{PAGES}/{asset.file}", asset.data)


def illustrate(record: Record, settings: Settings, project: Project) -> Illustrated:
    """The record with the pictures of the page's own folder, where its source allows pictures.

    A picture that cannot be kept leaves its caption behind; one without a caption leaves nothing.
    """
    pictures = [block for block in record.body if block.picture]
    if not pictures or not record.source or not settings.source(record.source).images:
        return Illustrated(record)
    raw = record.raw if project.exists(record.raw) else record.raw.rpartition("#")[0]
    return _Folder(raw, project).illustrate(record)


class _Folder:
    """The pictures beside one raw page."""

    def __init__(self, raw: str, project: Project) -> None:
        self.raw = raw
        self.project = project
        self.folder: PageFolder = project.page_folder(raw)
        self.assets: dict[str, Asset] = {}
        self.problems: list[Problem] = []
        self.full = False

    def illustrate(self, record: Record) -> Illustrated:
        found = [self._keep(block) if block.picture else block for block in record.body]
        body = tuple(_tidy(found))
        missing = {
            name.partition("/")[0]
            for block in record.body
            if block.picture
            for name in block.picture.names
            if self.folder.is_missing(name)
        }
        forgotten = bool(missing) and not self.assets
        if forgotten:
            self._tell(self.raw, f"the pictures of the page are not here: `{min(missing)}/` is missing",
                       "put the folder that the browser saved beside the page, or save the page again as complete")  # fmt: skip
        used = {block.picture.file for block in body if block.picture and block.picture.file}
        assets = tuple(asset for asset in self.assets.values() if asset.file in used)
        return Illustrated(replace(record, body=body), assets, tuple(self.problems), forgotten)

    def _keep(self, block: Block) -> Block:
        """The block with its picture kept, where it can be."""
        assert block.picture is not None
        captioned = bool(block.text or block.credit)
        least = (_LEAST_SIDE, _LEAST_AREA) if captioned else (_BARE_SIDE, _BARE_AREA)
        for name in block.picture.names:
            image = self._open(name, captioned=captioned)
            if image is None:
                continue
            if min(image.width, image.height) < least[0] or image.width * image.height < least[1]:
                continue
            return replace(block, picture=replace(block.picture, file=self._asset(image)))
        return block

    def _asset(self, image: Image) -> str:
        digest = hashlib.sha256(image.data).hexdigest()[:20]
        asset = Asset(f"{PICTURES}/{digest}.{image.suffix}", image.data)
        self.assets[asset.file] = asset
        return asset.file

    def _open(self, name: str, *, captioned: bool) -> Image | None:
        path = self.folder.find(name)
        if path is None:
            return None
        shown = self.project.relative(path)
        if len(self.assets) >= _MOST:
            if not self.full:
                self._tell(shown, f"is left out, and what follows it: {_MOST} pictures of one article are the most",
                           "")  # fmt: skip
            self.full = True
            return None
        try:
            data = self.project.read_picture(path)
        except ProblemError as error:
            self._tell(
                shown, f"is left out: it {error.problem.message}", "put a smaller picture under the same name"
            )
            return None
        try:
            image = read_image(data)
        except ImageError as error:
            if captioned or is_image(data):
                self._tell(
                    shown, f"is left out: {error}", "save the picture as JPEG or PNG under the same name"
                )
            return None
        if image.width * image.height > _MOST_PIXELS or max(image.width, image.height) > _LONGEST_SIDE:
            self._tell(shown, f"is left out: it has {image.width:,} × {image.height:,} pixels",
                       f"make it smaller: {_LONGEST_SIDE:,} on a side are the most")  # fmt: skip
            return None
        return image

    def _tell(self, path: str, message: str, hint: str) -> None:
        self.problems.append(Problem(path, message, hint, level=Level.WARNING, rule="picture"))


def _without_pictures(body: str) -> list[str]:
    """The paragraphs of a page's body but for its pictures."""
    return [part for part in re.split(r"\n{2,}", _LINE.sub("", body).strip("\n")) if part]


def _tidy(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, each picture once and none that shows nothing.

    Where the picture that belongs to a caption could not be kept, the one right above takes its place: pages lay a
    small picture over the true one until it has come.
    """
    captioned = {block.picture.file for block in blocks if block.picture and (block.text or block.credit)}
    shown: set[str] = set()
    waiting: Block | None = None
    """The picture without words right above."""
    for block in blocks:
        picture = block.picture
        if picture and not block.text and not block.credit:
            if not picture.file or picture.file in captioned or picture.file in shown:
                continue
            shown.add(picture.file)
            if waiting is not None:
                yield waiting
            waiting = block
            continue
        if waiting is not None and picture and not picture.file:
            yield replace(block, picture=waiting.picture)
        else:
            yield from (block,) if waiting is None else (waiting, block)
        waiting = None
    if waiting is not None:
        yield waiting

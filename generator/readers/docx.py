"""Word files (`.docx`), by way of mammoth, which is an extra: to HTML with its headings, lists, tables and links.

Sizes are looked at before anything is unpacked, and a part with a document type is refused before it is parsed.
Pictures, macros, comments and what was deleted under "track changes" are not taken, and no other file is opened.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from importlib.util import find_spec

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

from generator.models import Form, Problem, RawItem, Statement
from generator.readers.raw_file import RawFile, Reader, Reading, refuse, remark
from generator.text import count_words, normalize, squeeze

_SUFFIXES = frozenset({".docx", ".docm", ".dotx"})
_OLE = b"\xd0\xcf\x11\xe0"
_INSTALL = (
    "install it: make EXTRAS=1 setup (without make: pip install --no-deps --require-hashes -r requirements-extras.lock), "
    "or save the article as .html or .txt"
)
_MAX_FILES = 2_000
_MAX_TEXT = 2 * 1024 * 1024
"""Bytes of the parts that are parsed, unpacked: some hundred pages. mammoth takes five seconds and 50 MB for one."""
_MAX_WHOLE = 100 * 1024 * 1024
"""Bytes of all files unpacked; pictures are never unpacked."""
_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/core\.xml|"
    r"word/(?:_rels/)?(?:document|styles|numbering|footnotes|endnotes)\d*\.xml(?:\.rels)?"
)
_MAX_TITLE = 40
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p > strong:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='caption'] => figure > figcaption:fresh
p[style-name='Caption'] => figure > figcaption:fresh
p[style-name='header'] => !
p[style-name='footer'] => !
p[style-name^='toc'] => !
p[style-name^='TOC'] => !
"""
_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_NO_TITLE = re.compile(
    r"(?:microsoft word - )?.*\.(?:docx?|rtf|odt)|(?:document|tài liệu|untitled|word)\s*\d*", re.IGNORECASE
)


def _recognises(file: RawFile) -> bool:
    if file.data.startswith(b"PK\x03\x04"):
        return file.suffix in _SUFFIXES or b"word/document.xml" in file.data
    return file.suffix in _SUFFIXES and file.data.startswith(_OLE)


def _read(file: RawFile) -> Reading:
    if file.data.startswith(_OLE):
        raise refuse(file.path, "raw-binary", "the Word file is protected by a password, or in the old form (.doc)",
                     "open it in Word and save it again as .docx without a password")  # fmt: skip
    if find_spec("mammoth") is None:
        raise refuse(
            file.path, "raw-extra", "Word files need the extra `docx`, which is not installed", _INSTALL
        )
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            parts = _unpack(file.path, archive)
            pictures = sum(1 for name in archive.namelist() if "/media/" in name)
        core = parts.pop("docProps/core.xml", b"")
        text = _convert(file.path, _pack(parts))
    except RecursionError as error:
        raise _malformed(file.path, "its parts are nested too deep") from error
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        raise _malformed(file.path, str(error)) from error
    root = lxml_html.fragment_fromstring(text, create_parent="div") if text.strip() else None
    if root is None or not count_words(str(root.text_content())):
        raise refuse(
            file.path, "raw-empty", "the Word file holds no text", "save it again, or delete the file"
        )
    problems = [_dropped(file.path, pictures)] if pictures else []
    _mark_title(root)
    html = lxml_html.tostring(root, encoding="unicode")
    return Reading(
        (RawItem(raw=file.path, form=Form.FRAGMENT, text=normalize(html), statements=tuple(_state(core))),),
        tuple(problems),
    )


def _dropped(path: str, pictures: int) -> Problem:
    return remark(path, "raw-attachment", f"{pictures} picture(s) of the Word file were not taken",
                  "add them to the page by hand where they may be shown")  # fmt: skip


def _unpack(path: str, archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The parts that hold text, by name. mammoth gets no others: it opens whatever the file's own relations name.

    Raises:
        RawError: too many or too large, encrypted, no Word file, or with a document type of its own.
    """
    files = archive.infolist()
    names = [file.filename for file in files]
    if len(files) > _MAX_FILES or len(set(names)) < len(names):
        raise _malformed(path, f"it holds {len(files):,} files, some under the same name or too many")
    # Each yields at most as many bytes as it declares.
    texts = [file for file in files if _PARTS.fullmatch(file.filename)]
    most, whole = sum(file.file_size for file in texts), sum(file.file_size for file in files)
    if most > _MAX_TEXT or whole > _MAX_WHOLE:
        raise refuse(path, "raw-too-long", f"the Word file unpacks to {whole:,} bytes, {most:,} of them text; {_MAX_TEXT:,} "
                     "of text are the most", "save the article alone")  # fmt: skip
    if any(file.flag_bits & 1 for file in files):
        raise _malformed(path, "it is encrypted")
    if not any(name.startswith("word/") for name in names):
        raise refuse(
            path,
            "raw-binary",
            "the file is a ZIP file without a Word text in it",
            "unpack it, or save the article as .html or .txt",
        )
    parts = {file.filename: archive.read(file) for file in texts}
    for name, data in parts.items():
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"\x00" in data:
            raise _malformed(path, f"{name} brings a document type or is no UTF-8")
    return parts


def _pack(parts: dict[str, bytes]) -> io.BytesIO:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return packed


def _convert(path: str, file: io.BytesIO) -> str:
    import mammoth

    try:
        result = mammoth.convert_to_html(
            file,
            style_map=_STYLES,
            include_embedded_style_map=False,
            external_file_access=False,
            convert_image=lambda image: [],
        )
    except (ValueError, KeyError, AttributeError, IndexError, TypeError, SyntaxError) as error:
        raise _malformed(path, f"{type(error).__name__}: {error}"[:200]) from error
    except Exception as error:
        if type(error).__name__ == "ExpatError":
            raise _malformed(path, f"one of its parts is no XML: {error}") from error
        raise
    return str(result.value)


def _malformed(path: str, why: str) -> Exception:
    return refuse(path, "raw-malformed", f"the Word file cannot be read: {why}",
                  "open it in Word and save it again, or save the article as .html or .txt")  # fmt: skip


def _mark_title(root: HtmlElement) -> None:
    """A first line that is bold as a whole, in a text without any heading before it, is the headline."""
    if next(root.iter("h1"), None) is not None:
        return
    for first in root:
        words = squeeze(str(first.text_content()))
        if not words:
            continue
        bold = squeeze(" ".join(str(part.text_content()) for part in first.iter("strong")))
        if first.tag in ("h2", "h3") or (
            first.tag == "p" and bold == words and 3 <= count_words(words) <= _MAX_TITLE
        ):
            first.tag = "h1"
        return


def _state(core: bytes) -> Iterator[Statement]:
    """Word's own properties, which nobody looks at: a template's title, whoever's computer it was, when it was made."""
    if not core:
        return
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(core, parser)
    except etree.XMLSyntaxError:
        return
    title = squeeze(normalize(root.findtext(f"{_DC}title") or ""))
    if title and len(title) < 300 and not _NO_TITLE.fullmatch(title):
        yield Statement("name", title, "title in Word's properties")
    created = squeeze(root.findtext(f"{_TERMS}created") or "")
    if re.match(r"\d{4}-\d\d-\d\dT", created) and not created.startswith(
        ("2013-12-23T23:15", "1601-", "1980-")
    ):
        yield Statement("created", created, "Word's time of creation")
    if language := squeeze(root.findtext(f"{_DC}language") or ""):
        yield Statement("language", language, "language in Word's properties")


READER = Reader(name="Word", rank=5, recognises=_recognises, read=_read)

"""Word files: what is taken of them, what is refused, and what is said where the extra is missing."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest

from generator.errors import RawError
from generator.extract import extract
from generator.models import Form
from generator.readers import docx, read
from generator.settings import parse

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
TYPES = """<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
RELATION = '<Relationship Id="{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"{}/>'
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
STYLES = f"""<w:styles {W}><w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style><w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Quote"/></w:style>
<w:style w:type="paragraph" w:styleId="C"><w:name w:val="caption"/></w:style></w:styles>"""
NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""
CORE = """<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"
xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title><dc:creator>HP Pavilion</dc:creator>
<dcterms:created xsi:type="dcterms:W3CDTF">2025-05-22T02:00:00Z</dcterms:created></cp:coreProperties>"""


def paragraph(words: str, style: str = "", run: str = "", more: str = "") -> str:
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{style}{more}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space='preserve'>{words}</w:t></w:r></w:p>"


def word(body: str, *, title: str = "Mẫu công văn", links: str = "", **more: bytes) -> bytes:
    """A Word file of a body; `more` are further files, or others in the place of the usual ones."""
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS.format(RELATION.format("r1", "officeDocument", "word/document.xml", "")),
        "docProps/core.xml": CORE.format(title=title),
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?><w:document {W}><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": RELATIONS.format(
            RELATION.format("s", "styles", "styles.xml", "")
            + RELATION.format("n", "numbering", "numbering.xml", "")
            + links
        ),
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING,
        **{name.replace("__", "/"): data for name, data in more.items()},
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def text_of(data: bytes) -> str:
    return read("content/raw/a.docx", data).items[0].text


def test_headings_lists_tables_quotations_and_links_are_kept() -> None:
    bullet = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    link = '<w:p><w:hyperlink r:id="l"><w:r><w:t>bài cũ</w:t></w:r></w:hyperlink></w:p>'
    cell = f"<w:tc>{paragraph('ô')}</w:tc>"
    body = (
        paragraph("Khai mạc lớp tập huấn", "T") + paragraph("Sáng nay lớp đã khai mạc.") + paragraph("Nội dung", "H2")
        + paragraph("Luật pháp", more=bullet) + paragraph("Ngoại ngữ", more=bullet) + paragraph("Giữ gìn sức khỏe.", "Q")
        + f"<w:tbl><w:tr>{cell}{cell}</w:tr></w:tbl>" + link + paragraph("Ảnh: Trần Bình", "C")
        + '<w:p><w:del w:id="1"><w:r><w:delText>đã xóa</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>đã thêm</w:t></w:r></w:ins></w:p>'
    )  # fmt: skip
    target = RELATION.format("l", "hyperlink", "https://vidu.example/1", ' TargetMode="External"')
    item = read("content/raw/a.docx", word(body, links=target)).items[0]
    assert (item.raw, item.form) == ("content/raw/a.docx", Form.FRAGMENT)
    for piece in (
        "<h1>Khai mạc lớp tập huấn</h1>", "<h2>Nội dung</h2>", "<ul><li>Luật pháp</li><li>Ngoại ngữ</li></ul>",
        "<blockquote><p>Giữ gìn sức khỏe.</p></blockquote>", "<td><p>ô</p></td>", '<a href="https://vidu.example/1">bài cũ</a>',
        "<figcaption>Ảnh: Trần Bình</figcaption>", "<p>đã thêm</p>",
    ):  # fmt: skip
        assert piece in item.text
    assert "đã xóa" not in item.text


def test_a_bold_first_line_is_the_headline() -> None:
    body = paragraph("Khai mạc lớp tập huấn", run="<w:b/>") + paragraph("Sáng nay lớp đã khai mạc ở Hà Nội.")
    record = extract(read("a.docx", word(body)).items[0], parse({}))
    assert record.title == "Khai mạc lớp tập huấn"
    assert "<h1>" not in text_of(word(paragraph("Chỉ có chữ thường.") + paragraph("Và nữa.", run="<w:b/>")))


def test_words_own_properties_settle_nothing() -> None:
    item = read(
        "a.docx", word(paragraph("Sáng nay lớp tập huấn đã khai mạc với bốn mươi học viên.") * 2)
    ).items[0]
    assert [(one.field, one.value) for one in item.statements] == [
        ("name", "Mẫu công văn"), ("created", "2025-05-22T02:00:00Z"),
    ]  # fmt: skip
    record = extract(item, parse({}))
    assert {review.field for review in record.reviews} == {"title", "date", "source"}
    assert record.authors == ()
    assert [str(one.value) for one in record.publication.candidates] == ["2025-05-22 02:00:00+00:00"]
    unnamed = read("a.docx", word(paragraph("chữ"), title="Microsoft Word - Document1.doc")).items[0]
    assert [one.field for one in unnamed.statements] == ["created"]


def test_pictures_are_named_and_never_unpacked_and_no_other_file_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"secret")
    picture = (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        '<pic:blipFill><a:blip r:link="p"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    )
    target = RELATION.format("p", "image", secret.as_uri(), ' TargetMode="External"')
    opened: list[str] = []
    real = zipfile.ZipFile.read
    monkeypatch.setattr(
        zipfile.ZipFile,
        "read",
        lambda self, name, pwd=None: opened.append(getattr(name, "filename", name)) or real(self, name, pwd),
    )
    data = word(picture + paragraph("chữ"), links=target, word__media__a=b"x", word__vbaProject=b"x")
    reading = read("a.docx", data)
    assert "secret" not in reading.items[0].text and "base64" not in reading.items[0].text
    assert [problem.rule for problem in reading.problems] == ["raw-attachment"]
    assert not {name for name in opened if "media" in name or "vba" in name}


@pytest.mark.parametrize(
    ("data", "rule", "message"),
    [
        (b"PK\x03\x04 nothing", "raw-malformed", "cannot be read"),
        (word(paragraph("x"))[:-200], "raw-malformed", "cannot be read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500, "raw-binary", "password"),
        (word(" "), "raw-empty", "no text"),
        (word(paragraph("a" * 3_000_000)), "raw-too-long", "2,097,152 of text are the most"),
        (word("<w:p>"), "raw-malformed", "no XML"),
        (word("<w:x>" * 20_000 + "</w:x>" * 20_000), "raw-malformed", "nested too deep"),
        (word("<!DOCTYPE x>"), "raw-malformed", "document type"),
        (word(paragraph("x"), **{"word__styles.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), "raw-malformed", "styles.xml"),
    ],
    ids=["no zip", "cut off", "old form", "empty", "long", "no XML", "deep", "DTD", "entities"],
)  # fmt: skip
def test_refusals(data: bytes, rule: str, message: str) -> None:
    with pytest.raises(RawError) as caught:
        read("a.docx", data)
    problem = caught.value.problem
    assert problem.rule == rule
    assert message in problem.message
    assert problem.hint


def test_a_bomb_is_refused_by_what_it_declares() -> None:
    data = word(paragraph("x"), word__media__b=b"\x00" * 110_000_000)
    assert len(data) < 200_000
    start = time.perf_counter()
    with pytest.raises(RawError, match="unpacks to 110,"):
        read("a.docx", data)
    assert time.perf_counter() - start < 1


def test_another_zip_is_none() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "x")
    for path, message in (("a.zip", "ZIP"), ("a.docx", "without a Word text")):
        with pytest.raises(RawError, match=message):
            read(path, packed.getvalue())


def test_content_tells_whatever_the_suffix() -> None:
    assert "chữ" in read("a.bin", word(paragraph("chữ"))).items[0].text


def test_a_missing_extra_is_told_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx, "find_spec", lambda name: None)
    with pytest.raises(RawError) as caught:
        read("a.docx", word(paragraph("chữ")))
    problem = caught.value.problem
    assert problem.rule == "raw-extra"
    assert "make EXTRAS=1" in problem.hint and "requirements-extras.lock" in problem.hint

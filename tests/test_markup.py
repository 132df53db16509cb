"""The room between other people's markup and ours."""

from __future__ import annotations

import html as entities
import re
import time
from functools import lru_cache
from pathlib import Path
from typing import Any

import lxml.html
import markdown
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.markup import (
    blocks_from_html,
    escape,
    name_notes,
    name_tasks,
    plain,
    plain_markdown,
    sanitize,
)
from generator.markup.captions import split_credit_text
from generator.models import BlockKind
from generator.text import normalize, squeeze

CASES = Path(__file__).parent / "cases" / "markup"
EXTENSIONS: dict[str, dict[str, Any]] = {
    **{name: {} for name in "admonition attr_list def_list footnotes abbr md_in_html tables toc".split()},
    "pymdownx.arithmatex": {"generic": True},
    **{f"pymdownx.{name}": {} for name in "betterem caret mark tilde details emoji highlight inlinehilite keys "
       "smartsymbols snippets superfences tasklist".split()},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.critic": {"mode": "view"},
    "pymdownx.magiclink": {"repo_url_shorthand": True, "repo_url_shortener": True, "social_url_shorthand": True,
                           "user": "u", "repo": "r"},
}  # fmt: skip


def cases(name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load((CASES / f"{name}.yml").read_text(encoding="utf-8"))
    return loaded


@lru_cache(maxsize=2)
def converter(*, plain_one: bool) -> markdown.Markdown:
    if plain_one:
        return markdown.Markdown(extensions=["tables", "toc"])
    return markdown.Markdown(extensions=list(EXTENSIONS), extension_configs=EXTENSIONS)


def render(source: str, *, plain_one: bool = False) -> str:
    result: str = converter(plain_one=plain_one).reset().convert(source)
    return result


# ------------------------------------------------------------------------------------------ escape

MARKS = [
    *"\\`*_{}[]()#+-.!|~^=$:<>&@/\"'%;,1239aAx ", "\n", "\n\n", "\n    ", "--8<-- \"x\"", "{++a++}", "{~~a~>b~~}",
    "{--x--}", "{>>c<<}", "https://a.example/x_y", "www.a.example", "a@b.example", "@user", "#12", "u/r#1", "!12",
    "?3", "1/2", "1/2/2025", "3/4", "20th", "1st", "c/o", "(c)", "(tm)", "+/-", "-->", "<--", "=/=", ":smile:",
    ":100:", "++ctrl++", "[TOC]", "[^1]: x", "[a]: http://x", "*[AB]: c", "[a](b)", "![a](b)", "{: .x }", "===", "---",
    "***", "```py", "~~~", "!!! note", "??? x", "/// x", "- [ ] a", "1. a", ": def", "> q",
    "| a | b |\n|---|---|\n| c | d |", "&amp;", "&copy", "&#65;", "<script>alert(1)</script>", "<!-- x -->",
    "Giá vàng", "$x$", "$$x$$", "\\(x\\)", "\\[x\\]", "~a~", "^a^", "==a==", "__a__", "**a**", "snake_case",
    "a" * 40, "///Footnotes Go Here///", "# h #", '=== "t"',
]  # fmt: skip
LETTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\x85")
TEXTS = st.lists(st.one_of(st.sampled_from(MARKS), st.text(LETTERS, max_size=3)), max_size=12).map("".join)


@pytest.mark.parametrize("case", cases("escape"), ids=lambda case: case["text"][:30])
def test_escaped_text_stays_readable(case: dict[str, Any]) -> None:
    assert escape(case["text"]) == case["markdown"]


@given(TEXTS)
def test_escaped_text_renders_to_itself(text: str) -> None:
    for plain_one in (False, True):
        found = re.fullmatch(r"(?:<p>([^<]*)</p>)?", render(escape(text), plain_one=plain_one))
        assert found, "there is markup in it"
        assert squeeze(entities.unescape(found.group(1) or "")) == squeeze(text)


@given(TEXTS)
def test_words_come_back_from_escaped_text(text: str) -> None:
    assert plain_markdown(escape(normalize(text))) == squeeze(normalize(text))


# ---------------------------------------------------------------------------------------- sanitize

SOUP = st.lists(
    st.one_of(
        st.sampled_from([
            "<script>", "</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "<svg>", "<math>", "<style>",
            "<a href='javascript:alert(1)'>", "<a href=\"jAvA\tscript:x\">", "<iframe srcdoc='<script>x</script>'>", "</a>",
            "<p style='x:expression(1)'>", "<noscript>", "<template>", "<title>", "<mglyph>", "<annotation-xml>", "<table>",
            "<td>", "<select>", "<textarea>", "<!--", "-->", "<![CDATA[", "]]>", "<b id=__search class=md-x>", "&lt;script&gt;",
            "<a href=https://e.example title='<a href=\"https://x\">'>", "<form action=//e>", "<input type=image src=x>",
            "<details ontoggle=alert(1) open>", "<p onclick", "=alert(1)>", "<base href=//e>", "<foreignObject>", "'", '"', "<", ">",
        ]),
        st.text(max_size=5),
    ),
    max_size=10,
).map("".join)  # fmt: skip


@pytest.mark.parametrize("case", cases("sanitize"), ids=lambda case: case["name"])
def test_the_gate(case: dict[str, Any]) -> None:
    assert sanitize(case["html"]) == case["clean"]


@given(SOUP, st.booleans())
def test_nothing_that_runs_passes(soup: str, images: bool) -> None:
    clean = sanitize(soup, allow_images=images)
    # A parser moves misnested links and tables about once more each time it reads them; it must come to rest.
    again = [clean]
    while len(again) < 5 and (after := sanitize(again[-1], allow_images=images)) != again[-1]:
        again.append(after)
    assert len(again) < 5
    tree = lxml.html.fragment_fromstring(normalize(clean), create_parent="div")
    for element in tree.iter():
        assert element.tag not in {
            "script",
            "style",
            "iframe",
            "form",
            "base",
            "meta",
            "object",
            "embed",
            "template",
        }
        for name, value in element.attrib.items():
            assert not name.startswith("on") and name not in {"style", "srcdoc", "action", "formaction"}
            if name in {"href", "src"}:
                scheme = re.match(r"[a-z]+(?=:)", re.sub(r"[\x00-\x20]", "", value), re.IGNORECASE)
                assert scheme is None or scheme.group().lower() in {"http", "https", "mailto"}
            assert not (name == "id" and value.startswith("__"))


def test_remote_pictures_only_where_allowed() -> None:
    page = '<img src="https://e.example/a.png" alt="A"><img src="data:image/png,x" alt="B">'
    assert sanitize(page) == ""
    assert sanitize(page, allow_images=True) == '<img src="https://e.example/a.png" alt="A">'


def test_what_our_extensions_make_passes_whole() -> None:
    source = (
        '!!! note "Lưu ý"\n    Chữ\n\n??? tip\n    Ẩn\n\n=== "A"\n    một\n\n=== "B"\n    hai\n\n```py linenums="1" title="t"\n'
        "if x: pass\n```\n\n- [x] xong\n\n| a | b |\n|:--|--:|\n| 1 | 2 |\n\nChú[^1] ~~bỏ~~ ==nền== ++ctrl+c++ $x$\n\n[^1]: nguồn\n"
    )
    options = {**EXTENSIONS, "tables": {"use_align_attribute": True}, "pymdownx.tasklist": {"custom_checkbox": True},
               "pymdownx.highlight": {"anchor_linenums": True}}  # fmt: skip
    made = markdown.Markdown(extensions=list(options), extension_configs=options).convert(source)
    clean = sanitize(made)
    for attribute in ("class", "id", "for", "type", "align", "href", "data-tabs"):
        wanted = sorted(re.findall(rf'\s{attribute}="([^"]*)"', made))
        assert sorted(re.findall(rf'\s{attribute}="([^"]*)"', clean)) == wanted, attribute
    assert plain(clean) == plain(made)


def test_the_gate_is_fast() -> None:
    article = (
        "<p>"
        + 'Một đoạn văn dài <a href="https://e.example/x">nguồn</a>, <strong>đậm</strong>. ' * 4
        + "</p>"
    ) * 12
    best = min(_seconds(lambda: sanitize(article)) for _ in range(5))
    assert best < 0.02, "about 0.6 ms is usual"


def _seconds(action: Any) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


# ------------------------------------------------------------------------------------------ blocks


@pytest.mark.parametrize("case", cases("blocks"), ids=lambda case: case["html"][:40])
def test_blocks(case: dict[str, Any]) -> None:
    found = [
        [block.kind.value, block.text, block.markdown, block.credit]
        for block in blocks_from_html(case["html"], "https://bao.example/tin/")
    ]
    assert found == case["blocks"]


INLINE = st.recursive(
    TEXTS.map(entities.escape),
    lambda inner: st.tuples(
        st.sampled_from(["b", "i", "em", "span", "u", 'a href="https://a.example/(x)_y?a=1&amp;b=*"', "a"]),
        st.lists(inner, max_size=3).map("".join),
    ).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0].split()[0]}>"),
    max_leaves=6,
)


@given(
    st.lists(INLINE, min_size=1, max_size=4).map("".join),
    st.sampled_from(["p", "li", "td", "h2", "blockquote"]),
)
def test_blocks_render_to_their_own_words(inline: str, tag: str) -> None:
    wrapped = {
        "li": "<ul><li>{}</li></ul>",
        "td": "<table><tr><th>A</th><th>B</th></tr><tr><td>{}</td><td>x</td></tr></table>",
    }
    source = wrapped.get(tag, f"<{tag}>{{}}</{tag}>").format(inline)
    for block in blocks_from_html(source):
        made = render(block.markdown)
        words = plain(re.sub(r'<a class="headerlink".*?</a>', "", made))
        if block.kind is BlockKind.TABLE:  # its text parts cells with `|`
            assert squeeze(words.replace("|", " ")) == squeeze(block.text.replace("|", " "))
        else:
            assert squeeze(words) == squeeze(block.text)
        assert "<script" not in made and not re.search(r"<(?:img|input|sup|del|ins|mark|kbd|sub)\b", made)


@given(SOUP)
def test_any_soup_becomes_blocks(soup: str) -> None:
    for block in blocks_from_html(soup, "https://bao.example/"):
        assert block.text or block.credit
        assert "javascript:" not in block.markdown.lower() or "javascript:" in block.text.lower()


def test_deep_nesting_is_no_stack_overflow() -> None:
    assert blocks_from_html("<div>" * 3000 + "x" + "</div>" * 3000) == ()
    assert blocks_from_html("<ul><li>a" * 100 + "</li></ul>" * 100)[0].kind is BlockKind.LIST


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Đội công binh làm đường. Ảnh: Lê Hoa", ("Đội công binh làm đường.", "Lê Hoa")),
        ("Đội công binh làm đường (Ảnh: TTX Mẫu)", ("Đội công binh làm đường", "TTX Mẫu")),
        ("Đội công binh làm đường. Ảnh CA", ("Đội công binh làm đường.", "CA")),
        ("A new road. Photo: Jane Roe/Example", ("A new road.", "Jane Roe/Example")),
        ("A new road © Example Agency", ("A new road", "Example Agency")),
        ("Bức ảnh chụp năm 1965 được tìm thấy", ("Bức ảnh chụp năm 1965 được tìm thấy", "")),
        ("Ảnh: Lê Hoa", ("", "Lê Hoa")),
    ],
)
def test_credits(text: str, wanted: tuple[str, str]) -> None:
    assert split_credit_text(text) == wanted


# ------------------------------------------------------------------------------------------- plain


def test_visible_words_of_html() -> None:
    page = '<h2 id="a">Đề mục<a class="headerlink" href="#a">¶</a></h2><p>Một <b>hai</b>&nbsp;ba<br>bốn</p><script>x</script><ul><li>năm</li></ul>'
    assert plain(page) == "Đề mục\nMột hai ba\nbốn\nnăm"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("## Đề mục C\\#", "Đề mục C#"),
        ("Một **hai** *ba* [bốn](https://a.example/x) `a*b <c>`", "Một hai ba bốn a*b <c>"),
        ("- một\n    - hai\n\n> ba", "một hai ba"),
        ('!!! note "Lưu ý"\n    chữ', "Lưu ý chữ"),
        ("| A | B |\n|---|---|\n| 1 | 2 |", "A B 1 2"),
        ("Chú[^1] thích\n\n[^1]: nguồn", "Chú thích"),
        ("![ảnh](a.png) chữ {: .x }", "chữ"),
        ("snake_case 5 * 3 = 15", "snake_case 5 * 3 = 15"),
    ],
)
def test_visible_words_of_markdown(source: str, words: str) -> None:
    assert plain_markdown(source) == words


@pytest.mark.parametrize(
    "piece", ["[", "<a ", "*", "_", "`", "> ", "#", " ", "<!--", "{", "![", "\\", "-", "&", "<script"]
)
def test_hostile_lengths_cost_little(piece: str) -> None:
    text = piece * 20_000
    for action in (escape, plain, plain_markdown, sanitize, blocks_from_html):
        assert _seconds(lambda action=action: action(text)) < 3, action.__name__


def test_boxes_and_notes_have_names_in_the_language_of_the_site() -> None:
    boxes = name_tasks('<input type="checkbox" disabled="" checked=""><input type="checkbox" disabled="">', done="Xong & gọn", open_="Chưa")  # fmt: skip
    assert boxes == (
        '<input type="checkbox" disabled="" checked="" aria-label="Xong &amp; gọn">'
        '<input type="checkbox" disabled="" aria-label="Chưa">'
    )
    titles = {"note": "Ghi chú", "warning": "Lưu ý"}
    made = markdown.markdown(
        '!!! note\n    a\n\n!!! warning "Warning!"\n    b\n\n??? note\n    c',
        extensions=["admonition", "pymdownx.details"],
    )
    named = name_notes(sanitize(made), titles)
    assert re.findall(r'(?:admonition-title"|<summary)>([^<]*)', named) == ["Ghi chú", "Warning!", "Ghi chú"]
    assert name_notes("<p>Note</p>", titles) == "<p>Note</p>"

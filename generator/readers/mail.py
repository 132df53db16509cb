"""Mails (`.eml`): a newsletter, a press release, an article that somebody forwarded.

What counts is the mail at the bottom of it: of one forwarded as an attachment or within another, that one's subject,
date and sender. A sender is the publisher where the mail goes to a list, or by a name or mailbox of an organisation;
else a person. What is not settled that way (a person's private mail, a digest of several articles) is said as a doubt.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

from generator.models import Form, Problem, RawItem, Statement
from generator.readers import forwards, newsletter
from generator.readers.fragment import web_address
from generator.readers.item_id import Name, give_ids, name_of
from generator.readers.mail_parts import Parts, TooDeepError, header, parse_mail, read_parts
from generator.readers.raw_file import RawFile, Reader, Reading, refuse, remark
from generator.readers.senders import Sender, clean_subject, is_private, sender_of, site_of, who_sent
from generator.text import normalize, squeeze

_HEADERS = re.compile(
    rb"(?:From |>From |(?:From|Date|Subject|To|Received|Return-Path|Delivered-To|MIME-Version|Message-ID|X-[\w-]+|"
    rb"Snapshot-Content-Location|DKIM-Signature|ARC-[\w-]+|Reply-To|Sender|List-[\w-]+|Content-Type|Authentication-Results):)",
    re.IGNORECASE,
)
_SURE = re.compile(rb"^(?:MIME-Version|Message-ID|Received):", re.IGNORECASE | re.MULTILINE)
_MBOX = re.compile(rb"\nFrom [^\n]{5,200}\d{4}\r?\n[\w-]+:")
_MAX_TEXT = 1_000_000
"""Characters of a mail's text: mail programs cut letters off at a tenth of it."""
_MAX_PARTS = 5_000
_FEW_WORDS = 60
"""A forwarder's own words before the mail that he forwards."""


def _recognises(file: RawFile) -> bool:
    if file.kind_of_binary:
        return False
    start = file.data[:20_000].lstrip(b"\xef\xbb\xbf\r\n\t ")
    if _HEADERS.match(start) is None:
        return False
    head = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]
    return file.suffix in (".eml", ".mht", ".mhtml", ".mbox") or (
        file.suffix in (".txt", "") and len(_SURE.findall(head)) >= 2
    )


@dataclass(frozen=True, slots=True)
class _Letter:
    """One mail as far as it was understood."""

    mail: EmailMessage
    subject: str
    date: str
    sender: Sender
    parts: Parts
    bulk: bool
    list_name: str
    forwarded: bool = False


def _read(file: RawFile) -> Reading:
    if _MBOX.search(file.data):
        raise refuse(
            file.path,
            "raw-unsupported",
            "the file holds several mails (mbox)",
            "save each mail as a file of its own",
        )
    if file.data.count(b"\n--") > _MAX_PARTS or file.data.lower().count(b"boundary=") > _MAX_PARTS // 10:
        raise refuse(file.path, "raw-too-long", f"the mail has more than {_MAX_PARTS:,} parts or rules, or too many parts in parts",
                     "save its text as .html or .txt")  # fmt: skip
    try:
        mail = parse_mail(file.data)
        if address := web_address(header(mail, "snapshot-content-location")):
            return _read_web_page(file.path, mail, address)
        letters = list(_letters(file.path, mail, 0))
    except (TooDeepError, RecursionError) as error:
        raise refuse(file.path, "raw-malformed", "the mail's parts lie in each other deeper than any mail's",
                     "save its text as .html or .txt") from error  # fmt: skip
    problems: list[Problem] = []
    read = [
        (letter, found)
        for letter in letters
        if (found := _read_letter(file.path, letter, problems)) is not None
    ]
    if not read:
        raise _empty(file.path, letters)
    if len(read) == 1:
        return Reading((read[0][1],), tuple(problems))
    ids = give_ids([_name(letter, item) for letter, item in read])
    items = tuple(
        replace(item, raw=f"{file.path}#{given}")
        for (_, item), given in zip(read, ids, strict=True)
        if given is not None
    )
    return Reading(items, tuple(problems))


def _read_web_page(path: str, mail: EmailMessage, address: str) -> Reading:
    """A page that a browser saved as a single file (`.mhtml`); its date is when."""
    text = read_parts(path, mail).first_html
    if not _length(text):
        raise refuse(
            path, "raw-empty", "the page holds no words", "save it again once the browser has shown it whole"
        )
    fetched_at = _moment(header(mail, "date"))
    return Reading((RawItem(raw=path, form=Form.PAGE, text=text, url=address, fetched_at=fetched_at),))


def _name(letter: _Letter, item: RawItem) -> Name:
    said = {
        "id": header(letter.mail, "message-id").strip("<> "),
        "title": letter.subject,
        "published": letter.date,
    }
    return name_of(said, {}, item.text)


def _empty(path: str, letters: list[_Letter]) -> Exception:
    if any(letter.parts.encrypted for letter in letters):
        return refuse(
            path,
            "raw-unsupported",
            "the mail is encrypted",
            "save it again decrypted, or its text as .html or .txt",
        )
    names = [name for letter in letters for name in letter.parts.attachments]
    if names:
        return refuse(path, "raw-empty", f"the mail has no text, only attachments: {_listed(names)}",
                      "save the attachment as a raw file of its own")  # fmt: skip
    return refuse(path, "raw-empty", "the mail has no text", "save it again whole, or delete the file")


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return ", ".join(f"`{name}`" for name in names[:5]) + more


# ---------------------------------------------------------------------------------------- letters


def _letters(path: str, mail: EmailMessage, depth: int) -> Iterator[_Letter]:
    """The mails that count: those that were forwarded as attachments rather than the one that carries them."""
    if depth > 5:
        raise TooDeepError
    parts = read_parts(path, mail)
    if parts.mails and _length(parts.plain or parts.html) <= _FEW_WORDS * 2:
        for inner in parts.mails[:200]:
            yield from _letters(path, inner, depth + 1)
        return
    list_id = header(mail, "list-id")
    yield _Letter(
        mail=mail,
        subject=header(mail, "subject"),
        date=header(mail, "date"),
        sender=sender_of(header(mail, "from") or header(mail, "sender")),
        parts=parts,
        bulk=bool(
            list_id
            or header(mail, "list-unsubscribe")
            or re.match("bulk|list", header(mail, "precedence"), re.IGNORECASE)
        ),
        list_name=squeeze(re.sub(r"<[^<>]*>", "", list_id)).strip("\"' "),
    )


def _length(text: str) -> int:
    """Words of a text without its tags."""
    return len(re.sub(r"<[^<>]*>", " ", text).split())


def _read_letter(path: str, letter: _Letter, problems: list[Problem]) -> RawItem | None:
    """The item of a mail, None where it has no text."""
    parts = letter.parts
    if (size := max(len(parts.html), len(parts.plain))) > _MAX_TEXT:
        raise refuse(path, "raw-too-long", f"the mail's text has {size:,} characters; {_MAX_TEXT:,} are the most",
                     "save the article alone")  # fmt: skip
    html_words = _length(parts.html)
    plain_words = _length(parts.plain)
    doubts: list[str] = []
    if html_words and (2 * html_words >= plain_words or plain_words < 40):
        read = _read_html(parts.html, letter, doubts)
    else:
        read = _read_plain(parts.plain, letter, doubts)
    letter, form, text, copy, articles = read
    if not re.search(r"\w", re.sub(r"<[^<>]*>", " ", text)):
        return None
    if articles > 1:
        doubts.append(f"body: the mail announces about {articles} articles; each needs a raw file of its own, or the page "
                      "is cut to one")  # fmt: skip
    if parts.attachments:
        problems.append(remark(path, "raw-attachment", f"attachments were not taken: {_listed(list(parts.attachments))}",
                               "save what belongs to the article as a raw file of its own"))  # fmt: skip
    url = web_address(header(letter.mail, "archived-at").strip("<> ")) or copy
    statements = tuple(
        replace(one, value=words)
        for one in _state(letter, url, doubts)
        if (words := squeeze(normalize(one.value)))
    )
    return RawItem(raw=path, form=form, text=text, statements=statements, url=url)


_Read = tuple[_Letter, Form, str, str | None, int]


def _read_html(source: str, letter: _Letter, doubts: list[str]) -> _Read:
    """(the letter at the bottom, form, text, address of its copy, number of articles) of a mail's HTML."""
    root = _open(source)
    if root is None:
        return letter, Form.FRAGMENT, "", None, 1
    for _ in range(6):
        lines = forwards.lines_of(root)
        found = forwards.find_forward([line.text for line in lines])
        if found is None:
            if (place := forwards.find_reply([line.text for line in lines])) is not None and place:
                forwards.cut_from(lines[place])
            break
        if _is_quoted(letter, found, " ".join(line.text for line in lines[: found.start]), doubts):
            forwards.cut_from(lines[found.start])
            break
        forwards.cut_before(lines[found.end - 1])
        letter = _inner(letter, found)
    copy = newsletter.prune(root, site_of(letter.sender.domain))
    body = root.find(".//body")
    text = lxml_html.tostring(body if body is not None else root, encoding="unicode")
    return letter, Form.FRAGMENT, normalize(text), copy, newsletter.count_articles(root)


def _open(source: str) -> HtmlElement | None:
    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = lxml_html.document_fromstring(source.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return root if isinstance(root, HtmlElement) else None


def _read_plain(text: str, letter: _Letter, doubts: list[str]) -> _Read:
    for _ in range(6):
        lines = text.split("\n")
        found = forwards.find_forward(lines)
        if found is None:
            if (place := forwards.find_reply(lines)) is not None and "".join(lines[:place]).strip():
                text = "\n".join(lines[:place])
            break
        if _is_quoted(letter, found, " ".join(lines[: found.start]), doubts):
            text = "\n".join(lines[: found.start])
            break
        rest = lines[found.end :]
        if all(not line.strip() or line.startswith(">") for line in rest):
            rest = [re.sub(r"^> ?", "", line) for line in rest]
        text = "\n".join(rest)
        letter = _inner(letter, found)
    articles = newsletter.count_plain_articles(text)
    return letter, Form.TEXT, newsletter.prune_plain(text).strip("\n"), None, articles


def _is_quoted(letter: _Letter, found: forwards.Forward, own: str, doubts: list[str]) -> bool:
    """Whether the older mail below is only quoted: the text is what stands above it."""
    if found.sure:
        return False
    prefix = letter.subject[:4].lower()
    if _length(own) <= (10 if prefix.startswith(("re:", "tl:")) else _FEW_WORDS):
        return False
    if not prefix.startswith(("re:", "tl:")):
        doubts.append("body: the mail quotes another one below its own text; the text above was taken")
    return True


def _inner(letter: _Letter, found: forwards.Forward) -> _Letter:
    """The letter that was forwarded within another."""
    return replace(letter, subject=found.subject or letter.subject, date=found.date, sender=sender_of(found.sender),
                   bulk=False, list_name="", forwarded=True)  # fmt: skip


# -------------------------------------------------------------------------------------- statements


def _state(letter: _Letter, url: str | None, doubts: list[str]) -> Iterator[Statement]:
    author, publisher = who_sent(letter.sender, letter.list_name)
    domain = site_of(letter.sender.domain)
    private = is_private(domain)
    where = "forwarded mail" if letter.forwarded else "mail"
    yield Statement(
        "title", clean_subject(letter.subject, letter.sender, letter.list_name), f"{where}'s subject"
    )
    public = publisher or (domain and not private)
    yield Statement("date" if public else "created", _date_words(letter.date), f"{where}'s date")
    if author:
        yield Statement("author", author, f"{where}'s sender")
    if url:
        yield Statement("url", url, "mail's copy on the web")
    if publisher:
        yield Statement("source", publisher, f"{where}'s sender")
    elif letter.list_name:
        yield Statement("source", letter.list_name, "mail's List-Id")
    if domain and not private:
        yield Statement("source_url", domain, f"domain of the {where}'s sender")
    if language := header(letter.mail, "content-language"):
        yield Statement("language", language.split(",")[0], "mail's Content-Language")
    for doubt in doubts:
        yield Statement("doubt", doubt, "mail")


def _date_words(words: str) -> str:
    """The header's date in ISO 8601 where it is exact, else as it stands."""
    moment = _moment(words)
    return words if moment is None else moment.isoformat()


def _moment(words: str) -> dt.datetime | None:
    """A header's date where it is exact; an offset of `-0000` means UTC (RFC 5322 §3.3)."""
    try:
        moment = parsedate_to_datetime(words[:200])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None and re.search(r"-0000\b", words):
        return moment.replace(tzinfo=dt.UTC)
    return None if moment.tzinfo is None else moment


READER = Reader(name="mail", rank=12, recognises=_recognises, read=_read)

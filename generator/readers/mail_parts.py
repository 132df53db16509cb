"""A mail's headers and parts as text: RFC 2047 words, 8-bit headers, odd charsets, wrapped lines.

Headers are decoded here one by one and bounded, for the standard library's own header parser is slow and raises on
long and broken ones.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import EmailMessage, Message

from generator.errors import RawError
from generator.readers.decoding import decode
from generator.text import normalize, squeeze

_MOST_HEADER = 4000
_MAX_DEPTH = 30
_MAX_PARTS = 500
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)


class TooDeepError(ValueError):
    """Parts in parts beyond what any mail program writes."""


def parse_mail(data: bytes) -> EmailMessage:
    """The mail of some bytes.

    Raises:
        TooDeepError: parts lie in parts too deep.
    """
    try:
        return email.message_from_bytes(data, policy=email.policy.default)
    except RecursionError as error:
        raise TooDeepError from error


def header(mail: Message, name: str) -> str:
    """A header's words, decoded, on one line; empty where there is none."""
    for key, value in mail.raw_items():
        if key.lower() == name:
            return _decoded(str(value))
    return ""


def _decoded(value: str) -> str:
    text = value[:_MOST_HEADER]
    try:
        text = text.encode("ascii", "surrogateescape").decode("utf-8", "strict")
    except (UnicodeEncodeError, UnicodeDecodeError):
        text = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    if "=?" not in text:
        return squeeze(normalize(text))
    try:
        # A line end between two encoded words is none of theirs.
        parts = decode_header(re.sub(r"\r?\n\s+", " ", text))
    except (HeaderParseError, ValueError):
        return squeeze(normalize(text))
    words = "".join(
        part if isinstance(part, str) else _text_in(part, charset or "") for part, charset in _joined(parts)
    )
    return squeeze(normalize(words))


def _joined(parts: list[tuple[str | bytes, str | None]]) -> Iterator[tuple[str | bytes, str | None]]:
    """Neighbours of one charset as one: some mailers cut in the middle of a letter."""
    held: tuple[bytes, str | None] | None = None
    for part, charset in parts:
        if isinstance(part, bytes) and held is not None and held[1] == charset:
            held = (held[0] + part, charset)
            continue
        if held is not None:
            yield held
        held = None
        if isinstance(part, bytes):
            held = (part, charset)
        else:
            yield part, charset
    if held is not None:
        yield held


def _text_in(data: bytes, charset: str) -> str:
    try:
        return decode("", data, charset).text
    except RawError:
        return data.decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Parts:
    """A mail's parts by what they are good for."""

    html: str
    plain: str
    mails: tuple[EmailMessage, ...]
    """Forwarded as attachments."""
    attachments: tuple[str, ...]
    """Names of what is not taken."""
    encrypted: bool = False
    first_html: str = ""


def read_parts(path: str, mail: EmailMessage) -> Parts:
    """The parts of a mail; of alternatives the last HTML and the last plain one.

    Raises:
        RawError: a part's bytes are no text. TooDeepError: parts lie in parts too deep.
    """
    html: list[str] = []
    plain: list[str] = []
    mails: list[EmailMessage] = []
    names: list[str] = []
    encrypted = False
    for number, part in enumerate(_leaves(mail, 0)):
        if number >= _MAX_PARTS:
            break
        kind = part.get_content_type()
        name = _name_of(part)
        encrypted |= kind in (
            "application/pgp-encrypted",
            "application/pkcs7-mime",
            "application/x-pkcs7-mime",
        )
        if kind == "message/rfc822":
            mails += [inner for inner in _payload(part) if isinstance(inner, EmailMessage)]
        elif (
            kind in ("text/html", "text/plain")
            and part.get_content_disposition() != "attachment"
            and not name
        ):
            text = _text_of(path, part)
            if text.strip():
                (html if kind == "text/html" else plain).append(text)
        elif name or part.get_content_disposition() == "attachment":
            names.append(name or kind)
    return Parts(
        "\n<hr>\n".join(html),
        "\n\n".join(plain),
        tuple(mails),
        tuple(names),
        encrypted,
        html[0] if html else "",
    )


def _leaves(part: Message, depth: int) -> Iterator[EmailMessage]:
    """The parts that hold something; a forwarded mail is one. Another calendar or signature is none."""
    if depth > _MAX_DEPTH:
        raise TooDeepError
    if part.is_multipart() and part.get_content_maintype() == "multipart":
        for inner in _payload(part):
            yield from _leaves(inner, depth + 1)
    elif isinstance(part, EmailMessage):
        yield part


def _payload(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [inner for inner in payload if isinstance(inner, Message)] if isinstance(payload, list) else []


def _name_of(part: Message) -> str:
    """The file name of a part; a picture that the text itself shows has none."""
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, IndexError):
        return "unnamed"
    if part.get_content_maintype() == "image" and part.get_content_disposition() != "attachment":
        return ""
    return _decoded(str(name))[:80]


def _text_of(path: str, part: Message) -> str:
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        return ""
    if not isinstance(data, bytes) or not data.strip():
        return ""
    try:
        charset = part.get_content_charset("") or ""
    except (ValueError, LookupError, IndexError):
        charset = ""
    text = normalize(decode(path, data, charset).text)
    if part.get_content_type() == "text/plain":
        return unwrap(text, flowed="flowed" in str(part.get("content-type", ""))[:500].lower())
    return text


def unwrap(text: str, *, flowed: bool = False) -> str:
    """Plain text with its paragraphs whole again, where a mail program has wrapped them."""
    text = _SIGNATURE.split(text, maxsplit=1)[0]
    lines = text.split("\n")
    long = [line for line in lines if len(line) > 45]
    wrapped = len(long) > 3 and max(map(len, long)) <= 80 and "\n\n" in text
    if not flowed and not wrapped:
        return text
    made: list[str] = []
    for place, line in enumerate(lines):
        before = lines[place - 1] if place else ""
        goes_on = before.endswith(" ") if flowed else len(before) > 45 and not _ENDS.search(before)
        if wrapped and not goes_on and len(before) > 58:
            goes_on = True
        if made and goes_on and before.strip() and line.strip() and not _OPENS.match(line):
            made[-1] = f"{made[-1].rstrip()} {line.strip()}"
        else:
            made.append(line.rstrip())
    return "\n".join(made)


_ENDS = re.compile(r"[.!?:;…][\"'”’)]*$")
_OPENS = re.compile(r"\s*(?:[-*•–>+]\s|\d{1,2}[.)]\s|[A-Za-zÀ-ỹ -]{1,20}:\s|https?://)")

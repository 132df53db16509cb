"""Extraction asks nobody: every raw form is read and understood in a process that has no network and no names."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path

from tests.test_readers_docx import RELATION, paragraph, word

ROOT = Path(__file__).resolve().parent.parent

_SCRIPT = """
import base64, socket, sys, json

def refuse(*args, **kwargs):
    raise RuntimeError(f"the network was asked: {args}")

real = socket.socket
class Closed(real):
    def __init__(self, *args, **kwargs): refuse(args)
socket.socket = Closed
for name in ("create_connection", "create_server", "getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr", "getnameinfo", "getfqdn"):
    setattr(socket, name, refuse)
def audit(event, args):
    if event.startswith("socket.") and event != "socket.gethostname" or event in ("urllib.Request", "http.client.connect", "ftplib.connect"):
        raise RuntimeError(f"the network was asked: {event} {args}")
sys.addaudithook(audit)
try:
    socket.create_connection(("host.example", 80))
except RuntimeError:
    pass
else:
    sys.exit("the block does not hold")

from generator.extract import extract
from generator.readers import read
from generator.settings import Settings

told = {}
for name, data in json.load(sys.stdin).items():
    outcome = read(f"content/raw/{name}", base64.b64decode(data))
    told[name] = [[record.title, len(record.body)] for record in (extract(item, Settings()) for item in outcome.items)]
told["libraries"] = sorted(name for name in ("trafilatura", "htmldate") if name in sys.modules)
print(json.dumps(told))
"""

_PROSE = "Ba vạn cây đước con đã bén rễ trong vườn ươm bên cửa sông sau mùa gieo đầu tiên gần như mất trắng."
_HTML = f"""<html lang="vi"><head><base href="https://host.example/"><title>Vườn ươm bên sông</title><link rel="stylesheet" href="x.css">
<link rel="canonical" href="https://host.example/bai"><script src="https://host.example/x.js"></script></head><body><iframe src="https://host.example/f"></iframe>
<h1>Vườn ươm bên sông</h1><img src="https://host.example/a.jpg"><p>{_PROSE}</p><p>{_PROSE} Lần hai.</p><p>{_PROSE} Lần ba.</p></body></html>"""
_DTD = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://host.example/xhtml1-strict.dtd">'
_FEED = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Báo Mẫu</title><link>https://host.example/</link><item><title>Vườn ươm bên sông</title>
<link>https://host.example/bai</link><guid>1</guid><pubDate>Thu, 05 Mar 2026 08:00:00 +0700</pubDate><description>&lt;p&gt;{_PROSE}&lt;/p&gt;&lt;img src="https://host.example/b.jpg"&gt;</description></item></channel></rss>"""
_ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Báo Mẫu</title><id>x</id><updated>2026-03-05T08:00:00Z</updated><entry><id>1</id>
<title>Vườn ươm bên sông</title><updated>2026-03-05T08:00:00Z</updated><link href="https://host.example/bai"/><content type="html">&lt;p&gt;{_PROSE}&lt;/p&gt;</content></entry></feed>"""

_JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Báo Mẫu",
    "home_page_url": "https://host.example/",
    "items": [
        {
            "id": "1",
            "url": "https://host.example/bai",
            "title": "Vườn ươm bên sông",
            "content_html": f"<p>{_PROSE}</p>",
            "date_published": "2026-03-05T08:00:00+07:00",
        }
    ],
}
_WORDPRESS = [
    {
        "id": 1,
        "date": "2026-03-05T08:00:00",
        "date_gmt": "2026-03-05T01:00:00",
        "guid": {"rendered": "https://host.example/?p=1"},
        "slug": "vuon-uom",
        "status": "publish",
        "type": "post",
        "link": "https://host.example/bai",
        "title": {"rendered": "Vườn ươm bên sông"},
        "content": {"rendered": f"<p>{_PROSE}</p>", "protected": False},
        "excerpt": {"rendered": ""},
        "author": 1,
    }
]
_MAIL = f"""From: Bao Mau <tin@host.example>\r\nTo: ban@doc.example\r\nSubject: =?utf-8?B?{base64.b64encode("Vườn ươm bên sông".encode()).decode()}?=\r\nDate: Thu, 05 Mar 2026 08:00:00 +0700\r\n\
MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<html><body><p>{_PROSE}</p><p>{_PROSE} Lần hai.</p><img src="https://host.example/o.gif"></body></html>\r\n"""

FORMS = {
    "a.txt": f"Vườn ươm bên sông\n\n05/03/2026 08:00\n\n{_PROSE}\n\n{_PROSE} Lần hai.\n",
    "a.html": _HTML,
    "b.html": _DTD + _HTML.replace("<head>", '<head><meta name="author" content="Lê Hoa"><meta property="article:published_time" content="2026-03-05">'),
    "a.md": f"---\ntitle: Vườn ươm bên sông\nurl: https://host.example/bai\n---\n\n![ảnh](https://host.example/a.jpg)\n\n{_PROSE}\n",
    "a.xml": _FEED,
    "b.xml": _ATOM,
    "a.json": json.dumps(_JSON_FEED),
    "b.json": json.dumps(_WORDPRESS),
    "a.eml": _MAIL,
}  # fmt: skip


def test_no_form_asks_the_network() -> None:
    link = RELATION.format("l", "hyperlink", "https://host.example/1", ' TargetMode="External"')
    written = paragraph("Vườn ươm bên sông", "T") + paragraph(_PROSE) + paragraph(f"{_PROSE} Lần hai.")
    files = {name: text.encode() for name, text in FORMS.items()} | {"a.docx": word(written, links=link)}
    given = json.dumps({name: base64.b64encode(data).decode() for name, data in files.items()})
    found = subprocess.run(
        [sys.executable, "-c", _SCRIPT], cwd=ROOT, input=given, capture_output=True, text=True, encoding="utf-8", check=False
    )  # fmt: skip
    assert found.returncode == 0, found.stderr[-2000:]
    told = json.loads(found.stdout)
    assert told.pop("libraries") == ["htmldate", "trafilatura"], "the libraries were not even loaded"
    for name, records in told.items():
        assert [title for title, _ in records] == ["Vườn ươm bên sông"], name
        assert all(blocks for _, blocks in records), name

"""What can happen to a digest between two runs of ingest. A step draws all its choices from its own random numbers and
does nothing where it has nothing to do it to, so that any of them can be left out of a failing sequence."""

from __future__ import annotations

import random
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

from generator.merge import EVERYTHING
from generator.storage import PAGES, RAW, SIDECAR
from generator.takedown import take_down
from tests.ownership import clones, raws
from tests.ownership.page_text import Entry, PageText, spell
from tests.ownership.raws import FILES, RANGES, SETTINGS
from tests.ownership.world import ABSENT, KEPT_APART, NOW, REQUIRED, SPOKEN, Article, World, is_good

Step = Callable[[World, random.Random], None]

TEXTS = (
    "Lời của biên tập",
    "Cầu: chuyện “hai bờ” & một dòng suối",
    'it\'s #1 - "ngoặc"',
    "Ngắn",
    "Hai\n\ndòng",
    "2026",
    "",
)
VALUES: dict[str, tuple[Any, ...]] = {
    "title": (*TEXTS, 2026, None),
    "date": ("2025-11-04", "2026-10-01T09:00:00+07:00", "hôm qua", None),
    "source": ("ngn", "vd", "Báo lạ", None),
    "topic": ("cau-duong", "doi-song", None),
    "tags": (["Liên hợp quốc"], ["Của tôi", "Liên hợp quốc"], [], ["một"], None),
    "authors": (["Sao Mai"], ["Lò Văn Suối", "Ai khác"], []),
    "section": (*TEXTS, None),
    "summary": (*TEXTS, ["không", "phải", "chữ"]),
    "url": ("https://bao-vi-du.example/khac.html", ""),
    "lang": ("en", "vi"),
    "draft": (True, False),
    "expires": ("2030-01-01",),
    "note": TEXTS,
    "publish_at": ("2026-12-01T07:00:00+07:00",),
    "story": ("Cầu trên suối", ""),
}
OWN: dict[str, tuple[Any, ...]] = {
    "extra": ({"mã": 7, "ai": "Mai"}, {}),
    "pin": (True, False),
    "hide": (["toc"], ["toc", "navigation"]),
    "corrections": ([{"date": "2026-11-20", "text": "Mười hai ván, không phải mười."}],),
    "aliases": (["cu/dia-chi/"],),
    "khoa_la": ("giữ nguyên", 3.5, None),
    "added": ("2026-11-20T07:00:00+07:00",),
}
LINES = ("topic: hỏi lại Mai", "của tôi: chờ ảnh")


def _file(world: World, rng: random.Random, *, here: bool = True) -> str | None:
    files = sorted(key[0] for key, path in world.facts.items() if key[1:] == ("path",) and bool(path) is here)
    if world.favourite[0] in files and rng.random() < 0.5:
        return world.favourite[0]
    return rng.choice(files) if files else None


def _article(world: World, rng: random.Random, *states: str) -> Article | None:
    found = world.articles(*(states or ("live",)))
    if world.favourite in found and rng.random() < 0.5:
        return world.favourite
    return rng.choice(found) if found else None


def _is_clean(world: World, file: str) -> bool:
    """Whether the register knows the file as it is."""
    path = world.home / f"{world.raw(file)}{SIDECAR}"
    return path.exists() and raws.digest((world.home / str(world.raw(file))).read_bytes()) in path.read_text(
        "utf-8"
    )


# ------------------------------------------------------------------------------------------- raw files


def change_raw(world: World, rng: random.Random) -> None:
    """A publisher has changed an article, and its raw file is saved again."""
    file = _file(world, rng)
    if file is None:
        return
    item, attribute = rng.choice(FILES[file[0]][1]), rng.choice(raws.attributes(file))
    if attribute == "here":
        here = [name for name, one in world.words(file).items() if one["here"]]
        if here == [item]:
            return
        world.facts[file, "w", item, "here"] ^= 1
    else:
        world.facts[file, "w", item, attribute] = rng.randrange(RANGES[attribute])
    world.put(file)


def restore_raw(world: World, rng: random.Random) -> None:
    """A raw file is as it was first."""
    file = _file(world, rng)
    if file is not None:
        for key in [key for key in world.facts if key[:2] == (file, "w") and key[3] != "here"]:
            world.facts[key] = 0
        world.put(file)


def change_settings(world: World, rng: random.Random) -> None:
    """Another vocabulary, or another text policy of a source."""
    world.facts["settings",] = rng.randrange(len(SETTINGS))


def new_raw(world: World, rng: random.Random) -> None:
    """A raw file comes that was not there."""
    missing = [file for file in FILES if (file, "path") not in world.facts]
    if missing:
        world.begin(rng.choice(missing))


def copy_raw(world: World, rng: random.Random) -> None:
    """A raw file is there twice, under two names: two articles. With its sidecar it is told, until that is deleted."""
    file = _file(world, rng)
    if file is None or len(FILES[file[0]][1]) > 1 or any(key[0] == f"{file[0]}2" for key in world.facts):
        return
    if len(file) > 1 or world.facts[(file, ""), "state"] not in ("live", "deleted"):
        return
    world.ingest()
    copy = f"{file}2"
    old = str(world.facts[file, "path"])
    new = _other_name(world, old, rng)
    source, target = world.home / RAW / old, world.home / RAW / new
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)
    if world.facts[(file, ""), "state"] == "live" and rng.random() < 0.4:
        shutil.copy2(f"{source}{SIDECAR}", f"{target}{SIDECAR}")
        pages = world.snapshot()
        report = world.run()
        told = [problem.path for problem in report.problems if problem.rule == "raw-copy"]
        assert told == [f"{RAW}/{new}"], told
        after = world.snapshot()
        assert after.keys() == pages.keys()
        Path(f"{target}{SIDECAR}").unlink()
    world.facts[copy, "path"] = new
    for key in [key for key in world.facts if key[:2] == (file, "w")]:
        world.facts[copy, *key[1:]] = world.facts[key]
    world.facts[(copy, ""), "state"] = "none"
    world.ingest()


def delete_raw(world: World, rng: random.Random) -> None:
    """A raw file is taken away, with or without its sidecar."""
    file = _file(world, rng)
    if file is None or not _is_clean(world, file):
        return
    raw = world.home / str(world.raw(file))
    world.facts[file, "was"] = world.facts[file, "path"]
    world.facts[file, "path"] = None
    raw.unlink()
    live = all(
        world.facts[one, "state"] == "live"
        for one in world.articles("none", "live", "deleted", "down")
        if one[0] == file
    )
    if live and rng.random() < 0.3 and _is_like_no_other(world, file):
        Path(f"{raw}{SIDECAR}").unlink()
        world.facts.pop((file, "url"), None)


def put_raw_back(world: World, rng: random.Random) -> None:
    """A raw file that was taken away is there again."""
    file = _file(world, rng, here=False)
    if file is None or (file, "was") not in world.facts:
        return
    world.facts[file, "path"] = world.facts.pop((file, "was"))
    world.put(file)


def _other_name(world: World, path: str, rng: random.Random) -> str:
    folder, name = path.rsplit("/", 1)
    stem, suffix = name.rsplit(".", 1)
    folder = rng.choice((folder, folder, "vd", "khác/sâu hơn"))
    while True:
        new = f"{folder}/{rng.choice((stem, 'tên mới', 'x #1', 'bài'))}-{rng.randint(1, 99)}.{suffix}"
        if not (world.home / RAW / new).exists() and not (world.home / RAW / f"{new}{SIDECAR}").exists():
            return new


def rename_raw(world: World, rng: random.Random) -> None:
    """A raw file gets another name, with or without its sidecar; sometimes its page does too."""
    file = _file(world, rng)
    if file is None:
        return
    alone = rng.random() < 0.5
    if alone and _has_twin(world, file):
        return
    articles = [one for one in world.articles("live") if one[0] == file and world.speaking(one)]
    moved = (
        rng.choice(articles) if articles and rng.random() < 0.3 and _is_like_no_other(world, file) else None
    )
    if moved and not _is_known_by_its_words(world, moved):
        moved = None
    if moved or not _is_clean(world, file) or not all(map(world.is_registered, articles)):
        world.ingest()  # of a page and a raw file under new names, no more than the names may be new
    old = str(world.facts[file, "path"])
    new = _other_name(world, old, rng)
    target = world.home / RAW / new
    target.parent.mkdir(parents=True, exist_ok=True)
    (world.home / RAW / old).rename(target)
    if not alone:
        Path(f"{world.home / RAW / old}{SIDECAR}").rename(f"{target}{SIDECAR}")
    world.facts[file, "path"] = new
    if moved:
        _move(world, rng, moved)
    if alone or moved:
        world.ingest()  # changed before the next run, nothing but its words would tell it


def _is_like_no_other(world: World, file: str) -> bool:
    """Whether a page without its register can be known by its words: no other file ever says the same."""
    return file[0] not in "ab" and len(file) == 1 and (f"{file}2", "path") not in world.facts


def _is_known_by_its_words(world: World, article: Article) -> bool:
    """Whether a page could be found by what the generator says: not where an editor took a key away, so that nobody knows
    what it said last, nor where there is neither text, nor address, nor date and source."""
    fresh = world.fresh(article[0])[article[1]]
    gone = any(
        key[0] == article and key[1] == "mine" and value == ABSENT for key, value in world.facts.items()
    )
    return not gone and bool(fresh.body or "url" in fresh.fields or {"date", "source"} <= fresh.fields.keys())


def _has_twin(world: World, file: str) -> bool:
    """Whether another file that is, or was, there has the same bytes."""
    mine = raws.digest((world.home / str(world.raw(file))).read_bytes())
    return sum(mine in path.read_text("utf-8") for path in (world.home / RAW).rglob(f"*{SIDECAR}")) > 1


def name_url(world: World, rng: random.Random) -> None:
    """An editor writes the original's address into a sidecar."""
    file = _file(world, rng)
    if file is None or len(FILES[file[0]][1]) > 1 or not _is_clean(world, file):
        return
    path = Path(f"{world.home / str(world.raw(file))}{SIDECAR}")
    url = f"https://bao-vi-du.example/{file}-{rng.randint(1, 3)}.html"
    kept = [line for line in path.read_text("utf-8").splitlines(keepends=True) if not line.startswith("url:")]
    path.write_text("".join(kept) + f"url: {url}  # Mai\n", "utf-8")
    world.facts[file, "url"] = url


# ------------------------------------------------------------------------------------------- pages


def edit_field(world: World, rng: random.Random) -> None:
    """An editor writes a field, in whatever spelling."""
    article = _article(world, rng)
    if article is not None:
        page = world.read(article)
        field = rng.choice(SPOKEN[:-1])
        page.set(field, spell(rng, field, rng.choice(VALUES[field])), rng)
        world.save(article, page)


def write_ahead(world: World, rng: random.Random) -> None:
    """An editor writes exactly what the generator will say next; sometimes it says it at once."""
    found = _foresee(world, rng)
    if found is None:
        return
    article, (attribute, number), fields, body = found
    page = world.read(article)
    for field, value in fields.items():
        page.set(field, spell(rng, field, value), rng)
    page.body = page.body if body is None else body
    world.save(article, page)
    if rng.random() < 0.6:
        world.facts[article[0], "w", article[1], attribute] = number
        world.put(article[0])


def clash(world: World, rng: random.Random) -> None:
    """An editor writes what the raw article changes, too."""
    found = _foresee(world, rng)
    if found is None:
        return
    article, (attribute, number), fields, body = found
    page = world.read(article)
    for field in fields:
        if rng.random() < 0.15:
            page.delete(field)
        else:
            page.set(field, spell(rng, field, rng.choice(VALUES[field])), rng)
    page.body = page.body if body is None else f"\nLời của biên tập số {rng.randint(1, 3)}.\n"
    world.save(article, page)
    world.facts[article[0], "w", article[1], attribute] = number
    world.put(article[0])


def _foresee(
    world: World, rng: random.Random
) -> tuple[Article, tuple[str, int], dict[str, Any], str | None] | None:
    """A change that a raw article may come to: (article, attribute and its number, fields that will be others, body)."""
    article = _article(world, rng)
    if article is None or not world.speaking(article):
        return None
    file, item = article
    attribute = rng.choice([name for name in raws.attributes(file) if name != "here"])
    words = world.words(file)
    words[item][attribute] = rng.randrange(RANGES[attribute])
    new, now = world.fresh(file, raws.write(file, words)).get(item), world.fresh(file).get(item)
    if new is None or now is None:
        return None
    fields = {field: value for field, value in new.fields.items() if value != now.fields.get(field)}
    return article, (attribute, words[item][attribute]), fields, new.body if new.body != now.body else None


def go_back(world: World, rng: random.Random) -> None:
    """An editor writes the very words of the generator again, or older ones."""
    article = _article(world, rng)
    versions = world.history.get(article, []) if article else []
    if article is None or not versions:
        return
    old = PageText.parse(rng.choice(versions)[1])
    page, values = world.read(article), old.values()
    fields = [field for field in SPOKEN[:-1] if field in values]
    for field in rng.sample(fields, min(2, len(fields))):
        page.set(field, spell(rng, field, values[field]), rng)
    if rng.random() < 0.3:
        page.body = old.body
    world.save(article, page)


def retype(world: World, rng: random.Random) -> None:
    """The same values in another spelling, or in Unicode's other one."""
    article = _article(world, rng)
    if article is None:
        return
    page = world.read(article)
    for key, value in page.values().items():
        if key != "generated" and key != "review" and rng.random() < 0.4:
            apart = isinstance(value, str) and key not in ("raw", "date") and rng.random() < 0.2
            page.set(key, spell(rng, key, unicodedata.normalize("NFD", value) if apart else value), rng)
    world.save(article, page)


def delete_key(world: World, rng: random.Random) -> None:
    """An editor takes a key away."""
    article = _article(world, rng)
    if article is not None:
        page = world.read(article)
        keys = sorted(key for key in page.values() if key not in KEPT_APART)
        if keys:
            page.delete(rng.choice(keys))
            world.save(article, page)


def own_key(world: World, rng: random.Random) -> None:
    """A key that is the editor's alone."""
    article = _article(world, rng)
    if article is not None:
        page = world.read(article)
        key = rng.choice(sorted(OWN))
        page.set(key, spell(rng, key, rng.choice(OWN[key])), rng)
        world.save(article, page)


def dress(world: World, rng: random.Random) -> None:
    """What an editor's program does: comments, line ends, order, a byte order mark."""
    article = _article(world, rng)
    if article is None:
        return
    page = world.read(article)
    for _ in range(rng.randint(1, 3)):
        world.tokens += 1
        token = f"#ghi{world.tokens} của Mai"
        match rng.randrange(6):
            case 0:
                page.entries.insert(rng.randint(0, len(page.entries)), Entry(None, f"{token}\n"))
            case 1:
                entry = rng.choice(page.entries) if page.entries else None
                if (
                    entry
                    and entry.key
                    and entry.text.count("\n") == 1
                    and "|" not in entry.text
                    and ">" not in entry.text
                ):
                    entry.text = entry.text.rstrip("\n") + f"  {token}\n"
            case 2:
                rng.shuffle(page.entries)
            case 3:
                page.crlf = not page.crlf
            case 4:
                page.bom = not page.bom
            case _:
                page.entries.insert(rng.randint(0, len(page.entries)), Entry(None, "\n"))
    try:
        page.values()
    except ValueError:
        return
    world.save(article, page)


def edit_body(world: World, rng: random.Random) -> None:
    """An editor's words in the text."""
    article = _article(world, rng)
    if article is None:
        return
    page = world.read(article)
    page.body = rng.choice(
        (
            page.body + "\nLời thêm của biên tập.  \n\n\n",
            "\n\n" + page.body.replace("cầu", "cây cầu") + "Một câu nữa",
            "---\n\nChỉ còn một gạch.\n---\n",
            "",
            page.body.rstrip("\n") + "  \n\n",
        )
    )
    world.save(article, page)


def settle(world: World, rng: random.Random) -> None:
    """An editor settles a held page, by half or whole."""
    held = [one for one in world.articles("live") if world.facts[one, "page"].startswith("held/")]
    if not held:
        return
    article = rng.choice(held)
    page = world.read(article)
    lines = list(world.facts[article, "lines"])
    how = rng.random()
    if how < 0.6 or not lines:
        lines = []
    elif how < 0.8:
        lines.remove(rng.choice(lines))
    elif how < 0.9:
        lines[rng.randrange(len(lines))] += " → hỏi Mai"
    else:
        lines.append(rng.choice(LINES))
    if lines:
        page.set("review", spell(rng, "review", lines), rng)
    else:
        page.delete("review")
    if rng.random() < 0.7:
        for field in REQUIRED:
            if not is_good(field, page.values().get(field)):
                page.set(
                    field, spell(rng, field, next(one for one in VALUES[field] if is_good(field, one))), rng
                )
    world.save(article, page)


def hold(world: World, rng: random.Random) -> None:
    """An editor writes a review line."""
    article = _article(world, rng)
    if article is not None:
        page = world.read(article)
        lines = [*world.facts[article, "lines"], rng.choice(LINES)]
        page.set("review", spell(rng, "review", lines), rng)
        world.save(article, page)


def move_page(world: World, rng: random.Random) -> None:
    """An editor gives a page another name."""
    article = _article(world, rng)
    if article is not None:
        if world.speaking(article) and not world.claims_rightly(article):
            world.ingest()
        _move(world, rng, article)


def _move(world: World, rng: random.Random, article: Article) -> None:
    old = str(world.facts[article, "page"])
    folder = "held" if old.startswith("held/") else rng.choice((old.rpartition("/")[0], "articles/2026/10"))
    new = (
        f"{folder}/{rng.choice(('ten-moi', 'cau', 'doi-cong-binh-dung-lai-cau-tam'))}-{rng.randint(1, 99)}.md"
    )
    if (world.home / PAGES / new).exists() or new in world.addresses():
        return
    source = world.page(article)
    target = world.home / PAGES / new
    target.parent.mkdir(parents=True, exist_ok=True)
    source.rename(target)
    world.facts[article, "page"] = new


def delete_page(world: World, rng: random.Random) -> None:
    """An editor deletes a page."""
    article = _article(world, rng)
    if article is None or not world.speaking(article) or not world.is_registered(article):
        return
    world.history.setdefault(article, []).append(
        (world.facts[article, "page"], world.page(article).read_bytes(), world.of(article))
    )
    world.page(article).unlink()
    world.facts[article, "state"] = "deleted"


def restore_page(world: World, rng: random.Random) -> None:
    """An editor takes a deleted page, or an older version of one, out of git's history."""
    article = _article(world, rng, "deleted", "live")
    versions = world.history.get(article, []) if article else []
    if article is None or not versions:
        return
    place, data, facts = rng.choice(versions[-3:])
    deleted = world.facts[article, "state"] == "deleted"
    if place != world.facts[article, "page"] or (deleted and (world.home / PAGES / place).exists()):
        return
    for key in world.of(article):
        del world.facts[key]
    world.facts |= facts
    world.page(article).parent.mkdir(parents=True, exist_ok=True)
    world.page(article).write_bytes(data)


# ------------------------------------------------------------------------------------------- commands


def run_ingest(world: World, rng: random.Random) -> None:
    """`digest ingest`."""
    world.ingest()


def refresh(world: World, rng: random.Random) -> None:
    """`digest ingest --refresh` of a page or a raw file, of all fields or some."""
    world.ingest()
    article = _article(world, rng, "live", "deleted")
    if article is None or not world.speaking(article):
        return
    some = frozenset(rng.sample((*SPOKEN, "review"), rng.randint(1, 3)))
    what = EVERYTHING if rng.random() < 0.5 else some
    if world.facts[article, "state"] == "live" and rng.random() < 0.6:
        place, of = f"{PAGES}/{world.facts[article, 'page']}", {article}
    else:
        place = str(world.raw(article[0]))
        of = {
            one for one in world.articles("live", "deleted") if one[0] == article[0] and world.speaking(one)
        }
    world.ingest(place, refresh=what, of=frozenset(of))


def take_page_down(world: World, rng: random.Random) -> None:
    """`digest takedown`, and the raw article comes again under whatever name."""
    world.ingest()
    article = _article(world, rng)
    if article is None or not world.speaking(article) or _has_twin(world, article[0]):
        return
    file, page = article[0], f"{PAGES}/{world.facts[article, 'page']}"
    raw = world.home / str(world.raw(file))
    data = raw.read_bytes()
    take_down(world.project, world.settings, page, world.home, "Theo yêu cầu của tòa soạn", NOW)
    for key in world.of(article):
        if key[1] not in ("page", "state"):
            del world.facts[key]
    world.facts[article, "state"] = "down"
    world.facts[article, "record"] = (world.home / page).read_bytes()
    world.history.pop(article, None)
    if article[1]:
        if rng.random() < 0.5:
            raw.write_bytes(data)  # the feed is saved once more, with the article in it
        elif raw.exists():
            world.facts[file, "w", article[1], "here"] = 0
        else:
            world.facts[file, "w", article[1], "here"] = 0
            world.facts[file, "path"] = None
        return
    world.facts[file, "path"] = None
    if rng.random() < 0.7:
        again = (
            raw
            if rng.random() < 0.5
            else world.home / RAW / _other_name(world, raw.relative_to(world.home / RAW).as_posix(), rng)
        )
        again.parent.mkdir(parents=True, exist_ok=True)
        again.write_bytes(data)


def merge_clones(world: World, rng: random.Random) -> None:
    """Two editors work in two clones and put them together."""
    base = (world.snapshot(), dict(world.facts))
    tokens = world.tokens
    sides = []
    for number in range(2):
        world.restore(base[0])
        world.facts = dict(base[1])
        world.tokens = tokens + 1000 * number
        for _ in range(rng.randint(1, 4)):
            draw(rng, APART)(world, rng)
        sides.append((world.snapshot(), dict(world.facts)))
    world.merges += 1
    try:
        merged = clones.merge(base, sides[0], sides[1], world.root)
        world.restore(merged.files)
        world.facts = dict(merged.facts)
        if not all(map(world.is_traceable, world.articles("live"))):
            raise clones.Conflict("limit: page and raw file renamed, each in a clone")
        down = {one[0][0] for one in world.articles("down") if not one[1]}
        if any(one[0][0] in down for one in world.articles("none", "live", "deleted")):
            raise clones.Conflict("limit: taken down in one clone, copied in the other")
        world.by_field += merged.by_field
    except clones.Conflict as conflict:
        world.discarded[str(conflict)] += 1
        world.restore(sides[0][0])
        world.facts = dict(sides[0][1])
        world.tokens = tokens
    world.ingest()


def draw(rng: random.Random, steps: dict[Step, int]) -> Step:
    return rng.choices(list(steps), list(steps.values()))[0]


APART: dict[Step, int] = {
    run_ingest: 20, change_raw: 14, restore_raw: 2, change_settings: 4, new_raw: 3, delete_raw: 2, put_raw_back: 2,
    rename_raw: 5, name_url: 2, copy_raw: 2, edit_field: 14, write_ahead: 6, clash: 9, go_back: 4, retype: 4, delete_key: 5, own_key: 4,
    dress: 6, edit_body: 5, settle: 7, hold: 2, move_page: 4, delete_page: 3, restore_page: 5, refresh: 5, take_page_down: 2,
}  # fmt: skip
"""Step → how often."""
STEPS: dict[Step, int] = {**APART, merge_clones: 8}

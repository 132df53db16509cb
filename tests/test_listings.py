"""The pages that list: which there are, what stands in them, in which order."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from generator import listings
from generator.library import Library
from generator.listings.archive import Archive, MonthView, YearView
from generator.listings.corrections import Corrections
from generator.listings.home import Home
from generator.listings.listing import MOST, Entries, Listing
from generator.listings.terms import Index, SourcePage
from generator.models import Article, Correction, Coverage, State, Takedown
from generator.redirects import Redirect
from generator.settings import Settings, parse
from generator.views import Presenter, web_address
from generator.words import words_of

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = dt.datetime(2027, 1, 1, tzinfo=ZONE)
VALUES = {
    "paths": {
        "topics": "chu-de",
        "tags": "the",
        "sources": "nguon",
        "archive": "luu-tru",
        "corrections": "dinh-chinh",
    },
    "topics": {
        "quan-y": {"name": "Quân y", "description": "Thầy thuốc.", "aliases": ["y-te"]},
        "do-thi": {"name": "Đô thị"},
    },
    "sources": {
        "bao-mau": {
            "name": "Báo Mẫu",
            "short": "BM",
            "url": "https://baomau.example/",
            "aliases": ["bao-cu"],
        },
        "dai-thu": {"name": "Đài Thử", "text": "full", "licence": "CC BY 4.0"},
    },
    "tags": {"Đà Nẵng": {"kind": "place"}, "Ăn uống": {}, "An Giang": {"kind": "place"}},
}


def make(number: int = 1, **changes: object) -> Article:
    """An article taken up on the `number`th hour."""
    one = Article(
        page=f"articles/2026/11/bai-{number:04d}.md",
        title=f"Bài {number}",
        date=dt.datetime(2026, 11, 3, 8, tzinfo=ZONE),
        added=dt.datetime(2026, 11, 4, tzinfo=ZONE) + dt.timedelta(hours=number),
        source="bao-mau",
        topic="quan-y",
    )
    return replace(one, **changes)  # type: ignore[arg-type]  # the tests name the fields


def present(*articles: Article, values: dict[str, object] | None = None, preview: bool = False) -> Presenter:
    settings: Settings = parse(values or VALUES)
    library = Library.collect(articles, now=NOW, settings=settings, preview=preview)
    return Presenter(library, settings, words_of("vi"), "Bản Thử", "https://thu.example/", preview)


def pages_of(*articles: Article) -> dict[str, Listing]:
    return {listing.address: listing for listing in listings.pages(present(*articles))}


def entries(listing: Listing) -> Entries:
    assert isinstance(listing.view, Entries)
    return listing.view


def test_an_empty_digest_has_its_pages() -> None:
    pages = pages_of()
    assert set(pages) == {
        "",
        "chu-de/",
        "chu-de/quan-y/",
        "chu-de/do-thi/",
        "the/",
        "nguon/",
        "luu-tru/",
        "dinh-chinh/",
        "chu-de/y-te/",
    }
    assert isinstance(pages[""].view, Home)
    assert pages[""].view.lead is None


def test_front_page_orders_by_when_articles_were_taken_up() -> None:
    old_but_new_here = make(30, date=dt.date(2020, 1, 1))
    view = pages_of(*(make(n) for n in range(1, 29)), old_but_new_here)[""].view
    assert isinstance(view, Home)
    assert view.lead is not None
    assert view.lead.title == "Bài 30"
    assert [card.title for card in view.reading] == ["Bài 28", "Bài 27", "Bài 26"]
    assert [card.title for card in view.brief] == [f"Bài {n}" for n in (25, 24, 23, 22, 21)]
    assert len(view.newest) == 8
    shown = [view.lead, *view.reading, *view.brief, *view.newest]
    assert len({card.address for card in shown}) == len(shown)
    assert view.day == dt.date(2026, 11, 5)
    assert view.day_count == 6  # hours 24 to 28, and 30


def test_publish_at_counts_before_added() -> None:
    later = make(1, publish_at=dt.datetime(2026, 12, 24, 8, tzinfo=ZONE))
    view = pages_of(later, make(9))[""].view
    assert isinstance(view, Home)
    assert view.lead is not None
    assert view.lead.title == "Bài 1"
    assert view.day == dt.date(2026, 12, 24)


def test_a_pinned_article_leads_and_top_comes_next() -> None:
    view = pages_of(make(1, pin=True), make(2, top=True), make(3))[""].view
    assert isinstance(view, Home)
    assert view.lead is not None
    assert view.lead.title == "Bài 1"
    view = pages_of(make(1), make(2, top=True), make(3))[""].view
    assert isinstance(view, Home)
    assert view.lead is not None
    assert view.lead.title == "Bài 2"


def test_what_waits_is_nowhere() -> None:
    waiting = (
        make(1, draft=True, tags=("Bimat",)),
        make(2, review=("date: unclear",), source="bimat"),
        make(3, publish_at=dt.datetime(2099, 1, 1, tzinfo=ZONE), topic="bimat"),
        make(4, expires=dt.datetime(2026, 12, 1, tzinfo=ZONE), aliases=("cu/bimat",)),
        make(5, page="held/bimat.md"),
        make(6, date=None),
    )
    assert "bimat" not in repr(pages_of(*waiting)).lower()
    assert pages_of(*waiting).keys() == pages_of().keys()


def test_tags_stand_in_the_order_of_a_vietnamese_dictionary() -> None:
    index = pages_of(make(1, tags=("Đà Nẵng", "Ăn uống", "An Giang", "Dao", "9 giờ")))["the/"].view
    assert isinstance(index, Index)
    assert [letter.letter for letter in index.letters] == ["A", "Ă", "D", "Đ", "#"]
    assert [entry.name for letter in index.letters for entry in letter.entries] == [
        "An Giang", "Ăn uống", "Dao", "Đà Nẵng", "9 giờ",
    ]  # fmt: skip


def test_labels_with_one_address_are_one_tag() -> None:
    pages = pages_of(make(1, tags=("Ha Noi",)), make(2, tags=("Hà Nội",)), make(3, tags=("Hà Nội", "Ha Noi")))
    assert entries(pages["the/ha-noi/"]).count == 3
    index = pages["the/"].view
    assert isinstance(index, Index)
    assert index.count == 1


def test_unknown_topic_source_and_tag_have_pages() -> None:
    pages = pages_of(make(1, topic="Chuyện lạ", source="Báo Lạ", tags=("Tổng thống",)))
    assert {"chu-de/chuyen-la/", "nguon/bao-la/", "the/tong-thong/"} <= set(pages)
    assert pages["nguon/bao-la/"].title == "Báo Lạ"


def test_source_page_names_what_may_be_shown() -> None:
    pages = pages_of(make(1), make(2, source="dai-thu"))
    view = pages["nguon/bao-mau/"].view
    assert isinstance(view, SourcePage)
    assert view.policy == "Trích đến 60 từ, dẫn về bài gốc"
    assert view.url == "https://baomau.example/"
    full = pages["nguon/dai-thu/"].view
    assert isinstance(full, SourcePage)
    assert (full.policy, full.licence) == ("Đăng toàn văn", "CC BY 4.0")


def test_archive_goes_by_the_date_of_the_original() -> None:
    pages = pages_of(
        make(1, date=dt.date(2025, 12, 31)),
        make(2, date=dt.datetime(2025, 12, 31, 18, tzinfo=dt.UTC)),  # 1 January in the digest's zone
        make(3, date=dt.date(2026, 1, 1)),
    )
    assert {"luu-tru/2025/", "luu-tru/2025/12/", "luu-tru/2026/", "luu-tru/2026/01/"} <= set(pages)
    archive, year, month = (pages[f"luu-tru/{rest}"].view for rest in ("", "2026/", "2026/01/"))
    assert isinstance(archive, Archive)
    assert [one.year for one in archive.years] == [2026, 2025]
    assert isinstance(year, YearView)
    assert year.count == 2
    first_week = year.calendars[0].weeks[0]
    assert [cell.day for cell in first_week] == [0, 0, 0, 1, 2, 3, 4]  # 1 January 2026 is a Thursday
    assert (first_week[3].count, first_week[3].address) == (2, "luu-tru/2026/01/#d01")
    assert isinstance(month, MonthView)
    assert [card.title for card in month.days[0].cards] == ["Bài 2", "Bài 3"]
    assert (month.earlier, month.later) != (None, None)
    assert month.earlier is not None
    assert month.earlier.address == "luu-tru/2025/12/"


def test_long_lists_are_cut_by_calendar_month() -> None:
    days = [dt.date(2026, 1, 1) + dt.timedelta(days=3 * n) for n in range(MOST + 10)]
    pages = pages_of(*(make(n, date=day, tags=("Dài",)) for n, day in enumerate(days)))
    for base in ("chu-de/quan-y/", "the/dai/"):
        view = entries(pages[base])
        assert (len(view.cards), view.count) == (MOST, MOST + 10)
        assert sum(month.count for month in view.months) == MOST + 10
        together = [card for month in view.months for card in entries(pages[month.address]).cards]
        assert Counter(card.address for card in together) == Counter(
            f"2026/11/bai-{n:04d}/" for n in range(MOST + 10)
        )
    assert pages_of(*(make(n) for n in range(MOST))).keys().isdisjoint({"chu-de/quan-y/2026/11/"})


def test_redirects() -> None:
    pages = pages_of(make(1, aliases=("/2025/11/ten-cu/", "../thoat", "dai/http:/x")))
    targets = {address: one.view.target for address, one in pages.items() if isinstance(one.view, Redirect)}
    assert targets == {
        "chu-de/y-te/": "chu-de/quan-y/",
        "nguon/bao-cu/": "nguon/bao-mau/",
        "2025/11/ten-cu/": "2026/11/bai-0001/",
        "2026/11/": "luu-tru/2026/11/",
        "2026/": "luu-tru/2026/",
    }
    assert not any(pages[address].indexed for address in targets)


def test_folder_without_articles_of_that_month_leads_to_the_archive() -> None:
    pages = pages_of(make(1, date=dt.date(2024, 5, 5)))
    view = pages["2026/11/"].view
    assert isinstance(view, Redirect)
    assert view.target == "luu-tru/"


def test_corrections_stand_newest_first_and_what_was_taken_down_comes_last() -> None:
    one = make(
        1, corrections=(Correction(dt.date(2026, 11, 9), "Một."), Correction(dt.date(2026, 11, 20), "Ba."))
    )
    two = make(2, corrections=(Correction(dt.datetime(2026, 11, 9, 8, tzinfo=ZONE), "Hai."),))
    gone = make(3, takedown=Takedown(dt.date(2026, 11, 30), "Nguồn xin gỡ."))
    held = make(4, page="held/x.md", takedown=Takedown(dt.date(2026, 11, 30), "Chưa từng đăng."))
    listing = pages_of(one, two, gone, held)["dinh-chinh/"]
    view = listing.view
    assert isinstance(view, Corrections)
    assert [entry.text for entry in view.entries] == ["Ba.", "Hai.", "Một."]
    assert [(notice.address, notice.reason) for notice in view.notices] == [
        ("2026/11/bai-0003/", "Nguồn xin gỡ.")
    ]
    assert (listing.updated, listing.indexed) == (dt.date(2026, 11, 30), True)
    assert not pages_of(make(1))["dinh-chinh/"].indexed


def test_many_corrections_are_cut_by_the_month_in_which_they_were_made() -> None:
    days = [dt.date(2026, 1, 1) + dt.timedelta(days=4 * n) for n in range(MOST)]
    corrected = make(1, corrections=tuple(Correction(day, f"Sửa {day}.") for day in days))
    gone = make(2, takedown=Takedown(dt.date(2025, 12, 5), "Gỡ."))
    pages = pages_of(corrected, gone)
    view = pages["dinh-chinh/"].view
    assert isinstance(view, Corrections)
    assert sum(month.count for month in view.months) == MOST + 1
    months = [pages[month.address].view for month in view.months]
    assert [one.kicker_address for one in months if isinstance(one, Corrections)] == ["dinh-chinh/"] * len(
        months
    )
    assert [entry.date for one in months if isinstance(one, Corrections) for entry in one.entries] == days[
        ::-1
    ]
    last = months[-1]
    assert isinstance(last, Corrections)
    assert [notice.reason for notice in last.notices] == ["Gỡ."]
    fewer = replace(corrected, corrections=corrected.corrections[1:])
    assert not [address for address in pages_of(fewer, gone) if address.startswith("dinh-chinh/2")]


def test_months_of_a_renamed_topic_lead_on() -> None:
    long = pages_of(*(make(n) for n in range(MOST + 1)))
    target = long["chu-de/y-te/2026/11/"].view
    assert isinstance(target, Redirect)
    assert target.target == "chu-de/quan-y/2026/11/"
    assert target.target in long
    assert "chu-de/y-te/2026/11/" not in pages_of(*(make(n) for n in range(MOST)))


def test_a_tag_under_an_old_word_stands_with_its_tag() -> None:
    values = {**VALUES, "tags": {"Hội Chữ thập đỏ": {"aliases": ["HCTĐ", "Chữ thập"], "slug": "chu-thap-do"}}}
    presenter = present(make(1, tags=("HCTĐ",)), make(2, tags=("Hội Chữ thập đỏ",)), values=values)
    pages = {listing.address: listing for listing in listings.pages(presenter)}
    assert entries(pages["the/chu-thap-do/"]).count == 2
    assert pages["the/chu-thap-do/"].title == "Hội Chữ thập đỏ"
    for old in ("the/hctd/", "the/chu-thap/", "the/hoi-chu-thap-do/"):
        view = pages[old].view
        assert isinstance(view, Redirect)
        assert view.target == "the/chu-thap-do/"


def test_only_a_preview_marks_its_cards() -> None:
    articles = (
        make(1, draft=True, pin=True),
        make(2, publish_at=dt.datetime(2027, 2, 3, 6, 5, tzinfo=ZONE), top=True),
        make(3, publish_at=dt.date(2027, 2, 3), added=dt.datetime(2027, 1, 1, tzinfo=ZONE)),
        make(4, expires=dt.date(2026, 12, 1)),
        make(5, source="bao-cham", date=dt.date(2026, 12, 31), added=dt.datetime(2027, 1, 1, tzinfo=ZONE)),
        make(6),
    )
    values = {**VALUES, "sources": {"bao-cham": {"name": "BC", "delay_minutes": 90}}}
    shown = present(*articles, values=values, preview=True)
    assert [[mark.words for mark in shown.card(one).marks] for one in articles] == [
        ["Bản nháp", "Ghim"],
        ["Hẹn giờ 03/02/2027 06:05", "Tin chính"],
        ["Hẹn giờ 03/02 00:00"],
        ["Hết hạn"],
        ["Chờ theo nguồn đến 01/01 01:30"],
        [],
    ]
    plain = present(*articles, values=values)
    assert not any(plain.card(one).marks for one in articles)


def test_what_is_over_displaces_nothing_from_the_front_page_of_a_preview() -> None:
    presenter = present(make(1), make(2, pin=True, expires=dt.date(2026, 12, 1)), make(3), preview=True)
    view = next(listing.view for listing in listings.pages(presenter) if isinstance(listing.view, Home))
    assert view.lead is not None
    assert view.lead.title == "Bài 3"
    assert [card.title for card in view.reading] == ["Bài 2", "Bài 1"]
    assert view.day_count == 2


def test_a_scheduled_article_whose_source_delays_it_too_waits_for_the_later_of_both() -> None:
    values = {**VALUES, "sources": {"bao-cham": {"name": "BC", "delay_minutes": 2 * 24 * 60}}}
    one = make(1, source="bao-cham", date=dt.datetime(2027, 1, 1, tzinfo=ZONE),
               publish_at=dt.datetime(2027, 1, 2, tzinfo=ZONE))  # fmt: skip
    view = present(one, values=values, preview=True).article(one, State.SCHEDULED)
    assert view.until == "Sẽ đăng: Chủ Nhật, 03/01/2027 00:00"


def test_dates_of_lists_are_those_of_their_entries() -> None:
    pages = pages_of(make(1, topic="do-thi"), make(40))
    assert pages["chu-de/do-thi/"].updated == dt.date(2026, 11, 4)
    assert pages[""].updated == dt.date(2026, 11, 5)


def test_card_counts_further_sources_and_minutes() -> None:
    one = make(
        1,
        also=(Coverage("a", "https://a.example"), Coverage("a", "https://a.example/2"), Coverage("b", "")),
        body="chữ " * 660 + "[nhãn](https://example.org/" + "x-" * 400 + ")",
    )
    card = present(one).card(one)
    assert (card.others, card.minutes, card.source.name) == (2, 3, "BM")


def test_only_plain_web_addresses_pass() -> None:
    assert web_address("https://báo.example/bài?x=1#đ") == "https://báo.example/bài?x=1#đ"
    for bad in (
        "javascript:alert(1)",
        "https:",
        "//x.example",
        'https://x.example/"onx=',
        "https://a b",
        "data:x",
        "",
    ):
        assert web_address(bad) == ""


def test_one_new_article_touches_few_lists() -> None:
    before = [
        make(n, date=dt.date(2024 + n % 3, 1 + n % 12, 1 + n % 27), topic=("quan-y", "do-thi")[n % 2],
             tags=(f"Nhãn {n % 40}",))
        for n in range(400)
    ]  # fmt: skip
    new = make(900, tags=("Nhãn 3", "Nhãn 4", "Đà Nẵng"), date=dt.date(2026, 11, 20))
    old_pages, new_pages = pages_of(*before), pages_of(*before, new)
    changed = [address for address, listing in new_pages.items() if old_pages.get(address) != listing]
    assert 10 < len(changed) < 30
    assert len(new_pages) > 90


_days = st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31))


@given(
    st.lists(
        st.tuples(
            _days,
            st.sampled_from(["quan-y", "do-thi", "lạ"]),
            st.lists(st.sampled_from("ÀaĂâĐd1!"), max_size=3),
        ),
        max_size=80,
    )
)
def test_every_article_is_found_by_every_way(rows: list[tuple[dt.date, str, list[str]]]) -> None:
    articles = [make(n, date=day, topic=topic, tags=tuple(tags)) for n, (day, topic, tags) in enumerate(rows)]
    presenter = present(*articles)
    pages = {listing.address: listing for listing in listings.pages(presenter)}
    assert [listing.address for listing in listings.pages(presenter)] == list(pages)
    for article in articles:
        card = presenter.card(article)
        assert isinstance(article.date, dt.date)
        month = pages[f"luu-tru/{article.date:%Y/%m}/"].view
        assert isinstance(month, MonthView)
        assert card in [one for day in month.days for one in day.cards]
        for term in (card.topic, *presenter.tags_of(article)):
            view = entries(pages[term.address])
            months = [entries(pages[one.address]).cards for one in view.months]
            assert card in view.cards or any(card in cards for cards in months)


def test_registry_makes_every_address_once() -> None:
    made = [listing.address for listing in listings.pages(present(*(make(n) for n in range(70))))]
    assert len(made) == len(set(made))
    assert all(address == "" or address.endswith("/") for address in made)

"""Old encodings: what is converted, what is refused with its name, and good text of any language left alone."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import RawError
from generator.extract import extract
from generator.models import Level
from generator.readers import read
from generator.readers.legacy import find_legacy
from generator.readers.syllables import is_syllable
from generator.settings import parse

Encode = Callable[[str], str]

# TCVN 5712:1993, VN3: the ABC fonts' letters, each with the Latin-1 character that stands for it.
TCVN3 = dict(
    pair.split(":")
    for pair in """
    Ă:¡ Â:¢ Ê:£ Ô:¤ Ơ:¥ Ư:¦ Đ:§ ă:¨ â:© ê:ª ô:« ơ:¬ ư:\u00ad đ:® à:µ ả:¶ ã:· á:¸ ạ:¹ ằ:» ẳ:¼ ẵ:½ ắ:¾ ặ:Æ ầ:Ç ẩ:È ẫ:É ấ:Ê ậ:Ë
    è:Ì ẻ:Î ẽ:Ï é:Ð ẹ:Ñ ề:Ò ể:Ó ễ:Ô ế:Õ ệ:Ö ì:× ỉ:Ø ĩ:Ü í:Ý ị:Þ ò:ß ỏ:á õ:â ó:ã ọ:ä ồ:å ổ:æ ỗ:ç ố:è ộ:é ờ:ê ở:ë ỡ:ì ớ:í ợ:î
    ù:ï ủ:ñ ũ:ò ú:ó ụ:ô ừ:õ ử:ö ữ:÷ ứ:ø ự:ù ỳ:ú ỷ:û ỹ:ü ý:ý ỵ:þ""".split()
)
# VNI-Windows: a letter and a mark behind it.
VNI_MARKS = {
    "": "", "\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï", "\u0302": "â", "\u0302\u0301": "á",
    "\u0302\u0300": "à", "\u0302\u0309": "å", "\u0302\u0303": "ã", "\u0302\u0323": "ä", "\u0306": "ê", "\u0306\u0301": "é",
    "\u0306\u0300": "è", "\u0306\u0309": "ú", "\u0306\u0303": "ü", "\u0306\u0323": "ë",
}  # fmt: skip
VNI_WHOLE = dict(zip("íìỉĩịỵđơưÍÌỈĨỊỴĐƠƯ", "íìæóòîñôöÍÌÆÓÒÎÑÔÖ", strict=True))
VIQR_MARKS = dict(zip("\u0301\u0300\u0309\u0303\u0323\u0302\u0306\u031b", "'`?~.^(+", strict=True))
# RFC 1456, 0x80 to 0xFF.
VISCII = "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
TONES = "\u0301\u0300\u0309\u0303\u0323"


def tcvn3(text: str) -> str:
    return "".join(TCVN3.get(char) or TCVN3.get(char.lower(), char) for char in text)


def vni(text: str) -> str:
    made = ""
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        if char in VNI_WHOLE or len(parts) == 1 or not parts[0].isascii():
            made += VNI_WHOLE.get(char, char)
            continue
        base, tone = parts[0], "".join(mark for mark in parts if mark in TONES)
        if "\u031b" in parts:
            base, marks = VNI_WHOLE[unicodedata.normalize("NFC", f"{base}\u031b")], VNI_MARKS[tone]
        else:
            marks = VNI_MARKS["".join(mark for mark in parts[1:] if mark not in TONES) + tone]
        made += base + (marks.upper() if char.isupper() else marks)
    return made


def viqr(text: str) -> str:
    made = ""
    for char in text:
        whole = unicodedata.normalize("NFD", char.replace("đ", "dd").replace("Đ", "DD"))
        shape = [mark for mark in whole if mark in "\u0302\u0306\u031b"]
        tone = [mark for mark in whole if mark in TONES]
        made += "".join(one for one in whole if one not in VIQR_MARKS)
        made += "".join(VIQR_MARKS[mark] for mark in (*shape, *tone))
    return made


def viscii(text: str) -> bytes:
    return bytes(0x80 + VISCII.index(char) if char in VISCII else ord(char) for char in text)


def windows_1258(text: str, *, composed: str = "") -> bytes:
    """`composed`: letters that the code page has whole and that are taken so."""
    made = b""
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        tones = "" if char in composed else "".join(mark for mark in parts if mark in TONES)
        base = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tones))
        made += (base + tones).encode("cp1258")
    return made


ARTICLE = """Bộ Công an tổ chức lễ tiễn đội công binh lên đường
Sáng nay, tại sân bay, đơn vị đã tổ chức lễ tiễn đội công binh lên đường làm nhiệm vụ ở phái bộ.
Theo kế hoạch, đội gồm sáu mươi ba người, trong đó có chín nữ quân nhân, sẽ đảm nhiệm việc mở đường và dựng nhà ở.
Phát biểu tại buổi lễ, người chỉ huy dặn dò từng chiến sĩ giữ gìn sức khỏe, đoàn kết và chấp hành nghiêm kỷ luật.
Nhiều gia đình đã có mặt từ rất sớm để chia tay người thân; ai nấy đều bịn rịn nhưng vững tin."""
OTHERS = {
    "French": "Le président a été reçu à l'Élysée où il a déclaré que « la sécurité » dépendait des forêts brûlées l'été dernier. "
              "Né à Orléans, élevé près de Nîmes, ce fût un maïs naïf, aïeul de l'île; « là-bas », dit-elle, « c'était l'été ».",
    "German": "Für die Bürger müßten größere Häuser über den Flüssen stehen, sagte der Präsident. Die Äußerung löste Ärger aus: "
              "„Wir können das nicht zulassen“, hieß es in München, Köln und Düsseldorf. Überall läuft jährlich Öl über die Straßen.",
    "Portuguese": "A população não está à espera de soluções rápidas: são três as razões que a comissão dá à União. É só lá que há pão, "
                  "e há irmãs às manhãs; então não há opções além das eleições.",
    "Spanish": "El niño pidió más atención médica según él; ¿qué pasó allí? La señora contestó: «Ya no sé, quizás mañana». Así fue como "
               "él y su compañía lograron llegar a España después de años de exilio político.",
    "Czech": "Příliš žluťoučký kůň úpěl ďábelské ódy v městě, kde řeka teče pomalu a lidé chodí v neděli do práce na náměstí.",
    "English": "The naïve café owner's résumé © 2025 was read at 20°C – “wow”, she said, paying £5 for ½ a cake® and a façade.",
    "Swedish": "På ön är två älgar så nära ån att ån är åtkomlig även för små båtar; här får vi också träffa Åke och Örjan på måndag.",
    "Italian": "Perché è più difficile? Così è la città: c'è già chi può, e chi non può più. Là è il caffè, giù è l'università di lunedì.",
    "Irish": "Tá an fear óg ag dul ó Ghaillimh go dtí an t-oileán mór inniu, agus beidh sé ar ais arís Dé hAoine má bhíonn sé te.",
    "Chinese in Latin letters": "wǒ bù shì hěn hǎo, tā shì lǐ xiān sheng; wǒ mén qù kàn diàn yǐng hé chī fàn ba",
    "code": "x = a^b; y = (a^(b+c)); if(!a^.5){return o^'x'} add address daddy e^x + e^y * o^.n a^b o^c e^d a^e",
    "mathematics": "a² + b² = c², µ = ±½·ø, α×β÷γ; §5 ¶3: ©®™ «a» »b« 3µm 4¹² m³ ¼ ½ ¾ ¿a? ¡b! ªº ¬p",
}  # fmt: skip


@pytest.mark.parametrize(("name", "encode"), [("TCVN3 (ABC)", tcvn3), ("VNI-Windows", vni), ("VIQR", viqr)])
@pytest.mark.parametrize("path", ["content/raw/a.txt", "content/raw/a.html", "content/raw/a.md"])
def test_old_fonts_in_good_unicode_are_refused_by_name(name: str, encode: Encode, path: str) -> None:
    text = encode(ARTICLE)
    if path.endswith("html"):
        paragraphs = "".join(f"<p>{line}</p>" for line in text.split("\n"))
        text = f"<html><head><script>var a=1;add(b)</script></head><body>{paragraphs}<p>Home | News | About us</p></body></html>"
    with pytest.raises(RawError) as caught:
        read(path, text.encode())
    problem = caught.value.problem
    assert (problem.rule, problem.line) == ("raw-encoding", 1)
    assert name in problem.message
    assert "UniKey" in problem.hint and "UTF-8" in problem.hint


@pytest.mark.parametrize(("name", "encode"), [("TCVN3 (ABC)", tcvn3), ("VNI-Windows", vni)])
def test_old_fonts_as_bytes_are_refused_by_name(name: str, encode: Encode) -> None:
    for data in (encode(ARTICLE).encode("latin-1"), encode(ARTICLE.upper()).encode("latin-1")):
        with pytest.raises(RawError) as caught:
            read("a.txt", data)
        assert caught.value.problem.rule == "raw-encoding"
        assert name in caught.value.problem.message


def test_an_old_page_declares_a_western_encoding_or_spells_entities() -> None:
    body = "".join(f"<p>{line}</p>" for line in tcvn3(ARTICLE).split("\n"))
    declared = f'<html><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><body>{body}</body></html>'
    entities = "".join(char if char.isascii() else f"&#{ord(char)};" for char in declared)
    for data in (declared.encode("latin-1"), entities.encode()):
        with pytest.raises(RawError) as caught:
            read("a.html", data)
        assert "TCVN3" in caught.value.problem.message


@pytest.mark.parametrize("encode", [tcvn3, vni])
def test_a_legacy_paragraph_in_good_text_is_doubted_with_its_line(encode: Encode) -> None:
    lines = ARTICLE.split("\n")
    lines[3] = encode(lines[3])
    reading = read("a.txt", "\n".join(lines).encode())
    problem = reading.problems[0]
    assert (problem.rule, problem.level, problem.line) == ("raw-encoding", Level.WARNING, 4)
    record = extract(reading.items[0], parse({}))
    assert any(
        review.field == "body" and "old Vietnamese encoding" in review.why for review in record.reviews
    )
    mostly = find_legacy(f"{encode(ARTICLE)}\nĐây là dòng chữ đúng duy nhất.")
    assert mostly is not None and mostly.whole


@pytest.mark.parametrize("name", OTHERS)
def test_other_languages_are_left_alone(name: str) -> None:
    text = f"{OTHERS[name]}\n{OTHERS[name]}"
    assert find_legacy(text) is None
    assert find_legacy(f"<p>{text}</p>") is None
    assert not read("a.txt", text.encode()).problems


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_vietnamese_itself_is_left_alone(form: Literal["NFC", "NFD"]) -> None:
    for text in (
        ARTICLE,
        ARTICLE.upper(),
        "Cô nó hò: “là thế, có gì đâu”. Bà cho thì có, tí nữa là ô tô về.",
    ):
        assert find_legacy(unicodedata.normalize(form, text)) is None
        assert not read("a.txt", unicodedata.normalize(form, text).encode()).problems


SYLLABLES = sorted(
    {word.strip(".,;:“”").lower() for word in ARTICLE.split() if is_syllable(word.strip(".,;:“”"))}
)
LATIN = st.text(alphabet="abcdeghilmnoprstuvy éèêëàâäîïôöùûüçñãõáíóú«»©®°§.,' ", min_size=0, max_size=200)


@given(st.lists(st.sampled_from(SYLLABLES), min_size=30, max_size=80))
def test_vietnamese_words_in_any_order_are_told_apart(words: list[str]) -> None:
    text = " ".join(words)
    assert find_legacy(text) is None
    for encode, name in ((tcvn3, "TCVN3 (ABC)"), (vni, "VNI-Windows")):
        old = encode(text)
        found = find_legacy(old)
        if sum(not word.isascii() for word in old.split()) >= 15:
            assert found is not None and (found.encoding, found.whole) == (name, True)


@given(LATIN)
def test_latin_letters_at_random_are_no_encoding(text: str) -> None:
    assert find_legacy(text) is None


@pytest.mark.parametrize(
    "word",
    "nghiêng quốc giếng gì chuyện thuở khuya quyền xoong Đắk Lắk ước yếu uýnh ngoằn hoà hòa thuỷ gìn".split(),
)
def test_syllables(word: str) -> None:
    assert is_syllable(word) and is_syllable(unicodedata.normalize("NFD", word).upper())


@pytest.mark.parametrize("word", "cêm quộb shỡ kác bàt fỹr strong president été ngec ngin àá bb".split())
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


# ------------------------------------------------------------------------------- what is converted


def test_windows_1258_whole_and_combined_letters_mixed() -> None:
    for composed in ("", "áàéèíóùúâêô"):
        reading = read("a.txt", windows_1258(ARTICLE, composed=composed))
        assert reading.items[0].text == ARTICLE
        assert "windows-1258" in reading.problems[0].message


def test_viscii_is_converted_declared_or_not() -> None:
    reading = read("a.txt", viscii(ARTICLE))
    assert reading.items[0].text == ARTICLE
    assert [problem.rule for problem in reading.problems] == ["raw-encoding-guessed"]
    page = f'<html><meta charset="viscii"><body><p>{ARTICLE}</p></body></html>'
    assert ARTICLE in read("a.html", viscii(page)).items[0].text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_converted_where_it_is_certain(encoding: str) -> None:
    for text in (ARTICLE, "Chào", "<html><body><p>Chào “bạn”…</p></body></html>"):
        reading = read("a.html", text.encode(encoding))
        assert reading.items[0].text == text
        assert "UTF-16" in reading.problems[0].message


@pytest.mark.parametrize(
    "data",
    [
        ARTICLE.encode("utf-16-le") + b"x", ARTICLE.encode("utf-32-le"), b"abc\x00def\x00ghi", b"a\x00" * 50 + b"\x00\x00",
        b"\x01\x00" * 100, b"a\x00\xff\xdf" * 50,
    ],
)  # fmt: skip
def test_what_only_looks_like_utf_16_is_refused(data: bytes) -> None:
    with pytest.raises(RawError) as caught:
        read("a.txt", data)
    assert caught.value.problem.rule in ("raw-encoding", "raw-binary")


@pytest.mark.parametrize(
    "piece", ["aø", "C«ng ", "aø\n", "a^ ", "&reg;a", "<script", "đaø ", "&shy;" * 3 + "a", "a(+'`?~."]
)
def test_hostile_text_costs_little(piece: str) -> None:
    text = (piece * (300_000 // len(piece)))[:300_000]
    start = time.perf_counter()
    find_legacy(text)
    assert time.perf_counter() - start < 3

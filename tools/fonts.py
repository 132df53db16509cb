"""Makes the theme's four fonts again: one woff2 per style, with every letter a Vietnamese page may hold.

    tools/fonts.py                 fetch the full fonts, cut them down, write theme/assets/fonts/
    tools/fonts.py --check         the same, but only say whether the committed files are these
    tools/fonts.py --from FOLDER   the full fonts lie somewhere below FOLDER already

Each full font is pinned: its package's version and its own SHA-256. The tools that cut are pinned, too, and stand in
a virtual environment that goes when the work is done: the project itself does not depend on them. The same input gives
the same bytes. The headlines' font is an instance of the variable font at optical size 36: finer strokes and a taller
x than in the text's cut of 16. It is cut from the whole font, never merged from a web service's Latin and Vietnamese
parts: these know no kerning between a letter of one and a letter of the other ("Tổ", "Vậ", "Yế").
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unicodedata
import venv
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FONTS = Path(__file__).resolve().parent.parent / "theme/assets/fonts"
TOOLS = ("fonttools==4.68.0", "brotli==1.2.1")
BUDGET = 92_000
"""Bytes of all four together: they are the largest part of a first view."""
FEATURES = "kern,liga,ccmp,mark,mkmk,locl,calt,tnum,lnum"


@dataclass(frozen=True, slots=True)
class Package:
    """A published package that holds full fonts; `client` is the program that fetches it."""

    client: str
    name: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One style of the theme: where its full font comes from, and what becomes of it."""

    to: str
    full: str
    """The full font's file name, wherever it lies in its package."""
    sha256: str
    package: Package
    instance: tuple[str, ...] = ()
    """Of a variable font: the place on its axes."""
    lacks: str = ""
    """Letters of `letters()` that the full font does not have: a fallback shows them."""


NEWSREADER = Package("npm", "@expo-google-fonts/newsreader", "0.4.1")
NEWSREADER_VARIABLE = Package("pip", "fontpkg-newsreader", "1.3")
BE_VIETNAM = Package("npm", "@expo-google-fonts/be-vietnam-pro", "0.4.1")

FACES = (
    Face(
        to="newsreader-400.woff2",
        full="Newsreader_400Regular.ttf",
        sha256="da96d8de6be82192c7e6a6dea423167b573da3fae6e418fab3c86a0bafff523e",
        package=NEWSREADER,
    ),
    Face(
        to="newsreader-400i.woff2",
        full="Newsreader_400Regular_Italic.ttf",
        sha256="4a71b6d9b241ed1bce613034a32384cd5bbc1baf30e518ce49c3e39a7cef26fe",
        package=NEWSREADER,
    ),
    Face(
        to="newsreader-600.woff2",
        full="Newsreader[opsz,wght].ttf",
        sha256="8a08d13f8a6c0d51be379a60af84f945f65369a67e509ee3c3bdcc421254d7c1",
        package=NEWSREADER_VARIABLE,
        instance=("wght=600", "opsz=36"),
    ),
    Face(
        to="bevietnam-500.woff2",
        full="BeVietnamPro_500Medium.ttf",
        sha256="f493144cb53c78c6f0819bc9b73de274486618ac609bc92b3b79d4efc76f95c6",
        package=BE_VIETNAM,
        lacks="‐№′″",
    ),
)

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\N{COMBINING GRAVE ACCENT}", "\N{COMBINING ACUTE ACCENT}", "\N{COMBINING HOOK ABOVE}",
         "\N{COMBINING TILDE}", "\N{COMBINING DOT BELOW}")  # fmt: skip
SIGNS = "©«®°±²³´·»¼½¾×÷§£¥‐–—‘’‚“”„†‡•…‰′″‹›₫€№™−≤≥\N{NO-BREAK SPACE}"
NEIGHBOURS = "ČčŒœŠšŽž"
"""What the names of foreign people need most often beside Latin-1; all of Latin Extended would cost 20 KB."""


def letters() -> str:
    """What every style shows, in order: ASCII, Latin-1's letters, Vietnamese in both cases, signs of good typesetting.

    Arrows and stars are in none of the full fonts: the system's own font shows them.
    """
    ascii_ = {chr(code) for code in range(0x20, 0x7F)}
    latin = {chr(code) for code in range(0xBF, 0x100)}
    lower = {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES} | {"đ"}
    both = lower | {letter.upper() for letter in lower}
    return "".join(sorted(ascii_ | latin | both | set("".join(TONES)) | set(SIGNS) | set(NEIGHBOURS)))


def run(*command: str | Path) -> None:
    """The command, quietly; where it failed, the last line of what it said."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().rpartition("\n")[2]
        sys.exit(f"{' '.join(map(str, command))[:100]} … ended with {done.returncode}: {said}")


def cutter(folder: Path) -> Path:
    """A Python that has the pinned tools: a virtual environment of its own in `folder`."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    pip = (python, "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet")
    run(*pip, "install", "--only-binary=:all:", *TOOLS)
    return python


def fetch(package: Package, python: Path, folder: Path) -> Path:
    """The package's archive, got by its own client into `folder`."""
    folder.mkdir()
    if package.client == "npm":
        npm = shutil.which("npm")
        if npm is None:
            sys.exit(
                f"npm is missing, which gets {package.name} {package.version}: install Node.js, or unpack the "
                "packages elsewhere and give their folder: tools/fonts.py --from FOLDER"
            )
        spec = f"{package.name}@{package.version}"
        run(npm, "pack", "--silent", "--ignore-scripts", "--pack-destination", folder, spec)
    else:
        pip = (python, "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet")
        spec = f"{package.name}=={package.version}"
        run(*pip, "download", "--no-deps", "--only-binary=:all:", "--dest", folder, spec)
    return next(folder.iterdir())


def members(archive: Path) -> Iterator[tuple[str, bytes]]:
    """(file name, bytes) of each font in an npm tarball or a wheel. Nothing is unpacked to a path of theirs."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            for name in wheel.namelist():
                if name.endswith(".ttf"):
                    yield name.rpartition("/")[2], wheel.read(name)
        return
    with tarfile.open(archive) as tarball:
        for member in tarball:
            if member.name.endswith(".ttf") and (opened := tarball.extractfile(member)):
                yield member.name.rpartition("/")[2], opened.read()


def gather(python: Path, folder: Path) -> None:
    """Every full font that `FACES` names, from the packages into `folder`."""
    wanted = {face.full for face in FACES}
    for number, package in enumerate(dict.fromkeys(face.package for face in FACES)):
        print(f"fetching {package.name} {package.version}")
        archive = fetch(package, python, folder / f"package-{number}")
        for name, body in members(archive):
            if name in wanted:
                (folder / name).write_bytes(body)


def full_font(face: Face, folder: Path) -> Path:
    """The full font of a style, anywhere below `folder`; it must be the very file that is pinned."""
    found = sorted(path for path in folder.rglob("*.ttf") if path.name == face.full)
    if not found:
        sys.exit(f"{folder}: {face.full} is missing; it is in {face.package.name} {face.package.version}")
    sums = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in found}
    if face.sha256 not in sums:
        sys.exit(
            f"{found[0]}: another font than the pinned one: SHA-256 {next(iter(sums))}, not {face.sha256}"
        )
    return sums[face.sha256]


def cut(face: Face, full: Path, python: Path, folder: Path) -> bytes:
    """The style's woff2. A letter that the full font does not have is an error, unless `lacks` knows of it."""
    if face.instance:
        instance = folder / f"{face.to}.ttf"
        run(
            python, "-m", "fontTools", "varLib.instancer", full, *face.instance,
            "--no-recalc-timestamp", "--output", instance,
        )  # fmt: skip
        full = instance
    wanted = sorted(set(letters()) - set(face.lacks))
    out = folder / face.to
    unicodes = ",".join(f"{ord(letter):04X}" for letter in wanted)
    run(
        python, "-m", "fontTools.subset", full, f"--output-file={out}", "--flavor=woff2",
        f"--unicodes={unicodes}", "--no-ignore-missing-unicodes", f"--layout-features={FEATURES}",
        "--no-hinting", "--no-recalc-timestamp",
    )  # fmt: skip
    return out.read_bytes()


def make(given: Path | None) -> dict[str, bytes]:
    """File name → woff2 of every style, from the full fonts below `given` or from the packages."""
    with tempfile.TemporaryDirectory(prefix="fonts-") as name:
        folder = Path(name)
        python = cutter(folder / "venv")
        source = given
        if source is None:
            source = folder / "full"
            source.mkdir()
            gather(python, source)
        return {face.to: cut(face, full_font(face, source), python, folder) for face in FACES}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--from", dest="given", type=Path, metavar="FOLDER", help="where the full fonts lie")
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 where a file differs")
    asked = parser.parse_args()
    if asked.given is not None and not asked.given.is_dir():
        parser.error(f"--from {asked.given}: no such folder")

    made = make(asked.given)
    total = sum(map(len, made.values()))
    differing = 0
    for to, body in made.items():
        path = FONTS / to
        same = path.is_file() and path.read_bytes() == body
        differing += not same
        print(f"{to:24}{len(body):8,} bytes  {'as committed' if same else 'differs'}")
    print(f"{'together':24}{total:8,} bytes of {BUDGET:,}")
    if total > BUDGET:
        print("more than the budget: nothing written; take letters out of tools/fonts.py", file=sys.stderr)
        return 1
    if asked.check:
        return 1 if differing else 0
    for to, body in made.items():
        (FONTS / to).write_bytes(body)
    return 0


if __name__ == "__main__":
    sys.exit(main())

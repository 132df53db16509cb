"""Files at the root of a site, each in the form that its reader wants."""

from __future__ import annotations

import json
from urllib.robotparser import RobotFileParser

from generator.hosting import header_files, manifest, robots
from generator.policy import write_header_policy

HASHES = ("'sha256-a='", "'sha256-b='")


def test_every_host_gets_the_same_headers() -> None:
    files = header_files(HASHES)
    path, *lines = files["_headers"].splitlines()
    assert path == "/*"
    plain = dict(line.strip().split(": ", 1) for line in lines)
    assert plain["Content-Security-Policy"] == write_header_policy(HASHES)
    assert plain == json.loads(files["staticwebapp.config.json"])["globalHeaders"]
    for name, value in plain.items():
        assert f'Header always set {name} "{value}"' in files[".htaccess"]
        assert '"' not in value, "it stands between quotes in .htaccess"


def test_the_manifest_works_below_a_path() -> None:
    values = json.loads(manifest(name="Điểm Tin", description="", language="vi"))
    assert (values["start_url"], values["scope"]) == ("./", "./")
    assert not any(icon["src"].startswith(("/", "http")) for icon in values["icons"])
    assert "description" not in values


def test_robots_names_the_sitemap() -> None:
    parser = RobotFileParser()
    parser.parse(robots("https://diem-tin.example/duoi/").splitlines())
    assert parser.can_fetch("*", "https://diem-tin.example/duoi/2026/11/x/")
    assert parser.site_maps() == ["https://diem-tin.example/duoi/sitemap.xml"]

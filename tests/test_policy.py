"""The Content-Security-Policy: made of the theme's own scripts, and of nothing else."""

from __future__ import annotations

import base64
import hashlib

import pytest

from generator.policy import find_foreign, hash_scripts, write_header_policy, write_policy


def hash_of(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def test_scripts_in_the_page_are_hashed_byte_for_byte() -> None:
    html = '<script>\nvar a = "đ"\n</script><SCRIPT data-base="..">b()</SCRIPT><script>b()</script>'
    assert hash_scripts(html) == (hash_of('\nvar a = "đ"\n'), hash_of("b()"))


@pytest.mark.parametrize(
    "html",
    [
        '<script src="a.js"></script>',
        '<script id="__config" type="application/json">{"base": "."}</script>',
        '<script type="application/ld+json">{}</script>',
        "<p>script</p>",
    ],
)
def test_what_runs_nothing_of_its_own_needs_no_hash(html: str) -> None:
    assert hash_scripts(html) == ()


def test_a_module_is_a_script() -> None:
    assert hash_scripts('<script type="module">import "./a.js"</script>') == (hash_of('import "./a.js"'),)


def test_the_policy_is_strict_and_always_the_same() -> None:
    policy = write_policy(["'sha256-b='", "'sha256-a='", "'sha256-b='"])
    assert "script-src 'self' 'sha256-a=' 'sha256-b='" in policy
    assert "default-src 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "frame-ancestors" not in policy, "a <meta> cannot say it"
    assert write_header_policy([]).endswith("; frame-ancestors 'none'")


def test_attributes_of_similar_names_are_no_attributes() -> None:
    assert hash_scripts('<script data-src="a" data-type="application/json" title="a > b">x()</script>') == (
        hash_of("x()"),
    )
    assert find_foreign('<script src="b.js" data-src="https://a.example/"></script>') == ()


def test_a_preview_lets_the_server_s_own_script_run_and_nothing_from_elsewhere() -> None:
    policy = write_policy(["'sha256-a='"], previewed=True)
    assert "script-src 'self' 'unsafe-inline';" in policy
    assert "sha256" not in policy, "with a hash browsers pass over 'unsafe-inline'"
    assert "default-src 'none'" in policy


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<script src="https://cdn.example/a.js"></script>', ("https://cdn.example/a.js",)),
        ('<link rel="stylesheet" href="//cdn.example/a.css">', ("//cdn.example/a.css",)),
        ('<link rel="canonical" href="https://diem-tin.example/">', ()),
        ('<script src="../a.js"></script><a href="https://bao.example/">', ()),
    ],
)
def test_files_of_other_hosts_are_found(html: str, found: tuple[str, ...]) -> None:
    assert find_foreign(html) == found

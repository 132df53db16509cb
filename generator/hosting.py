"""Files that the usual static hosts and browsers look for at the root of a site."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from generator.policy import write_header_policy

_ALWAYS = MappingProxyType(
    {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
)


def _headers(hashes: Iterable[str]) -> Mapping[str, str]:
    return {"Content-Security-Policy": write_header_policy(hashes), **_ALWAYS}


def header_files(hashes: Iterable[str]) -> Mapping[str, str]:
    """Name at the site's root → content: the headers as each host wants them.

    `_headers` is read by Netlify, Cloudflare Pages and others like them, `.htaccess` by Apache,
    `staticwebapp.config.json` by Azure. `nginx.conf` and the like are no files of a site: the guide has their lines.
    """
    headers = _headers(tuple(hashes))
    lines = "".join(f"  {name}: {value}\n" for name, value in headers.items())
    apache = "".join(f'  Header always set {name} "{value}"\n' for name, value in headers.items())
    azure = {
        "globalHeaders": dict(headers),
        "responseOverrides": {"404": {"rewrite": "/404.html"}},
        "mimeTypes": {".webmanifest": "application/manifest+json"},
    }
    return {
        "_headers": f"/*\n{lines}",
        ".htaccess": f"<IfModule mod_headers.c>\n{apache}</IfModule>\n"
        "AddType application/manifest+json .webmanifest\n",
        "staticwebapp.config.json": json.dumps(azure, ensure_ascii=False, indent=2) + "\n",
    }


def robots(site_url: str) -> str:
    """`robots.txt` (RFC 9309): everything may be read, and where the sitemap is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {site_url}sitemap.xml\n"


def manifest(*, name: str, description: str, language: str) -> str:
    """The web app manifest. Its addresses are relative to it, so the site may stand below a path."""
    icons = [
        {"src": "assets/images/mark.svg", "type": "image/svg+xml", "sizes": "any"},
        {"src": "assets/images/icon-192.png", "type": "image/png", "sizes": "192x192"},
        {"src": "assets/images/icon-512.png", "type": "image/png", "sizes": "512x512"},
        {"src": "assets/images/icon-maskable-512.png", "type": "image/png", "sizes": "512x512", "purpose": "maskable"},
    ]  # fmt: skip
    values: dict[str, object] = {
        "name": name,
        "short_name": name,
        "lang": language,
        "start_url": "./",
        "scope": "./",
        "display": "browser",
        "background_color": "#faf7f0",
        "theme_color": "#faf7f0",
        "icons": icons,
    }
    if description:
        values["description"] = description
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"

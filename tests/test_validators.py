"""What others' instruments say of the finished sample site: they know the standards better than we do."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest

from tests.built_site import BASE_URLS, BuiltSample, built_sample, dateline, node_tool, program
from tests.served import served

__all__ = ["built_sample"]
pytestmark = [
    pytest.mark.validator,
    pytest.mark.parametrize("base_url", BASE_URLS, ids=lambda base_url: urlsplit(base_url).path.strip("/") or "root"),
]
ENTRY = re.compile(r"<entry\b[^>]*>\s*<id>(.*?)</id>")


def feeds(public: Path) -> list[Path]:
    return [place for place in sorted(public.rglob("*.xml")) if "<feed " in place.read_text(encoding="utf-8")]


def test_the_html_checker_finds_no_error(built_sample: BuiltSample, base_url: str) -> None:
    """Every page is what the HTML standard calls one."""
    jar = node_tool("vnu-jar/build/dist/vnu.jar")
    words = ["--skip-non-html", "--exit-zero-always", "--stdout", "--format", "json", str(built_sample(base_url))]

    done = subprocess.run(
        [program("java", "default-jre-headless"), "-jar", jar, *words], capture_output=True, check=True
    )

    messages = json.loads(done.stdout)["messages"]
    errors = [f"{row['url']}:{row.get('lastLine', 0)}: {row['message']}" for row in messages if row["type"] != "info"]
    assert not errors, "\n".join(errors[:20])


def test_every_xml_file_is_well_formed(built_sample: BuiltSample, base_url: str) -> None:
    """Feeds and sitemaps parse; one that does not is dropped whole by its reader."""
    files = sorted(map(str, built_sample(base_url).rglob("*.xml")))
    assert files

    done = subprocess.run(
        [program("xmllint", "libxml2-utils"), "--noout", "--nonet", *files], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr


def test_feedparser_takes_every_feed(built_sample: BuiltSample, base_url: str) -> None:
    """The library most readers are built on finds all that a reader shows."""
    found = feeds(built_sample(base_url))
    assert found
    for place in found:
        text = place.read_text(encoding="utf-8")
        feed = feedparser.parse(text)

        assert not feed.bozo, f"{place}: {feed.get('bozo_exception')}"
        assert feed.version == "atom10"
        assert ENTRY.findall(text) == [entry.id for entry in feed.entries]
        lacking = [
            entry.get("id") for entry in feed.entries if not (entry.title and entry.link and entry.updated_parsed)
        ]
        assert not lacking, f"{place}: {lacking}"
        assert all(entry.link.startswith(base_url) for entry in feed.entries)


def test_newsboat_shows_every_entry(built_sample: BuiltSample, base_url: str, tmp_path: Path) -> None:
    """A real reader subscribes to every feed and counts as many unread articles as the feeds hold."""
    newsboat = program("newsboat", "newsboat")
    public = built_sample(base_url)
    # Newsboat shows an entry of several feeds once, by its id.
    wanted = {id for place in feeds(public) for id in ENTRY.findall(place.read_text(encoding="utf-8"))}
    with served(public, BASE_URLS[base_url]) as address:
        addresses = [address + place.relative_to(public).as_posix() for place in feeds(public)]
        (tmp_path / "urls").write_text("\n".join(addresses) + "\n")
        (tmp_path / "config").write_text("ignore-mode display\n")
        own = [newsboat, "-u", tmp_path / "urls", "-c", tmp_path / "cache.db", "-C", tmp_path / "config"]

        subprocess.run([*own, "-x", "reload"], check=True, capture_output=True, env=_at_home(tmp_path))

    told = subprocess.run(
        [*own, "-x", "print-unread"], check=True, capture_output=True, text=True, env=_at_home(tmp_path)
    )
    assert wanted
    assert len(wanted) == int(told.stdout.split()[0]), told.stdout


def test_linkinator_finds_no_dead_link(built_sample: BuiltSample, base_url: str) -> None:
    """Followed from the home page as a crawler would, every address and every anchor is there."""
    linkinator = node_tool("linkinator/package.json").parent
    public = built_sample(base_url)
    with served(public, BASE_URLS[base_url]) as address:
        # The site's own whole addresses are followed here instead; other hosts are not asked.
        words = ["--recurse", "--check-fragments", "--check-css", "--format", "json", "--redirects", "error"]
        words += ["--url-rewrite-search", f"^{re.escape(base_url)}", "--url-rewrite-replace", address]
        words += ["--skip", f"^(?!{re.escape(address)}|{re.escape(base_url)})", "--concurrency", "20"]
        done = subprocess.run(
            [program("node", "nodejs"), linkinator / _bin(linkinator), address, *words],
            capture_output=True,
            text=True,
            check=False,
        )

    report = json.loads(done.stdout)
    followed = [link for link in report["links"] if link["state"] == "OK"]
    broken = [
        f"{link['url']} in {link.get('parent')}: {link.get('status')}"
        for link in report["links"]
        if link["state"] == "BROKEN"
    ]
    assert not broken, "\n".join(broken[:20])
    assert len(followed) > len(list(public.glob("articles/*/*/*/*/index.html")))


def test_our_own_check_agrees(built_sample: BuiltSample, base_url: str) -> None:
    """What the others let pass, `dateline check` lets pass too, warnings included."""
    done = dateline("check", "--root", str(built_sample(base_url).parent), "--json")

    faults = json.loads(done.stdout)["faults"]
    assert not faults, "\n".join(f"{fault['path']}:{fault['line']}: {fault['message']}" for fault in faults[:20])


def _bin(package: Path) -> str:
    found = json.loads((package / "package.json").read_text(encoding="utf-8"))["bin"]
    return str(found if isinstance(found, str) else found["linkinator"])


def _at_home(folder: Path) -> dict[str, str]:
    return {"HOME": str(folder), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}

"""The pages for people, over HTTP: complete without the web part, safe in their headers, closed to paths elsewhere."""

import asyncio
import json
import re
from collections.abc import Mapping
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graph_api.http import pages

MANIFEST = {
    "src/application.tsx": {
        "file": "application-AAAAAAAA.js",
        "imports": ["_shared.js"],
        "css": ["application-BBBBBBBB.css"],
    },
    "src/graphiql.ts": {"file": "graphiql-CCCCCCCC.js", "css": ["graphiql-DDDDDDDD.css"]},
    "_shared.js": {"file": "shared-EEEEEEEE.js", "css": ["shared-FFFFFFFF.css"], "imports": ["src/application.tsx"]},
}
ADDRESSES = ["/", "/graphql", "/guides/", "/guides/guide-small", "/favicon.svg", "/static/page.css"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A seed with two shapes, one guide that links to itself and elsewhere, and a file beside them that is nobody's."""
    (tmp_path / "seed" / "geography").mkdir(parents=True)
    for name in ("municipalities", "land", "municipalities-schematic"):
        (tmp_path / "seed" / "geography" / f"{name}.geojson").write_text(
            '{"type": "FeatureCollection", "features": []}'
        )
    (tmp_path / "docs").mkdir()
    links = "[me](guide-small.md#a), [none](nothing.md)"
    guide = f"# A small guide\n\n{links}\n\n<script>bad()</script>\n\n|a|b|\n|-|-|\n|1|2|\n"
    (tmp_path / "docs" / "guide-small.md").write_text(guide)
    (tmp_path / "secret.md").write_text("# Secret")
    return tmp_path


class Client:
    """Asks an application as a browser would, without a socket."""

    def __init__(self, application: Starlette) -> None:
        self.transport = httpx.ASGITransport(application)

    def get(
        self, address: str, *, params: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        async def ask() -> httpx.Response:
            async with httpx.AsyncClient(transport=self.transport, base_url="http://samverkan.example") as client:
                return await client.get(address, params=params, headers=headers)

        return asyncio.run(ask())


def client(folder: Path, assets: Path) -> Client:
    async def graphql(_: Request) -> Response:
        return pages.graphiql(assets)

    routes = pages.routes(folder / "seed", assets=assets, guides=folder / "docs")
    return Client(Starlette(routes=[*routes, Route("/graphql", graphql)]))


@pytest.fixture
def unbuilt(folder: Path) -> Client:
    """The pages where npm could not be reached."""
    return client(folder, folder / "nowhere")


@pytest.fixture
def built(folder: Path) -> Client:
    """The pages with a web part of the least size."""
    assets = folder / "assets"
    assets.mkdir()
    (assets / "manifest.json").write_text(json.dumps(MANIFEST))
    (assets / "application-AAAAAAAA.js").write_text("export {};")
    return client(folder, assets)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_forbids_what_it_does_not_need(unbuilt: Client, address: str) -> None:
    """A page that loads only our own files gives an injected script nothing to work with."""
    answer = unbuilt.get(address)

    policy = answer.headers["content-security-policy"]
    assert answer.status_code == 200
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe-eval" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("address", ["/", "/guides/", "/guides/guide-small"])
def test_pages_hold_no_inline_code_or_style(built: Client, address: str) -> None:
    """The policy would switch them off, and the page would be broken without a word."""
    text = built.get(address).text

    assert re.findall(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=", text) == []


@pytest.mark.parametrize("address", ["/", "/graphql", "/guides/"])
def test_pages_load_nothing_from_elsewhere(built: Client, address: str) -> None:
    """The pages work where there is no internet, and tell nobody who reads them."""
    text = built.get(address).text

    loaded = re.findall(r'<(?:script|img|iframe)[^>]* src="([^"]*)"|<link[^>]* href="([^"]*)"', text)
    assert loaded
    assert [place for pair in loaded for place in pair if place and not place.startswith("/")] == []


def test_first_page_loads_the_files_that_the_manifest_names(built: Client) -> None:
    """Names carry a hash; a guessed one would be a page without its map."""
    text = built.get("/").text

    assert '<script type="module" src="/assets/application-AAAAAAAA.js">' in text
    assert 'href="/assets/application-BBBBBBBB.css"' in text
    assert 'href="/assets/shared-FFFFFFFF.css"' in text
    assert "Webbdelen är inte byggd" not in text


def test_first_page_without_the_web_part_says_so_and_leads_on(unbuilt: Client) -> None:
    """Who installed without npm sees what is missing, what to do, and what works all the same."""
    text = unbuilt.get("/").text

    assert "<h1>Vem samarbetar med vem i Göteborgsregionen?</h1>" in text
    assert "Webbdelen är inte byggd" in text
    assert "pip install" in text
    assert 'href="/export/graph.graphml"' in text
    assert 'href="/graphql"' in text
    assert "<script" not in text


def test_missing_web_part_gives_the_reason_that_the_build_noted(folder: Path) -> None:
    """The reason is the first thing one needs to mend it; it is text, whatever is in it."""
    (folder / "assets").mkdir()
    (folder / "assets" / "unbuilt.txt").write_text("request to <registry> failed, reason: ECONNREFUSED")
    text = client(folder, folder / "assets").get("/?language=en").text

    assert "request to &lt;registry&gt; failed, reason: ECONNREFUSED" in text


def test_graphiql_without_the_web_part_says_so(unbuilt: Client) -> None:
    """An empty page at /graphql would look like a broken server."""
    text = unbuilt.get("/graphql").text

    assert "The web part is not built" in text
    assert "<script" not in text


def test_graphiql_loads_its_own_files(built: Client) -> None:
    """GraphiQL comes from us, not from a content network."""
    text = built.get("/graphql").text

    assert '<script type="module" src="/assets/graphiql-CCCCCCCC.js">' in text
    assert 'href="/assets/graphiql-DDDDDDDD.css"' in text


@pytest.mark.parametrize(
    ("address", "browser", "expected"),
    [
        ("/", "", "sv"),
        ("/", "en-GB,en;q=0.9,sv;q=0.8", "en"),
        ("/", "de-DE,de;q=0.9,sv;q=0.3,en;q=0.5", "en"),
        ("/", "en;q=0,sv;q=0.1", "sv"),
        ("/", "fr, *;q=oops", "sv"),
        ("/?language=sv", "en", "sv"),
        ("/?language=en", "sv", "en"),
        ("/?language=xx", "en", "en"),
    ],
)
def test_language_is_asked_for_or_the_browsers_or_swedish(
    unbuilt: Client, address: str, browser: str, expected: str
) -> None:
    """A link in a language keeps it, whoever opens it."""
    answer = unbuilt.get(address, headers={"accept-language": browser})

    assert f'<html lang="{expected}">' in answer.text
    assert answer.headers["content-language"] == expected
    assert answer.headers["vary"] == "Accept-Language"


def test_language_links_keep_the_rest_of_the_address(unbuilt: Client) -> None:
    """Changing language does not lose what one looks at; what came in the address cannot leave its attribute."""
    text = unbuilt.get("/", params={"municipality": '1440"><b>', "language": "en"}).text

    assert 'href="?municipality=1440%22%3E%3Cb%3E&amp;language=sv"' in text


def test_guide_is_rendered_and_its_links_lead_to_guides(unbuilt: Client) -> None:
    """Guides are written for the repository; on the page their links must work too."""
    text = unbuilt.get("/guides/guide-small").text

    assert "<h1>A small guide</h1>" in text
    assert '<a href="/guides/guide-small#a">me</a>' in text
    assert "&lt;script&gt;bad()&lt;/script&gt;" in text
    assert "<td>1</td>" in text


def test_guides_are_listed_by_title(unbuilt: Client) -> None:
    """One finds a guide by what it is called."""
    assert '<a href="/guides/guide-small" lang="en">A small guide</a>' in unbuilt.get("/guides/").text


def test_our_own_guide_for_analysts_is_served(folder: Path) -> None:
    """The first page links to the guides, so there must be one."""
    answer = Client(Starlette(routes=pages.routes(folder / "seed"))).get("/guides/guide-analysts")

    assert answer.status_code == 200
    assert "<h1>Reading the first page</h1>" in answer.text


@pytest.mark.parametrize(
    "address",
    [
        "/guides/../secret",
        "/guides/..%2Fsecret",
        "/guides/%2e%2e%2fsecret",
        "/guides/nothing",
        "/assets/..%2Fsecret.md",
        "/assets/%2e%2e/secret.md",
        "/static/..%2Fpages.py",
        "/static/%2e%2e%5cpages.py",
        "/geography/..%2F..%2Fsecret.md.geojson",
        "/geography/municipalities-schematic.geojson",
        "/assets/nothing.js",
    ],
)
def test_no_address_leads_out_of_the_folders(built: Client, address: str) -> None:
    """Files that no page is made of are nobody's to read."""
    answer = built.get(address)

    assert answer.status_code == 404
    assert "Secret" not in answer.text


def test_files_named_by_their_content_are_kept_for_good(built: Client) -> None:
    """A second visit asks for nothing that cannot have changed."""
    assert "immutable" in built.get("/assets/application-AAAAAAAA.js").headers["cache-control"]
    assert built.get("/assets/manifest.json").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("address", ["/geography/land.geojson", "/static/page.css", "/assets/application-AAAAAAAA.js"])
def test_an_unchanged_file_is_not_sent_twice(built: Client, address: str) -> None:
    """The borders are 65 kB; on a phone that is worth a header."""
    etag = built.get(address).headers["etag"]
    again = built.get(address, headers={"if-none-match": etag})

    assert again.status_code == 304
    assert again.content == b""


def test_borders_are_geojson(unbuilt: Client) -> None:
    """Programs of geography take the address as it is."""
    answer = unbuilt.get("/geography/municipalities.geojson")

    assert answer.headers["content-type"] == "application/geo+json"
    assert answer.json()["type"] == "FeatureCollection"

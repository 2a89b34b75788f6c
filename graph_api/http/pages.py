"""Pages for people: the first page, GraphiQL, the guides, and the files that these need.

Comes in: the folders of the seed (for the map's borders), of the built web part (`assets`) and of the guides' Markdown.
Goes out: Starlette routes, and `graphiql()`, which the GraphQL route answers with when a browser opens it.
Every page is complete without JavaScript; the web part fills `#application` and `#graphiql` where it was built, by the
files that its manifest names. Knows no store, no schema and no setting.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import urlencode

from markdown_it import MarkdownIt
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from graph_api.http.words import EN, LANGUAGES, Words

HERE = Path(__file__).parent
STATIC = HERE / "static"
ASSETS = HERE / "assets"
# A wheel carries the guides inside the package; in a checkout they are where they are written.
GUIDES = HERE.parent / "docs" if (HERE.parent / "docs").is_dir() else HERE.parents[1] / "docs"

EXPORT = "/export/graph.graphml"

# No inline code anywhere, nothing from elsewhere, nobody may frame us.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# GraphiQL's editor writes its styles at run time, carries its fonts in its style sheet and works in workers.
GRAPHIQL_POLICY = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'").replace(
    "font-src 'self'", "font-src 'self' data:; worker-src 'self'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a page must load of the web part: addresses of scripts and style sheets."""

    script: str
    styles: tuple[str, ...]


def bundle(assets: Path, entry: str) -> Bundle | None:
    """The files of an entry of the web part, such as `src/graphiql.ts`; None where it was not built."""
    try:
        manifest: Mapping[str, Mapping[str, object]] = json.loads((assets / "manifest.json").read_bytes())
    except FileNotFoundError:
        return None
    seen: dict[str, None] = {}
    styles: dict[str, None] = {}

    def visit(key: str) -> None:
        if key in seen:
            return
        seen[key] = None
        chunk = manifest[key]
        for imported in _names(chunk.get("imports")):
            visit(imported)
        styles.update(dict.fromkeys(_names(chunk.get("css"))))

    visit(entry)
    return Bundle(f"/assets/{manifest[entry]['file']}", tuple(f"/assets/{name}" for name in styles))


def _names(value: object) -> list[str]:
    return [str(name) for name in value] if isinstance(value, list) else []


def language(request: Request) -> str:
    """`?language`, else the first of the browser's languages that we speak, else Swedish."""
    asked = request.query_params.get("language", "").lower()
    if asked in LANGUAGES:
        return asked
    wishes = []
    for wish in request.headers.get("accept-language", "").split(","):
        tag, _, quality = wish.strip().partition(";q=")
        weight = float(quality) if re.fullmatch(r"[01](\.\d{0,3})?", quality) else 1.0
        wishes.append((-weight, tag.partition("-")[0].lower()))
    return next((tag for weight, tag in sorted(wishes, key=lambda wish: wish[0]) if tag in LANGUAGES and weight), "sv")


def page(request: Request, title: str, body: str, *, loads: Bundle | None = None, status: int = 200) -> Response:
    """A whole page in the house's design around a body of HTML, which must be safe already."""
    code = language(request)
    words = LANGUAGES[code]
    others = {key: value for key, value in request.query_params.items() if key != "language"}
    chosen = {"language": code} if "language" in request.query_params else {}

    def link(path: str, text: str, kind: str = "") -> str:
        here = ' aria-current="page"' if request.url.path == path else ""
        query = "?" + urlencode(chosen) if chosen else ""
        return f'<a class="{kind}" href="{path}{query}"{here}>{escape(text)}</a>'

    def spoken(other: str, name: str) -> str:
        address = escape("?" + urlencode({**others, "language": other}))
        here = ' aria-current="true"' if other == code else ""
        return f'<a href="{address}" hreflang="{other}" lang="{other}"{here}>{name}</a>'

    styles = "".join(f'\n<link rel="stylesheet" href="{name}">' for name in loads.styles) if loads else ""
    script = f'\n<script type="module" src="{loads.script}"></script>' if loads else ""
    text = f"""<!doctype html>
<html lang="{code}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="{escape(words.lead[0])}">
<title>{escape(title)}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/page.css">{styles}{script}
</head>
<body>
<a class="skip" href="#content">{words.skip}</a>
<header class="top">
{link("/", words.title, "brand")}
<nav aria-label="{words.title}">
{link("/guides/", words.guides)}
<a href="/graphql">{words.graphiql}</a>
</nav>
<nav class="languages" aria-label="{words.languages}">
{spoken("sv", "Svenska")} {spoken("en", "English")}
</nav>
</header>
<main id="content">
{body}
</main>
<footer>
<p>{words.credit_borders}:
© <a href="https://www.openstreetmap.org/copyright" rel="noreferrer">OpenStreetMap contributors</a>
(<a href="https://opendatacommons.org/licenses/odbl/1-0/" rel="noreferrer">ODbL</a>).
{words.credit_places}: <a href="https://www.geonames.org/" rel="noreferrer">GeoNames</a>
(<a href="https://creativecommons.org/licenses/by/4.0/" rel="noreferrer">CC BY 4.0</a>).</p>
<p>{words.open_code}</p>
</footer>
</body>
</html>
"""
    headers = {
        **HEADERS,
        "Content-Security-Policy": POLICY,
        "Content-Language": code,
        "Vary": "Accept-Language",
        "Cache-Control": REVALIDATE,
    }
    return HTMLResponse(text, status_code=status, headers=headers)


def first_page(request: Request, assets: Path) -> Response:
    """What this is, the living part (or why it is missing), and where to go from here."""
    code = language(request)
    words = LANGUAGES[code]
    loads = bundle(assets, "src/application.tsx")
    lead = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in words.lead)
    living = f'<p class="notice no-script">{words.no_script}</p>' if loads else _not_built(words, assets)
    chosen = "?" + urlencode({"language": code}) if "language" in request.query_params else ""
    doors = [
        ("/graphql", words.graphiql, words.graphiql_why),
        (EXPORT, words.export, words.export_why),
        (f"/guides/{chosen}", words.guides, words.guides_why),
    ]
    cards = "".join(f'<li><a href="{href}"><b>{name}</b> <span>{why}</span></a></li>' for href, name, why in doors)
    body = (
        f'<div class="intro"><h1>{words.question}</h1>{lead}</div>\n'
        f'<div id="application">{living}</div>\n'
        f'<section aria-labelledby="explore"><h2 id="explore">{words.explore}</h2>'
        f'<ul class="doors">{cards}</ul></section>'
    )
    return page(request, f"{words.title}: {words.tagline}", body, loads=loads)


def _not_built(words: Words, assets: Path) -> str:
    marker = assets / "unbuilt.txt"
    reason = (
        f"<p>{words.not_built_npm}</p><pre><code>{escape(marker.read_text('utf-8'))}</code></pre>"
        if marker.exists()
        else ""
    )
    asking = """curl -H 'Content-Type: application/json' \\
  -d '{"query": "{ graph { actorCount collaborationCount } }"}' \\
  http://…/graphql"""
    return (
        f'<div class="notice"><h2>{words.not_built}</h2><p>{words.not_built_why}</p>{reason}'
        f"<p>{words.not_built_how}</p><pre><code>pip install --force-reinstall .</code></pre>"
        f'<p>{words.not_built_still} <a href="{EXPORT}">{EXPORT}</a>.</p>'
        f"<p>{words.counts_unknown}</p><pre><code>{escape(asking)}</code></pre></div>"
    )


def graphiql(assets: Path = ASSETS) -> Response:
    """GraphiQL, for a browser that opens /graphql without a query; without the web part, a page that says so."""
    headers = {**HEADERS, "Content-Security-Policy": GRAPHIQL_POLICY, "Cache-Control": REVALIDATE, "Vary": "Accept"}
    loads = bundle(assets, "src/graphiql.ts")
    if loads is None:
        inside = f'<main id="content"><h1>GraphiQL</h1>{_not_built(EN, assets)}<p><a href="/">{EN.title}</a></p></main>'
        styles, script = '<link rel="stylesheet" href="/static/page.css">', ""
    else:
        inside = (
            '<div id="graphiql"><noscript>GraphiQL needs JavaScript. GraphQL answers POST to /graphql.</noscript></div>'
        )
        styles = "".join(f'<link rel="stylesheet" href="{name}">' for name in loads.styles)
        script = f'<script type="module" src="{loads.script}"></script>'
    text = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>GraphiQL: Samverkan</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
{styles}{script}
</head>
<body>
{inside}
</body>
</html>
"""
    return HTMLResponse(text, headers=headers)


def guides_page(request: Request, guides: Path) -> Response:
    """The guides that exist, by title."""
    words = LANGUAGES[language(request)]
    known = _guides(guides)
    rows = "".join(
        f'<li><a href="/guides/{name}" lang="en">{escape(_title(path))}</a></li>' for name, path in known.items()
    )
    body = f"<ul>{rows}</ul>" if rows else f"<p>{words.guides_none}</p>"
    return page(
        request, f"{words.guides}: {words.title}", f'<article class="prose"><h1>{words.guides}</h1>{body}</article>'
    )


def guide_page(request: Request, guides: Path) -> Response:
    """One guide, its Markdown rendered; raw HTML in it is shown as text."""
    words = LANGUAGES[language(request)]
    known = _guides(guides)
    # Looked up among the files that are there, so no name can lead out of the folder.
    path = known.get(request.path_params["name"])
    if path is None:
        body = f"<h1>{words.not_found}</h1><p>{words.not_found_why}</p><p><a href='/guides/'>{words.guides}</a></p>"
        return page(request, words.not_found, f'<article class="prose">{body}</article>', status=404)
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    html = markdown.render(path.read_text("utf-8"))
    html = re.sub(
        r'href="(?:\./)?([\w-]+)\.md([#"])', lambda m: f'href="/guides/{m[1]}{m[2]}' if m[1] in known else m[0], html
    )
    # A wide table scrolls by itself; the page does not.
    html = html.replace("<table>", '<div class="wide" tabindex="0"><table>').replace("</table>", "</table></div>")
    return page(request, f"{_title(path)}: {words.title}", f'<article class="prose" lang="en">{html}</article>')


def _guides(folder: Path) -> dict[str, Path]:
    return {path.stem: path for path in sorted(folder.glob("*.md"))}


def _title(path: Path) -> str:
    first = path.read_text("utf-8").partition("\n")[0]
    return first.removeprefix("#").strip() or path.stem


async def _file(folder: Path, name: str, request: Request, cache: str, policy: str = POLICY) -> Response:
    """A file of the folder, with ETag and 304; 404 where there is none. Its route lets no slash through."""
    response = await StaticFiles(directory=folder, check_dir=False).get_response(name, request.scope)
    response.headers.update({**HEADERS, "Cache-Control": cache, "Content-Security-Policy": policy})
    return response


def routes(seed: Path, *, assets: Path = ASSETS, guides: Path = GUIDES) -> list[Route]:
    """The pages' routes; `seed` holds `geography/`. /graphql is not among them: its route calls `graphiql`."""

    async def first(request: Request) -> Response:
        return first_page(request, assets)

    async def list_of_guides(request: Request) -> Response:
        return guides_page(request, guides)

    async def guide(request: Request) -> Response:
        return guide_page(request, guides)

    async def asset(request: Request) -> Response:
        name = request.path_params["name"]
        # Workers are documents of their own: the editor's needs hold for them too. Names carry their content's hash.
        cache = IMMUTABLE if re.search(r"-[\w-]{8}\.\w+$", name) else REVALIDATE
        return await _file(assets, name, request, cache, GRAPHIQL_POLICY)

    async def static(request: Request) -> Response:
        return await _file(STATIC, request.path_params["name"], request, REVALIDATE)

    async def favicon(request: Request) -> Response:
        return await _file(STATIC, "favicon.svg", request, REVALIDATE)

    async def borders(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in {"municipalities", "land"}:
            raise HTTPException(404)
        response = await _file(seed / "geography", f"{name}.geojson", request, REVALIDATE)
        response.headers["Content-Type"] = "application/geo+json"
        return response

    return [
        Route("/", first),
        Route("/guides/", list_of_guides),
        Route("/guides/{name}", guide),
        Route("/assets/{name}", asset),
        Route("/static/{name}", static),
        Route("/favicon.svg", favicon),
        Route("/geography/{name}.geojson", borders),
    ]

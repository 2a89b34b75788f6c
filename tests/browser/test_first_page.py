"""The first page, GraphiQL and a guide in a real browser, over the real server on the region's data.

`server` (conftest.py beside this) is the server's address. The browser is the system's Chromium; where there is none the
tests are skipped, but in CI that is a failure. Pages are watched: a request to another host, or an error in the
console, fails the test that met it.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, Route, ViewportSize, expect, sync_playwright

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium")
# Without these the browser itself asks its maker for updates.
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 360, "height": 740}
PATIENCE = 30_000  # milliseconds; the first analysis is computed while the page waits


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the module."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    """A page in Swedish, wide; what it asked elsewhere and what went wrong is held against the test."""
    page = browser.new_page(viewport=WIDE, locale="sv-SE")
    page.set_default_timeout(PATIENCE)
    faults = watch(page, server)
    yield page
    page.close()

    assert faults == []


def watch(page: Page, server: str) -> list[str]:
    """Collects requests that leave the server, console errors and uncaught exceptions of the page from now on."""
    faults: list[str] = []

    def asked(request: Request) -> None:
        if not request.url.startswith((server + "/", "data:", f"blob:{server}/")):
            faults.append(f"asked {request.url}")

    page.on("request", asked)
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    return faults


def opened(page: Page, address: str) -> Page:
    """The first page with its table there."""
    page.goto(address)
    expect(page.locator("table.gaps tbody tr")).to_have_count(13, timeout=PATIENCE)
    return page


def execute(page: Page, word: str) -> None:
    """Runs GraphiQL's query once its editor shows the word; a click before that would run nothing."""
    expect(page.locator(".graphiql-query-editor .view-lines")).to_contain_text(word, timeout=PATIENCE)
    page.get_by_role("button", name=re.compile("Execute query")).click()


def test_page_shows_thirteen_municipalities_as_shapes_and_rows(page: Page, server: str) -> None:
    """The region has thirteen; one without data is shown as such, not left out."""
    opened(page, server)

    expect(page.locator(".map path.municipality")).to_have_count(13)
    expect(page.get_by_role("row")).to_have_count(14)


def test_page_shows_how_much_the_graph_holds(page: Page, server: str) -> None:
    """The counts are the server's, not a text of ours."""
    answer = page.request.post(
        f"{server}/graphql", data={"query": "{ graph { actorCount collaborationCount } }"}
    ).json()["data"]["graph"]
    opened(page, f"{server}/?language=en")
    shown = [re.sub(r"\D", "", text) for text in page.locator("dl.counts dd").all_inner_texts()]

    assert int(shown[0]) == answer["actorCount"] > 0
    assert int(shown[1]) == answer["collaborationCount"] > 0


def test_choosing_a_row_explains_the_municipality(page: Page, server: str) -> None:
    """The verdict is not a colour only: its reason is one click away, and the address leads back to it."""
    opened(page, server).get_by_role("button", name="Ale", exact=True).click()
    panel = page.locator(".chosen-panel")

    expect(panel.get_by_role("heading", name="Ale")).to_be_visible()
    expect(panel.locator(".explanation")).to_contain_text("Ale")
    expect(page).to_have_url(re.compile(r"municipality=1440"))
    expect(page.locator(".map path.municipality[aria-pressed=true]")).to_have_count(1)


def test_a_shape_is_chosen_by_keyboard_and_marks_its_row(page: Page, server: str) -> None:
    """The map is no less for those who cannot use a mouse."""
    opened(page, server).get_by_role("button", name=re.compile("^Tjörn:")).press("Enter")

    expect(page.locator("tr.chosen")).to_contain_text("Tjörn")
    expect(page.locator(".chosen-panel h3")).to_have_text("Tjörn")


def test_back_undoes_a_choice(page: Page, server: str) -> None:
    """A choice is a step in the browser's history."""
    opened(page, server).get_by_role("button", name="Ale", exact=True).click()
    expect(page.locator("tr.chosen")).to_have_count(1)
    page.go_back()

    expect(page.locator("tr.chosen")).to_have_count(0)


def test_language_changes_and_the_choice_stays(page: Page, server: str) -> None:
    """A link sent to someone who reads English shows the same municipality."""
    opened(page, server).get_by_role("button", name="Ale", exact=True).click()
    expect(page.locator(".chosen-panel h3")).to_have_text("Ale")
    page.get_by_role("link", name="English").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Who collaborates with whom in the Göteborg region?")
    expect(page.locator(".chosen-panel h3")).to_have_text("Ale")
    expect(page.get_by_role("columnheader", name="Municipality")).to_be_attached()


def test_search_without_accents_finds_goteborg(page: Page, server: str) -> None:
    """Who has no ö on the keyboard finds Göteborg too."""
    opened(page, server).get_by_role("searchbox").fill("goteborg")

    expect(page.locator("ol.hits li").first).to_contain_text("Göteborg")
    expect(page).to_have_url(re.compile(r"search=goteborg"))


def test_search_says_that_nothing_was_found(page: Page, server: str) -> None:
    """An empty list alone would look like a search that still runs."""
    opened(page, server).get_by_role("searchbox").fill("qqxqzzwqqx")

    expect(page.locator(".search").get_by_text("Ingen träff.")).to_be_visible()


def test_graphiql_runs_a_query_without_leaving_the_server(page: Page, server: str) -> None:
    """GraphiQL's editors, fonts and workers are ours to serve; without the internet they work the same."""
    with page.expect_worker() as worker:
        page.goto(f"{server}/graphql#query=" + "{ graph { actorCount } }")
    execute(page, "actorCount")

    expect(page.locator(".graphiql-response")).to_contain_text('"actorCount"')
    assert worker.value.url.startswith(f"{server}/assets/")


def test_a_hit_opens_in_graphiql_as_a_query_that_answers(page: Page, server: str) -> None:
    """A hit leads to what the graph knows of it; a query that the schema refuses would be a dead end."""
    opened(page, server).get_by_role("searchbox").fill("goteborg")
    page.locator("ol.hits a").first.click()
    execute(page, "__typename")

    expect(page.locator(".graphiql-response")).to_contain_text('"__typename"')
    expect(page.locator(".graphiql-response")).not_to_contain_text('"errors"')


def test_server_that_is_away_is_said_in_words(browser: Browser, server: str) -> None:
    """A page that waits for ever tells nothing; what stands without data stays readable."""
    page = browser.new_page(locale="en-GB")
    page.route("**/graphql", lambda route: route.abort())
    page.goto(server)

    expect(page.get_by_text("The server does not answer.").first).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.close()


def test_analysis_that_fails_leaves_the_rest_of_the_page(browser: Browser, server: str) -> None:
    """Analyses fail alone: counts and search still work."""
    page = browser.new_page(locale="en-GB")

    def fail_analysis(route: Route, request: Request) -> None:
        if "municipalityGaps" in (request.post_data or ""):
            route.fulfill(json={"data": {"analysis": {"municipalityGaps": None}}, "errors": [{"message": "TOO_SLOW"}]})
        else:
            route.continue_()

    page.route("**/graphql", fail_analysis)
    page.goto(server)

    expect(page.get_by_role("alert")).to_contain_text("The analysis could not be finished.")
    expect(page.locator("dl.counts dd").first).to_have_text(re.compile(r"\d"))
    page.close()


def test_page_without_javascript_is_readable(browser: Browser, server: str) -> None:
    """Title, what this is, and the ways on are in what the server sends."""
    page = browser.new_page(java_script_enabled=False, locale="sv-SE")
    page.goto(server)

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("behöver JavaScript")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Ladda ner grafen"))).to_be_visible()
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("path", ["/", "/?municipality=1440&search=goteborg&language=en", "/guides/guide-analysts"])
def test_page_fits_its_window(
    browser: Browser, server: str, tmp_path: Path, path: str, size: ViewportSize, scheme: str
) -> None:
    """Nobody scrolls sideways on a phone; the screenshots are for people to look at."""
    page = browser.new_page(viewport=size, locale="sv-SE", color_scheme="dark" if scheme == "dark" else "light")
    faults = watch(page, server)
    page.goto(server + path)
    if "guides" not in path:
        expect(page.locator("table.gaps tbody tr")).to_have_count(13, timeout=PATIENCE)
        expect(page.locator(".map path.municipality")).to_have_count(13)
    width = page.evaluate("document.documentElement.scrollWidth")
    page.screenshot(path=tmp_path / f"{scheme}-{size['width']}.png", full_page=True)
    page.close()

    assert width <= size["width"]
    assert faults == []

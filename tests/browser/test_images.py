"""A browser takes the lightest format in a fitting width, and nothing moves when it arrives."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.conftest import Build, require
from tests.imaging.illustrated import ADDRESS, lay_illustrated, write_settings
from tests.servers.nginx import Nginx, precompress

from .axe import violations
from .layout import broken_images
from .visit import show_all_images

# Shifts of the text around pictures; tests of the whole page stand elsewhere.
_SHIFTS = """
window.shifts = 0;
new PerformanceObserver(list => {
    for (const entry of list.getEntries())
        if (entry.sources.some(one => one.node?.parentElement?.closest('.prose')))
            window.shifts += entry.value;
}).observe({type: 'layout-shift', buffered: true});
"""


@pytest.fixture(scope="module")
def illustrated(tmp_path_factory: pytest.TempPathFactory, build: Build) -> Iterator[str]:
    """Serve a site whose article shows pictures; give that article's address."""
    require(Nginx.program(), "nginx")
    require(Nginx.brotli_module(), "nginx's brotli_static module")
    folder = tmp_path_factory.mktemp("illustrated")
    lay_illustrated(folder / "content")
    settings = write_settings(folder / "settings.py", folder / "cache")
    done = build(folder / "content", folder / "root", settings=settings)
    assert done.returncode == 0, done.stdout + done.stderr
    precompress(folder / "root")
    with Nginx(folder / "root", folder) as server:
        yield f"{server.origin}/{ADDRESS.removesuffix('index.html')}"


Alter = Callable[[str], str]


def opened(
    browser: Browser, address: str, width: int, density: float = 1, alter: Alter | None = None
) -> Page:
    """Open the article on a tall screen, its pictures coming late; `alter` changes its HTML."""
    context = browser.new_context(
        viewport={"width": width, "height": 2400}, device_scale_factor=density
    )
    context.add_init_script(_SHIFTS)
    page = context.new_page()

    def late(route: Route) -> None:
        time.sleep(0.2)
        route.continue_()

    def answer(route: Route) -> None:
        response = route.fetch()
        text = response.text()
        route.fulfill(response=response, body=alter(text) if alter else text)

    page.route("**/assets/images/**", late)
    page.route(address, answer)
    page.goto(address, wait_until="load")
    show_all_images(page)
    page.wait_for_timeout(300)  # milliseconds; shifts are told in the next frame
    return page


def chosen(page: Page) -> list[str]:
    """List the files of the pictures that are shown, by name and without their digests."""
    found: list[str] = page.evaluate(
        "() => [...document.querySelectorAll('main picture img')].map(i => i.currentSrc)"
    )
    return [".".join(Path(one).name.split(".")[::2]) for one in found]


@pytest.mark.parametrize(
    ("width", "density", "wanted"),
    [
        (360, 1, "360"),
        (390, 3, "1080"),
        (1440, 1, "720"),
        (1440, 2, "1440"),
    ],
)
def test_chromium_takes_avif_in_a_fitting_width(
    browser: Browser, illustrated: str, width: int, density: float, wanted: str
) -> None:
    page = opened(browser, illustrated, width, density)
    mark, photograph, diagram = chosen(page)
    assert mark == "mark-40.avif"
    assert photograph == f"photo-no-1-{wanted}.avif"
    assert diagram.endswith(".avif")
    assert broken_images(page) == []
    page.context.close()


@pytest.mark.parametrize(
    ("unknown", "suffixes"),
    [(["image/avif"], {"webp"}), (["image/avif", "image/webp"], {"jpg", "png"})],
)
def test_other_browsers_take_what_they_know(
    browser: Browser, illustrated: str, unknown: list[str], suffixes: set[str]
) -> None:
    def forget(html: str) -> str:
        for kind in unknown:
            html = html.replace(f'"{kind}"', '"image/unknown"')
        return html

    page = opened(browser, illustrated, 1440, alter=forget)
    assert {one.rpartition(".")[2] for one in chosen(page)} == suffixes
    assert broken_images(page) == []
    page.context.close()


@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_moves_when_pictures_arrive(browser: Browser, illustrated: str, width: int) -> None:
    page = opened(browser, illustrated, width, 2)
    assert page.evaluate("() => window.shifts") == 0
    page.context.close()


def test_pictures_without_a_size_are_seen_to_move(browser: Browser, illustrated: str) -> None:
    def unsize(html: str) -> str:
        html = html.replace(' height="', ' data-height="').replace(' width="', ' data-width="')
        return html.replace('loading="lazy"', "")

    page = opened(browser, illustrated, 1440, alter=unsize)
    assert page.evaluate("() => window.shifts") > 0
    page.context.close()


def test_a_photograph_is_never_shown_larger_than_it_is(browser: Browser, illustrated: str) -> None:
    page = opened(browser, illustrated, 1440)
    sizes = page.evaluate(
        """() => [...document.querySelectorAll('main img')].map(
            i => [i.getBoundingClientRect().width, +i.getAttribute('width'), i.currentSrc])"""
    )
    column = page.evaluate("() => document.querySelector('.prose').getBoundingClientRect().width")
    for shown, own, address in sizes:
        assert shown <= column + 0.5, address
        if not address.endswith(".svg"):
            assert shown <= own, address
    page.context.close()


def test_axe_finds_nothing(browser: Browser, illustrated: str) -> None:
    page = opened(browser, illustrated, 1440)
    assert violations(page) == []
    page.context.close()

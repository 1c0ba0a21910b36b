"""A visit: one page opened in a fresh browser context, with all that it asked for and said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, Page, Route

Scheme = Literal["light", "dark"]
WIDTHS = (360, 768, 1440)  # CSS pixels: a phone, a tablet, a desk
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
HEIGHT = 800  # CSS pixels


@dataclass(slots=True)
class Visit:
    """Hold a page, the addresses that it asked for and the complaints of its console."""

    context: BrowserContext
    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def visit(
    browser: Browser,
    address: str,
    *,
    width: int = WIDTHS[-1],
    scheme: Scheme = "light",
    scripts: bool = True,
    alter: Callable[[str], str] | None = None,
) -> Visit:
    """Open `address` at `width` CSS pixels; `alter` plants a fault in its HTML on the way.

    Motion is off, so that a jump to an anchor has ended when the click has. The content
    policy is off in an altered page alone, so that a planted script or image can act.
    """
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT},
        color_scheme=scheme,
        reduced_motion="reduce",
        java_script_enabled=scripts,
        bypass_csp=alter is not None,
        service_workers="block",
    )
    context.set_default_timeout(10_000)  # milliseconds
    page = context.new_page()
    opened = Visit(context, page)
    page.on("request", lambda request: opened.requests.append(request.url))
    page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    page.on(
        "console",
        lambda message: (
            opened.complaints.append(message.text) if message.type in {"error", "warning"} else None
        ),
    )
    if alter is not None:
        change = alter

        def answer(route: Route) -> None:
            response = route.fetch()
            route.fulfill(response=response, body=change(response.text()))

        page.route(address, answer)
    page.goto(address, wait_until="load")
    return opened


def show_all_images(page: Page) -> None:
    """Scroll through the page as a reader does, until each lazy image has loaded or failed."""
    page.evaluate(
        """async () => {
            const settled = image => image.complete ? null : new Promise(done => {
                image.addEventListener('load', done, {once: true});
                image.addEventListener('error', done, {once: true});
            });
            for (const image of document.images) {
                image.scrollIntoView();
                await Promise.race([settled(image), new Promise(done => setTimeout(done, 3000))]);
            }
            window.scrollTo(0, 0);
        }"""
    )

"""A page asks its own origin alone, keeps nothing on the reader's machine and says no error."""

from __future__ import annotations

import pytest

from .conftest import ADDRESSES, Open
from .visit import Visit, show_all_images


def elsewhere(opened: Visit, origin: str) -> list[str]:
    """List the requests that left the origin, and the hints that would open a connection."""
    hints: list[str] = opened.page.evaluate(
        """() => [...document.querySelectorAll(
            'link[rel~=preconnect], link[rel~=dns-prefetch], link[rel~=prefetch], a[ping]'
        )].map(hint => hint.outerHTML)"""
    )
    return hints + [
        address for address in opened.requests if not address.startswith((f"{origin}/", "data:"))
    ]


def kept(opened: Visit) -> list[str]:
    """List what the page left behind: cookies and stored values."""
    stored: list[str] = opened.page.evaluate(
        "() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]"
    )
    return [str(cookie["name"]) for cookie in opened.context.cookies()] + stored


@pytest.mark.parametrize("kind", ADDRESSES)
def test_a_page_stays_at_home(open_page: Open, served: str, kind: str) -> None:
    opened = open_page(kind)
    show_all_images(opened.page)
    assert opened.requests
    assert elsewhere(opened, served) == []
    assert kept(opened) == []
    # The page for what is missing has no address of its own: it too comes with the status 404.
    status = [line for line in opened.complaints if "status of 404" in line]
    assert len(status) == (kind == "404")
    assert [line for line in opened.complaints if line not in status] == []


def test_an_address_that_does_not_exist_gets_the_404_page(open_page: Open, served: str) -> None:
    page = open_page("404").page
    heading = page.locator("h1").inner_text()
    response = page.goto(f"{served}/articles/no-such-article/")
    assert response is not None
    assert response.status == 404
    assert page.locator("h1").inner_text() == heading


def test_pages_come_precompressed(open_page: Open, served: str) -> None:
    page = open_page().page
    response = page.request.get(page.url, headers={"Accept-Encoding": "br"})
    assert response.headers["content-encoding"] == "br"


def test_what_leaves_home_is_seen(open_page: Open, served: str) -> None:
    opened = open_page(
        alter=lambda html: html.replace(
            "</body>",
            '<img src="http://127.0.0.2:9/beacon.gif" alt="" width="1" height="1">'
            "<script>document.cookie = 'a=1'; localStorage.b = 1; missing()</script></body>",
        )
    )
    assert elsewhere(opened, served) == ["http://127.0.0.2:9/beacon.gif"]
    assert kept(opened) == ["a", "b"]
    assert any("missing is not defined" in line for line in opened.complaints)


def test_the_policy_of_the_server_would_stop_a_script(open_page: Open) -> None:
    page = open_page().page
    page.evaluate(
        "() => { const script = document.createElement('script');"
        " script.textContent = 'window.ran = true'; document.body.append(script) }"
    )
    assert page.evaluate("() => window.ran") is None

"""axe-core finds nothing on any kind of page, at each width, in light and in dark."""

from __future__ import annotations

import pytest

from ..conftest import require
from . import axe
from .conftest import ADDRESSES, Open
from .visit import HEIGHT, SCHEMES, WIDTHS, Scheme

OTHER_KINDS = [kind for kind in ADDRESSES if kind != "article"]
# Something to plant → the rule that must see it.
FAULTS = {
    "color-contrast": "document.querySelector('main p').style.color = 'rgb(150, 150, 150)'",
    "image-alt": "document.querySelector('main img').removeAttribute('alt')",
    "link-name": "document.querySelector('main a').replaceChildren(),"
    "document.querySelector('main a').removeAttribute('aria-label')",
    "heading-order": "document.querySelector('main h2').outerHTML = '<h5>A jump</h5>'",
    "list": "document.querySelector('main ol').prepend(document.createElement('p'))",
    "target-size": "document.querySelector('main').insertAdjacentHTML('afterbegin',"
    '\'<div><button style="width:9px;height:9px;padding:0;border:0">a</button>'
    '<button style="width:9px;height:9px;padding:0;border:0">b</button></div>\')',
}


@pytest.fixture(autouse=True)
def axe_is_installed() -> None:
    require(axe.SCRIPT.exists(), "axe-core")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_article_has_no_violation(open_page: Open, width: int, scheme: Scheme) -> None:
    assert axe.violations(open_page(width=width, scheme=scheme).page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_other_pages_have_no_violation(open_page: Open, kind: str, scheme: Scheme) -> None:
    page = open_page(kind, scheme=scheme).page
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert axe.violations(page) == [], width


@pytest.mark.parametrize("rule", FAULTS)
def test_a_planted_fault_is_seen(open_page: Open, rule: str) -> None:
    page = open_page().page
    page.evaluate(f"() => {{ {FAULTS[rule]} }}")
    assert rule in {line.split(":")[0] for line in axe.violations(page)}

"""Every text stands out from its background, those that axe-core leaves undecided too."""

from __future__ import annotations

import pytest

from . import contrast
from .conftest import ADDRESSES, Open
from .visit import SCHEMES, Scheme

FAULTS = {
    "faint": "p.style.color = 'rgb(120 120 120 / 60%)'",
    "see-through": "p.style.opacity = 0.4",
    "same-as-ground": "p.style.backgroundColor = getComputedStyle(p).color",
    "overlapped": "p.style.color = '#999', p.style.position = 'relative',"
    "p.insertAdjacentHTML('beforeend', '<span style=\"position: absolute; inset: 0\"></span>')",
}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("kind", ADDRESSES)
def test_every_text_stands_out(open_page: Open, kind: str, scheme: Scheme) -> None:
    assert contrast.faint(open_page(kind, scheme=scheme).page) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faint_text_is_seen(open_page: Open, fault: str) -> None:
    page = open_page("page").page
    page.evaluate(f"() => {{ const p = document.querySelector('main p'); {FAULTS[fault]} }}")
    assert contrast.faint(page)

"""Walk a page with the Tab key and tell where a keyboard reader would be lost."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from playwright.sync_api import Page

TABBABLE = (
    "a[href], area[href], button:enabled, input:enabled, select:enabled, textarea:enabled, "
    "summary, iframe, [contenteditable], [tabindex]:not([tabindex^='-'])"
)
# The style of each control at rest, so that the style in focus can be compared with it.
PREPARE = """selector => {
    window.controls = [...document.querySelectorAll(selector)].filter(element =>
        element.checkVisibility({visibilityProperty: true}) && !element.closest('[inert]')
        // Tab stops once at a group of radio buttons: at the one that is checked.
        && !(element.type === 'radio' && !element.checked && document.querySelector(
            `input[type=radio][name="${element.name}"]:checked`)));
    window.look = element => {
        const style = getComputedStyle(element);
        return [style.outlineStyle === 'none' ? '' : style.outlineWidth + style.outlineColor,
            style.boxShadow, style.backgroundColor, style.borderColor, style.borderWidth,
            style.textDecoration, style.color].join('|');
    };
    window.rest = window.controls.map(window.look);
    return window.controls.map(element => element.outerHTML.slice(0, 120));
}"""
# Where the focus is, whether that shows, and whether anything lies on it (WCAG 2.2, 2.4.11).
OBSERVE = """() => {
    const element = document.activeElement, index = window.controls.indexOf(element);
    if (index < 0)
        return {index, name: element.outerHTML.slice(0, 120),
            scroller: element.scrollWidth > element.clientWidth
                || element.scrollHeight > element.clientHeight};
    const style = getComputedStyle(element), box = element.getClientRects()[0];
    const x = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
    const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 20), 0), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    const seen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
        && top !== null && (element.contains(top) || top.contains(element));
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
    return {index, seen, shown: outlined || window.look(element) !== window.rest[index]};
}"""


def faults(page: Page) -> list[str]:
    """List the controls that Tab misses, meets out of order, hides, or focuses unseen.

    The walk starts at the top of the page and ends when focus leaves it.
    """
    controls: list[str] = page.evaluate(PREPARE, TABBABLE)
    found: list[str] = []
    met: list[int] = []
    for _ in range(2 * len(controls) + 10):
        page.keyboard.press("Tab")
        at: dict[str, Any] = page.evaluate(OBSERVE)
        index = at["index"]
        if index < 0:
            if at["name"].startswith("<body") or at["name"].startswith("<html"):
                break
            if not at["scroller"]:
                found.append(f"focus is on what is no control: {at['name']}")
            continue
        if index in met:
            break
        met.append(index)
        if not at["shown"]:
            found.append(f"focus does not show: {controls[index]}")
        if not at["seen"]:
            found.append(f"focus is out of sight or covered: {controls[index]}")
    found += [f"out of order: {controls[late]}" for early, late in pairwise(met) if late < early]
    found += [
        f"Tab never reaches: {controls[i]}" for i in sorted(set(range(len(controls))) - set(met))
    ]
    return found

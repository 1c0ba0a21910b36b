"""Measure what a page looks like: what sticks out, how bright it is, which images failed."""

from __future__ import annotations

from playwright.sync_api import Page

Colour = tuple[float, float, float]  # red, green, blue from 0 to 1


def overflow(page: Page) -> list[str]:
    """List what makes the page scroll sideways (WCAG 2.2, 1.4.10); wide tables scroll alone."""
    found: list[str] = page.evaluate(
        """() => {
            const root = document.documentElement, found = [];
            if (root.scrollWidth > root.clientWidth)
                found.push(`the page is ${root.scrollWidth} wide, its window ${root.clientWidth}`);
            const contained = element => {
                for (let box = element.parentElement; box && box !== document.body;
                        box = box.parentElement)
                    if (['auto', 'scroll', 'hidden', 'clip'].includes(
                            getComputedStyle(box).overflowX)) return true;
                return false;
            };
            for (const element of document.body.querySelectorAll('*')) {
                const box = element.getBoundingClientRect();
                if (box.width > 1 && box.right > root.clientWidth + 1 && !contained(element))
                    found.push(`<${element.localName} class="${element.className}"> ends at `
                        + Math.round(box.right));
            }
            return found.slice(0, 12);
        }"""
    )
    return found


def broken_images(page: Page) -> list[str]:
    """List the images that show nothing, or whose width and height say another shape."""
    found: list[str] = page.evaluate(
        """() => [...document.images].flatMap(image => {
            const name = image.getAttribute('src');
            if (!image.complete || image.naturalWidth === 0) return [`${name} does not load`];
            const said = image.getAttribute('width') / image.getAttribute('height');
            const real = image.naturalWidth / image.naturalHeight;
            return Math.abs(said / real - 1) < 0.02 ? [] : [`${name} is ${real}, said ${said}`];
        })"""
    )
    return found


def backdrop(page: Page) -> Colour:
    """Give the colour that the page is painted on."""
    return colour(page, "() => getComputedStyle(document.body).backgroundColor") or (1, 1, 1)


def ink(page: Page, selector: str) -> Colour:
    """Give the colour of the text of the first element that `selector` finds."""
    found = colour(page, f"() => getComputedStyle(document.querySelector({selector!r})).color")
    assert found is not None, selector
    return found


def colour(page: Page, expression: str) -> Colour | None:
    """Paint the CSS colour that `expression` gives and read it back; None where see-through."""
    red, green, blue, alpha = page.evaluate(
        f"""() => {{
            const canvas = document.createElement('canvas').getContext('2d');
            canvas.fillStyle = ({expression})();
            canvas.fillRect(0, 0, 1, 1);
            return [...canvas.getImageData(0, 0, 1, 1).data];
        }}"""
    )
    return (red / 255, green / 255, blue / 255) if alpha else None


def luminance(colour: Colour) -> float:
    """Give the relative luminance, 0 black to 1 white (WCAG 2.2, definition)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

"""Compare the colour of every text with what lies under it (WCAG 2.2, 1.4.6, level AAA).

axe-core leaves a text undecided where a pseudo-element or another box overlaps it, so this
walk takes the backgrounds of the text's own ancestors and decides for every text.
"""

from __future__ import annotations

from playwright.sync_api import Page


def faint(page: Page) -> list[str]:
    """List the texts under 7:1, or 4.5:1 from 24 px or bold 18.66 px, as `ratio: text`."""
    found: list[str] = page.evaluate(
        """() => {
            const canvas = document.createElement('canvas').getContext('2d',
                {willReadFrequently: true});
            const known = new Map();
            const paint = css => {
                if (!known.has(css)) {
                    canvas.clearRect(0, 0, 1, 1);
                    canvas.fillStyle = css;
                    canvas.fillRect(0, 0, 1, 1);
                    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
                    known.set(css, [r, g, b, a / 255]);
                }
                return known.get(css);
            };
            const over = (top, under) => top.slice(0, 3)
                .map((part, i) => part * top[3] + under[i] * (1 - top[3])).concat(1);
            const ground = element => {
                if (!element) return matchMedia('(prefers-color-scheme: dark)').matches
                    ? [18, 18, 18, 1] : [255, 255, 255, 1];
                const own = paint(getComputedStyle(element).backgroundColor);
                return own[3] === 1 ? own : over(own, ground(element.parentElement));
            };
            const luminance = colour => colour.slice(0, 3).map(part => part / 255)
                .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
                .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
            const found = [];
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const text = walker.currentNode.data.trim();
                const element = walker.currentNode.parentElement;
                if (!text || element.closest('script, style') || !element.checkVisibility()
                        || element.getBoundingClientRect().width <= 1) continue;
                const style = getComputedStyle(element), under = ground(element);
                let opacity = 1;
                for (let box = element; box; box = box.parentElement)
                    opacity *= getComputedStyle(box).opacity;
                const ink = paint(style.color);
                const shown = over([...ink.slice(0, 3), ink[3] * opacity], under);
                const [dim, bright] = [luminance(shown), luminance(under)].sort((a, b) => a - b);
                const ratio = (bright + 0.05) / (dim + 0.05), size = parseFloat(style.fontSize);
                const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
                if (ratio < (large ? 4.5 : 7))
                    found.push(`${ratio.toFixed(2)}: ${text.slice(0, 60)}`);
            }
            return found;
        }"""
    )
    return found

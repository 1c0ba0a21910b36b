"""Draw the picture that other sites show beside a link: a page's title in our type and colours.

The Open Graph protocol names no size; 1200 × 630 pixels is the shape that large previews have.
"""

from __future__ import annotations

import sys
import unicodedata
import zlib
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path, PurePosixPath

import PIL
from PIL import Image, ImageDraw, ImageFont, features
from PIL.ImageFont import FreeTypeFont

from wellsourced.imaging import png
from wellsourced.imaging.variants import key

SIZE = (1200, 630)
"""Pixels."""

_EDITION = 3
"""Counts up when cards are drawn otherwise than before."""

_TYPEFACE = Path(__file__).with_name("typeface") / "literata-latin-600.woff"
_INK, _PAPER, _MARK, _RULE = (20, 33, 31), (255, 255, 255), (255, 229, 154), (238, 179, 2)
# Four bits hold all: up to _BLANK ink fades into paper, from _DARK to _LIGHT into the mark.
_BLANK, _DARK, _LIGHT, _LINE = 10, 11, 14, 15

_LEFT, _RIGHT, _TOP, _BOTTOM = 80, 1120, 84, 470
_FOOT, _BASELINE = 500, 560
_WIDTH = _RIGHT - _LEFT
_SIZES = range(92, 19, -4)
_ROUGH, _SLACK = 92, 1.06
"""A size at which to measure first: the others follow nearly in proportion, and this is quicker."""
_SIGNATURE, _LEADING = 44, 1.2
_PICTOGRAPHS = ("So", "Sk", "Cf")
_VARIATIONS = "\ufe0e\ufe0f"


def card(title: str, site_name: str) -> bytes:
    """Draw a card as a PNG; the title is broken into lines and made smaller until all of it fits.

    A card without a title, or with one that has a `problem`, shows the site's name alone. The
    typeface stands in this package: the same words give the same bytes on every machine.
    """
    size, lines = fit(_words(title)) if not problem(title) else (0, [])
    if not lines:
        return png.join(SIZE, _palette(), [_head(), _site(site_name)])
    words = _drawn(lines, size)
    blank = _paper(_FOOT - _TOP - words.height)
    bands = [_head(), png.pack(words), blank, _foot(site_name)]
    return png.join(SIZE, _palette(), bands)


def card_key(title: str, site_name: str, page: str = "") -> str:
    """Give the path below the output of a page's card; it follows from all that is drawn.

    `page` is the page's own path, such as `articles/x/`: two pages of one title have a card each,
    and those that show no title have one together.
    """
    if problem(title):
        title = page = ""
    digest = sha256("\0".join((*_versions(), title, site_name, page)).encode()).hexdigest()[:8]
    return key(PurePosixPath(page).stem or site_name, digest, "png")


def problem(title: str) -> str:
    """Say why a card cannot show a title, or nothing when it can."""
    words = _words(title)
    lacking = next((one for one in words if not one.isspace() and not _has(one)), "")
    if lacking:
        return f'its typeface lacks the character "{lacking}"'
    if not words:
        return "it has no words"
    short = len(words) < 200 and all(len(word) < 40 for word in words.split())
    return "" if short or fit(words)[1] else "it is too long"


def fit(title: str) -> tuple[int, list[str]]:
    """Find the largest size, in pixels, at which the whole of a title fits, and its lines.

    There are no lines when it fits at no size that can be read.
    """
    words = title.split()
    for size in _SIZES if words else ():
        most = int((_BOTTOM - _TOP) / (size * _LEADING))
        if _rows(words, _ROUGH, _WIDTH * _ROUGH / size * _SLACK) > most:
            continue
        count = _rows(words, size, _WIDTH)
        if count <= most:
            return size, _lines(words, size, _balanced(words, size, count))
    return _SIZES[-1], []


def _rows(words: list[str], size: int, width: float) -> int:
    """Count the lines of a width that words take; more than any card holds if a word is wider."""
    if any(_length(word, size) > width for word in words):
        return sys.maxsize
    return len(_lines(words, size, width))


def _lines(words: list[str], size: int, width: float) -> list[str]:
    """Fill lines with words."""
    lines, left, blank = [words[0]], width - _length(words[0], size), _length(" ", size)
    for word in words[1:]:
        needed = blank + _length(word, size)
        if needed <= left:
            lines[-1] += f" {word}"
            left -= needed
        else:
            lines.append(word)
            left = width - _length(word, size)
    return lines


def _balanced(words: list[str], size: int, count: int) -> float:
    """Narrow lines as far as their number allows, so that the last is no lone word; a width."""
    low, high = 0, _WIDTH
    while high - low > 8:
        middle = (low + high) // 2
        if _rows(words, size, middle) <= count:
            high = middle
        else:
            low = middle
    return high


def _words(title: str) -> str:
    """Leave out pictographs, which name nothing, and what joins them."""
    kept = (
        one
        for one in unicodedata.normalize("NFC", title)
        if one not in _VARIATIONS and (unicodedata.category(one) not in _PICTOGRAPHS or _has(one))
    )
    return " ".join("".join(kept).split())


def _drawn(lines: list[str], size: int) -> Image.Image:
    """Write the lines of a title, letter by letter: each is drawn once for all cards."""
    canvas = _canvas(round((len(lines) + 0.3) * size * _LEADING))
    canvas.paste(_BLANK, (png.MARGIN, 0, *canvas.size))
    for number, line in enumerate(lines):
        left, top = _LEFT + png.MARGIN, round(number * size * _LEADING)
        for character in line:
            letter, right, down, advance = _letter(character, size)
            if letter:
                at = (left + right, top + down)
                canvas.paste(0, (*at, at[0] + letter.width, at[1] + letter.height), letter)
            left += advance
    return canvas


@lru_cache(16)
def _canvas(height: int) -> Image.Image:
    # Fresh memory costs more than all that is drawn on it.
    return png.canvas(SIZE[0], height)


@lru_cache(4096)
def _letter(character: str, size: int) -> tuple[Image.Image | None, int, int, int]:
    """Give a letter as a mask, where it stands from the pen, and how far the pen moves on."""
    font = _font(size)
    left, top, right, bottom = map(int, font.getbbox(character))
    advance = round(font.getlength(character))
    if right <= left or bottom <= top:
        return None, 0, 0, advance
    mask = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(mask).text((-left, -top), character, fill=255, font=font)
    return mask, left, top, advance


@cache
def _head() -> png.Band:
    image = Image.new("L", (SIZE[0], _TOP), _BLANK)
    ImageDraw.Draw(image).rectangle((0, 0, SIZE[0], 15), fill=_LINE)
    return png.pack_drawn(image)


@cache
def _paper(height: int) -> png.Band:
    return png.pack_drawn(Image.new("L", (SIZE[0], height), _BLANK))


@lru_cache(8)
def _foot(site_name: str) -> png.Band:
    image = Image.new("L", (SIZE[0], SIZE[1] - _FOOT), _BLANK)
    _sign(ImageDraw.Draw(image), site_name, _SIGNATURE, _BASELINE - _FOOT)
    return png.pack_drawn(image)


@lru_cache(8)
def _site(site_name: str) -> png.Band:
    """Draw what stands under the head of a card without a title."""
    image = Image.new("L", (SIZE[0], SIZE[1] - _TOP), _BLANK)
    _sign(ImageDraw.Draw(image), site_name, 92, 350 - _TOP)
    return png.pack_drawn(image)


def _sign(draw: ImageDraw.ImageDraw, site_name: str, size: int, baseline: int) -> None:
    """Write the site's name with its mark, a reference's number."""
    while size > _SIZES[-1] and _font(size).getlength(site_name) > _WIDTH - size:
        size -= 2
    draw.text((_LEFT, baseline), site_name, fill=0, font=_font(size), anchor="ls")
    left = _LEFT + _font(size).getlength(site_name) + size * 0.12
    top, side = baseline - size * 0.98, size * 0.56
    draw.rounded_rectangle((left, top, left + side, top + side), size * 0.06, fill=_LIGHT)
    middle = (left + side / 2, top + side / 2)
    draw.text(middle, "1", fill=_DARK, font=_font(round(size * 0.42)), anchor="mm")


@cache
def _font(size: int) -> FreeTypeFont:
    # The basic layout is in every build of Pillow; another would need a library of the machine's.
    return ImageFont.truetype(_TYPEFACE, size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(4096)
def _length(word: str, size: int) -> float:
    return _font(size).getlength(word)


@cache
def _has(character: str) -> bool:
    font = _font(40)
    return bytes(font.getmask(character)) != bytes(font.getmask("\uffff"))


@cache
def _versions() -> tuple[str, ...]:
    """Name all that the bytes of a card depend on, beside its words."""
    freetype = str(features.version("freetype2"))
    return str(_EDITION), PIL.__version__, freetype, zlib.ZLIB_RUNTIME_VERSION


@cache
def _palette() -> bytes:
    """Give the 16 colours that four bits stand for."""
    fading = [_between(_INK, _PAPER, at / _BLANK) for at in range(_BLANK + 1)]
    marked = [_between(_INK, _MARK, at / (_LIGHT - _DARK)) for at in range(_LIGHT - _DARK + 1)]
    return bytes(part for colour in (*fading, *marked, _RULE) for part in colour)


def _between(
    one: tuple[int, int, int], other: tuple[int, int, int], share: float
) -> tuple[int, ...]:
    return tuple(round(a + (b - a) * share) for a, b in zip(one, other, strict=True))

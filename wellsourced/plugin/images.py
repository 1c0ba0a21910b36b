"""Publish the pictures that pages show: encoded, stripped, and no other file of images/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from pelican.generators import Generator
from pelican.writers import Writer

from wellsourced.diagnostics import Diagnostic, Location, diagnose
from wellsourced.imaging import cards, drawings, stripping, variants
from wellsourced.imaging.cache import Cache
from wellsourced.imaging.encoding import EncodingError, encode
from wellsourced.imaging.variants import ENCODERS, Variant
from wellsourced.plugin.desk import SETTING, Desk
from wellsourced.plugin.files import put
from wellsourced.plugin.usage import Uses, find_uses
from wellsourced.plugin.where import shown
from wellsourced.processes import stream
from wellsourced.rules.picture_files import UNUSABLE, unused_picture
from wellsourced.rules.site import Site
from wellsourced.source import Document, pictures
from wellsourced.source.pictures import Picture

IMAGES = "images"


class Images(Generator):  # type: ignore[misc]
    """Write each picture that a published page shows, and the site's own sharing picture."""

    made_from = frozenset({"pictures", "uses"})

    def generate_output(self, writer: Writer) -> None:
        """Write them; `found` tells which could not be."""
        del writer
        desk: Desk = self.settings[SETTING]
        output, cache = Path(self.output_path), _cache(self.settings)
        used = [uses for document, uses in _uses(desk.site) if _is_published(document)]
        press = Press(desk.site, Path(self.settings["PATH"]) / IMAGES, output, cache)
        press.print(name for uses in used for name in uses.pictures)
        press.copy(name for uses in used for name in uses.files)
        self.found = [*press.found(), *_copy_theme(Path(self.settings["THEME"]), output)]
        for key, data in share_picture("", self.settings):
            put(output / key, data)
        cache.trim()
        desk.found.extend(self.found)


@dataclass
class Press:
    """Makes files of the pictures in a folder; `problems` maps a name to what went wrong."""

    site: Site
    folder: Path
    output: Path
    cache: Cache
    problems: dict[str, str] = field(default_factory=dict)

    def print(self, names: Iterable[str]) -> None:
        """Write what pages show of some pictures; several are encoded at once."""
        jobs = []
        for name in sorted(set(names) & self.site.pictures.keys()):
            picture = self.site.pictures[name]
            data = self._read(picture)
            if data is None:
                continue
            if not picture.plan:
                put(self.output / picture.key, drawings.optimise(data).data)
            elif missing := self._take_from_cache(picture, data):
                jobs.append(_Job(self.folder / name, picture, missing))
        for name, files, problem in stream(partial(_encode, self.cache), jobs, least=1):
            for key, data in files:
                put(self.output / key, data)
            if problem:
                self.problems[name] = problem

    def copy(self, names: Iterable[str]) -> None:
        """Write some pictures as they are, for readers to download: all but their metadata."""
        for name in sorted(set(names) & self.site.pictures.keys()):
            picture = self.site.pictures[name]
            data = self._read(picture)
            if data is not None:
                put(self.output / picture.file_key, _bare(data, name))

    def found(self) -> Iterator[Diagnostic]:
        """Tell each use of a picture that could not be made."""
        for document in self.site.documents if self.problems else ():
            for use in pictures.uses(document):
                if problem := self.problems.get(use.name):
                    yield _unreadable(document.location(use.span), use.name, problem)

    def _read(self, picture: Picture) -> bytes | None:
        """Give a picture's bytes, if they are what the pages were rendered for."""
        if picture.fault in UNUSABLE:
            self.problems[picture.name] = picture.detail or str(picture.fault)
            return None
        try:
            data = (self.folder / picture.name).read_bytes()
        except OSError as error:
            self.problems[picture.name] = str(error.strerror)
            return None
        if variants.fingerprint(data) != picture.fingerprint:
            self.problems[picture.name] = "it was changed while the site was built"
            return None
        return data

    def _take_from_cache(self, picture: Picture, data: bytes) -> tuple[Variant, ...]:
        """Write what was encoded before; give the rest."""
        digest, missing = sha256(data).hexdigest(), []
        for variant in picture.plan.files if picture.plan else ():
            held = self.cache.get(*_name(digest, variant, picture))
            if held is None:
                missing.append(variant)
            else:
                put(self.output / variant.key, held)
        return tuple(missing)


@dataclass(frozen=True, slots=True)
class _Job:
    """A picture of which some files are to be encoded."""

    path: Path
    picture: Picture
    missing: tuple[Variant, ...]


def _encode(cache: Cache, job: _Job) -> tuple[str, list[tuple[str, bytes]], str]:
    """Encode and keep files of a picture: its name, pairs of key and bytes, what went wrong."""
    data = job.path.read_bytes()
    digest, files = sha256(data).hexdigest(), []
    try:
        for variant, encoded in encode(data, job.missing, job.picture.lossless):
            cache.put(encoded, *_name(digest, variant, job.picture))
            files.append((variant.key, encoded))
    except EncodingError as error:
        return job.picture.name, [], str(error)
    return job.picture.name, files, ""


def _name(digest: str, variant: Variant, picture: Picture) -> tuple[str, ...]:
    """Name an encoded file by all that its bytes follow from."""
    size = f"{variant.width} {variant.height}"
    return ENCODERS, digest, variant.suffix, size, str(picture.lossless)


def share_picture(
    title: str, settings: Mapping[str, Any], page: str = ""
) -> Iterator[tuple[str, bytes]]:
    """Yield the picture that other sites show beside a link: its path below the output, its bytes.

    It is what `cards.card_key` names, drawn once and then taken from the cache; a title that
    cannot be drawn has none of its own.
    """
    site_name = settings["SITENAME"]
    key, cache = cards.card_key(title, site_name, page), _cache(settings)
    if page and key == cards.card_key("", site_name):
        return
    data = cache.get("card", key)
    if data is None:
        data = cards.card(title, site_name)
        cache.put(data, "card", key)
    yield key, data


def unused(site: Site) -> Iterator[Diagnostic]:
    """Tell the pictures that no published page shows or offers."""
    left = dict.fromkeys(site.pictures)
    for document, uses in _uses(site) if left else ():
        if _is_published(document):
            for name in (*uses.pictures, *uses.files):
                left.pop(name, None)
        if not left:
            return
    for name in left:
        yield unused_picture(f"{site.folder}/{IMAGES}/{name}")


def _copy_theme(theme: Path, output: Path) -> Iterator[Diagnostic]:
    """Write the theme's own pictures, which templates name; tell those that cannot be read."""
    folder = theme / "static" / IMAGES
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        try:
            put(output / IMAGES / name, _bare(path.read_bytes(), name))
        except (drawings.DrawingError, ValueError) as error:
            yield _unreadable(Location(shown(path)), name, str(error))


def _bare(data: bytes, name: str) -> bytes:
    """Give a picture without what it does not show."""
    is_drawing = name.lower().endswith(".svg")
    return drawings.optimise(data).data if is_drawing else stripping.strip(data)


def _unreadable(at: Location, name: str, problem: str) -> Diagnostic:
    message = f'The picture "{name}" cannot be read: {problem}.'
    return diagnose(at, "IMG005", message, "save it anew")


def _uses(site: Site) -> Iterator[tuple[Document, Uses]]:
    """Yield each document with what it uses; what is known already is not looked for again."""
    for document in site.documents:
        outline = getattr(document, "outline", None)
        yield document, outline.uses if outline else find_uses(document, site.library)


def _is_published(document: Document) -> bool:
    return document.status in ("published", "hidden")


def _cache(settings: Mapping[str, Any]) -> Cache:
    return Cache(Path(settings["WELLSOURCED_CACHE"]) / IMAGES)

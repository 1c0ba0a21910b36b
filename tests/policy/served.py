"""A small site served by a real nginx with the configuration that the policy emits."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.conftest import require
from tests.servers.asking import Answer, ask
from tests.servers.nginx import Nginx, precompress
from wellsourced.policy import serving
from wellsourced.policy.serving import Serving

DOSE = "<!doctype html><title>Dose</title><style>p{{margin:0}}</style><p>Take {dose} at night.</p>"
PAGES = {
    "index.html": DOSE.format(dose="nothing") * 20,
    "404.html": "<!doctype html><title>Not found</title>" * 20,
    "articles/x/index.html": DOSE.format(dose="10 mg") * 20,
    "articles/x/references.bib": "@misc{a}" * 40,
    "search/index.html": DOSE.format(dose="a word") * 20,
    "assets/site.0a1b2c3d.js": "'use strict';" * 20,
    "assets/logo.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "feeds/atom.xml": "<feed xmlns='http://www.w3.org/2005/Atom'/>" * 20,
    "pagefind/pagefind.js": "'use strict';" * 20,
    "pagefind/index/en_a0afede.pf_index": "index",
    ".well-known/security.txt": "Contact: https://wellsourced.example/contact/",
    ".hidden/notes.txt": "not for readers",
}
MOVED = {"/articles/old/": "/articles/x/"}


@dataclass(frozen=True, slots=True)
class Served:
    """A served site: the folder that nginx reads and the origin that it answers at."""

    root: Path
    origin: str
    site: Serving

    def get(self, target: str, method: str = "GET", **named: str) -> Answer:
        """Ask for `target`; `if_range` is sent as If-Range."""
        sent = {name.replace("_", "-"): value for name, value in named.items()}
        return ask(self.origin, target, sent, method)


def start(folder: Path, files: dict[str, str], *, preview: bool = False) -> tuple[Path, Nginx]:
    """Write files under `folder`/root, compressed ahead, and make the server for them."""
    require(Nginx.program(), "nginx")
    require(Nginx.brotli_module(), "nginx's brotli_static module")
    root = folder / "root"
    for key, text in files.items():
        path = root / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    site = serving.read(root, MOVED, preview=preview)
    precompress(root)
    return root, Nginx(root, folder, site)

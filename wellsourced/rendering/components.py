"""Render the theme's components: one folder, one template each."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from wellsourced.rendering.words import ENGLISH, Words


class Components:
    """The theme's templates/components/<name>/<name>.html, rendered with named values."""

    def __init__(self, theme: Path, site_url: str, words: Words = ENGLISH) -> None:
        self.theme = theme
        self._site_url = site_url
        self._environment = Environment(
            loader=FileSystemLoader(theme / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        words.install(self._environment)
        self._environment.globals["SITEURL"] = site_url

    def speaking(self, words: Words) -> Components:
        """Give the same components in another language."""
        return Components(self.theme, self._site_url, words)

    def render(self, name: str, **values: object) -> Markup:
        """Render one component.

        Raises `jinja2.TemplateError` when the theme's template is at fault.
        """
        template = self._environment.get_template(f"components/{name}/{name}.html")
        return Markup(template.render(**values).strip())

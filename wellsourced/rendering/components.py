"""Render the theme's components: one folder, one template each."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup


class Components:
    """The theme's templates/components/<name>/<name>.html, rendered with named values."""

    def __init__(self, theme: Path, site_url: str) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(theme / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals["SITEURL"] = site_url

    def render(self, name: str, **values: object) -> Markup:
        """Render one component.

        Raises `jinja2.TemplateError` when the theme's template is at fault.
        """
        template = self._environment.get_template(f"components/{name}/{name}.html")
        return Markup(template.render(**values).strip())

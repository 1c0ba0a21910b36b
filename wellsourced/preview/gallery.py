"""Show each of the theme's components by its examples: one page for each, and an index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError
from markupsafe import Markup

from wellsourced.plugin import assets, stylesheet
from wellsourced.rendering import words

TEMPLATES = Path(__file__).parent / "gallery"
_INSIDE = '<div class="prose">{{ component }}</div>'
_FIELDS = {"name", "context", "inside", "lang", "dir"}


class ExampleError(Exception):
    """An examples.yaml that does not say what the gallery needs; its file and what is wrong."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}")


@dataclass(frozen=True, slots=True)
class Example:
    """One use of a component.

    `context` holds the values of its template. `inside` is the template of what stands around
    it, where `component` is its markup. `number` counts the component's examples from 1.
    """

    component: str
    number: int
    name: str
    context: Mapping[str, Any]
    inside: str = _INSIDE
    lang: str = "en"
    dir: str = "ltr"

    @property
    def path(self) -> str:
        """Give the path of its page below the gallery's folder."""
        return f"{self.component}/{self.number}.html"


def examples(theme: Path) -> Iterator[Example]:
    """Read templates/components/*/examples.yaml; raises `ExampleError`."""
    for folder in sorted((theme / "templates" / "components").iterdir()):
        path = folder / "examples.yaml"
        if not (folder / f"{folder.name}.html").is_file():
            continue
        if not path.is_file():
            raise ExampleError(path, "the component has no examples")
        try:
            loaded = yaml.safe_load(path.read_text("utf-8"))
        except yaml.YAMLError as error:
            raise ExampleError(path, str(error)) from error
        if not isinstance(loaded, list) or not loaded:
            raise ExampleError(path, "write a list of examples, each with a name and a context")
        for number, entry in enumerate(loaded, 1):
            if not isinstance(entry, dict) or not {"name", "context"} <= entry.keys() <= _FIELDS:
                raise ExampleError(path, f"example {number} needs a name and a context")
            yield Example(folder.name, number, **entry)


def pages(theme: Path) -> dict[str, str]:
    """Render the gallery: path below its folder → text.

    Raises `stylesheet.StyleSheetError`, and `ExampleError` also where a template is at fault or
    asks for a value that its example does not give.
    """
    environment = _environment(theme)
    script = assets.script(theme)
    frame = {
        "site_css": Markup(stylesheet.read(theme) + stylesheet.read(theme, listing=True)),
        "site_js": script.key if script else "",
    }
    found = list(examples(theme))
    written = {script.key: script.text} if script else {}
    written["sample.svg"] = (TEMPLATES / "sample.svg").read_text("utf-8")
    page = environment.get_template("gallery/example.html")
    for example in found:
        try:
            shown = _shown(environment, example)
        except TemplateError as error:
            path = theme / "templates" / "components" / example.component / "examples.yaml"
            raise ExampleError(path, f'in the example "{example.name}", {error}') from error
        written[example.path] = page.render(frame, example=example, shown=shown)
    written["index.html"] = environment.get_template("gallery/index.html").render(examples=found)
    return written


def write(theme: Path, folder: Path) -> Path:
    """Write the gallery into `folder`; gives its index. Raises what `pages` raises."""
    for path, text in pages(theme).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8", newline="")
    return folder / "index.html"


def _environment(theme: Path) -> Environment:
    """Make the environment of a build, which besides refuses a value that nobody gave."""
    environment = Environment(
        loader=FileSystemLoader([theme / "templates", TEMPLATES.parent]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words.ENGLISH.install(environment)
    environment.globals |= {
        "SITEURL": "",
        "start": "",
        "page_lang": words.ENGLISH.tag,
        "reference_url": "/references/#{}".format,
    }
    return environment


def _shown(environment: Environment, example: Example) -> Markup:
    template = environment.get_template(f"components/{example.component}/{example.component}.html")
    component = Markup(template.render(example.context).strip())
    inside = environment.from_string(example.inside)
    return Markup(inside.render({**example.context, "component": component}).strip())

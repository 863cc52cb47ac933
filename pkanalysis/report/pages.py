"""The project's page templates: self-contained HTML with everything escaped unless it is already markup."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

FOLDER = Path(__file__).parent / "templates" / "pkanalysis"


def page(name: str, **values: Any) -> str:
    """Render the page template ``name`` (``batch``, ``failure``)."""
    return _environment().get_template(f"{name}.html.j2").render(**values)


def css_string(text: str) -> Markup:
    r"""Text as a CSS string for running heads and feet; whatever is not a plain letter or digit is a code.

    Examples
    --------
    >>> css_string('A"</style>')
    Markup('"A\\000022\\00003c\\00002fstyle\\00003e"')
    """
    return Markup('"%s"') % Markup("").join(
        Markup(char if char.isascii() and char.isalnum() else f"\\{ord(char):06x}") for char in text
    )


def style() -> Markup:
    """The style sheet, to be put inside the page."""
    return Markup((FOLDER / "style.css").read_text(encoding="utf-8"))


def furnish(environment: Environment) -> Environment:
    """Give a Jinja environment what the page templates need; escaping is on."""
    environment.autoescape = True
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.filters["css_string"] = css_string
    environment.globals["style"] = style()
    return environment


@cache
def _environment() -> Environment:
    return furnish(Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined))

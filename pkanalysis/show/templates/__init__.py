"""Blocks as HTML and as plain text; Jinja escapes everything that came from data."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

_ENVIRONMENT = Environment(
    loader=PackageLoader("pkanalysis.show", "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def html(payload: dict[str, Any], number: str = "") -> str:
    """One block as an HTML fragment; ``number`` (``Tabel 3``) is what its document calls it."""
    template = _ENVIRONMENT.get_template(f"{payload['kind'].lower()}.html.j2")
    return template.render(block=payload, number=number, sentence=sentence)


def sentence(item: dict[str, Any]) -> Markup:
    """One phrase with its values filled in and escaped; ``**strong**`` becomes bold."""
    values = {name: escape(cell["text"]) for name, cell in item["values"].items()}
    filled = [Markup(escape(part)).format_map(values) for part in item["pattern"].split("**")]
    return Markup("").join(Markup("<strong>%s</strong>") % part if i % 2 else part for i, part in enumerate(filled))


def plain(payload: dict[str, Any]) -> str:
    """One block as text: what a copy of it into a mail should say, the sample mark first."""
    lines = [payload["mark"], payload["caption"]]
    if payload["kind"] == "Table":
        lines.append("\t".join(column["label"] for column in payload["columns"]))
        lines += ["\t".join(cell["text"] for cell in row) for row in payload["rows"]]
    lines += [item["text"] for item in payload.get("items", [])]
    lines += [payload["alt"] if payload["kind"] == "Figure" else "", payload["note"], payload["source"]]
    return "\n".join(line for line in lines if line)

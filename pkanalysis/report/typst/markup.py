"""The pandoc document as Typst markup, in which every word is a string and fits its column."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from pkanalysis.report.pandoc import Ast, nodes, program
from pkanalysis.report.pandoc.blocks import BELOW, FORM, SIZE
from pkanalysis.report.pandoc.layout import LINE, LYING, UPRIGHT, room, width, words
from pkanalysis.report.pandoc.nodes import Node
from pkanalysis.report.typst.hyphenation import SOFT_HYPHEN, pieces

TEMPLATE = Path(__file__).parents[1] / "templates" / "typst" / "laporan.typ"
HIGHEST = 560.0
"""Height in points that leaves room for a heading above a figure and its caption below."""

_KEPT = {"Figure": "utuh", "Table": "utuh-bila-pendek"}
_CLOSE = nodes.raw_block("typst", "]")


def markup(document: Ast) -> bytes:
    """The document as Typst markup inside our page template."""
    options = ("--from=json", "--to=typst", "--wrap=none", f"--template={TEMPLATE}")
    return program.run(literal(document).json(), *options)


def literal(document: Ast) -> Ast:
    """The same document with every word as a Typst string, which is never read as markup.

    Pandoc's own escapes leave ``- x`` a list, ``= x`` a heading and ``-5`` a minus sign of another kind.
    """
    shapes: nodes.Rules = {
        "Image": lambda node: _image(node, document),
        "Div": lambda node: _called(node, nodes.raw_block),
        "Span": lambda node: _called(node, nodes.raw),
        "Table": _table,
    }
    parts = (document.meta, _kept(document.blocks))
    meta, blocks = (_fitted(nodes.rewrite(part, shapes), LINE) for part in parts)
    return replace(document, meta=meta, blocks=tuple(blocks))


def string(text: str) -> str:
    r"""Text as a Typst string.

    Examples
    --------
    >>> string('a "b" \\ c')
    '"a \\"b\\" \\\\ c"'
    """
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}"'


def _kept(blocks: Iterable[Node]) -> list[Node]:
    """Each table or figure with what stands below it, together on a page where they fit."""
    kept: list[Node] = []
    for node in blocks:
        if _has_class(node, BELOW) and kept and kept[-1] is _CLOSE:
            kept[-1:] = [node, _CLOSE]
        elif node["t"] in _KEPT:
            name = "utuh" if FORM in node["c"][0][1] else _KEPT[node["t"]]
            kept += [nodes.raw_block("typst", f"#{name}["), node, _CLOSE]
        else:
            kept.append(node | {"c": [node["c"][0], _kept(node["c"][1])]} if _has_class(node, LYING) else node)
    return kept


def _has_class(node: Node, name: str) -> bool:
    return node["t"] == "Div" and name in node["c"][0][1]


def _fitted(content: Any, space: float) -> Any:
    """The same content with its texts as strings, each word of which fits into ``space`` em."""
    return nodes.rewrite(content, {"Str": lambda node: nodes.raw("typst", _text(node["c"], space))})


def _text(text: str, space: float) -> str:
    parts = text.split(" ")
    if all(len(part) < space for part in parts):  # no letter is wider than one em
        return f"#{string(text)};"
    return " ".join(_word(part, space) for part in parts)


def _word(word: str, space: float) -> str:
    """A word; one that is wider than its space may break at a hyphen or, if need be, anywhere."""
    if max(map(width, words(word))) <= space + 0.1:  # shares of columns are rounded
        return f"#{string(word)};"
    parts = pieces(word)
    if len(parts) > 1 and max(map(width, parts)) <= space:
        return f"#{string(SOFT_HYPHEN.join(parts))};"
    return f"#patah({string(word)});"


def _table(node: Node) -> Node:
    """A table of ours, whose words know how wide their column is."""
    attributes, caption, forms, head, bodies, foot = node["c"]
    if not (size := dict(attributes[2]).get(SIZE)):
        return node
    spaces = [room(form[1]["c"], float(size.removesuffix("pt")), attributes[1]) for form in forms]
    head = [head[0], [_row(row, spaces) for row in head[1]]]
    bodies = [[*body[:3], [_row(row, spaces) for row in body[3]]] for body in bodies]
    return node | {"c": [attributes, caption, forms, head, bodies, foot]}


def _row(row: list[Any], spaces: list[float]) -> list[Any]:
    """One row; a cell over several columns has the space of the first and breaks all the same."""
    return [row[0], [[*cell[:4], _fitted(cell[4], space)] for cell, space in zip(row[1], spaces, strict=False)]]


def _called(node: Node, raw: Callable[[str, str], Node]) -> list[Node]:
    """The function of the template that has the node's name, around what the node holds."""
    (_, (name,), _), content = node["c"]
    return [raw("typst", f"#{name}["), *content, raw("typst", "]")]


def _image(node: Node, document: Ast) -> Node | list[Node]:
    """A drawing with its alt text; a picture that is not the document's gives way to its words."""
    _, alt, (target, _) = node["c"]
    if not (picture := document.pictures.get(target)):
        return list(alt)
    size = picture.size(UPRIGHT, HIGHEST)
    options = f'format: "svg", width: {"lebar" if size else "100%"}'
    if alt:  # without it the compiler refuses the document, as it should
        options += f", alt: {string(nodes.text(alt))}"
    image = f"image(bytes({string(picture.svg.decode())}), {options})"
    return nodes.raw("typst", f"#muat({size[0]:.2f}pt, {size[1]:.2f}pt, lebar => {image})" if size else f"#{image}")

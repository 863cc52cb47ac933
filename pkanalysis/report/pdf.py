"""The nbconvert exporter ``pkanalysis-pdf``: a report on paper, tagged so that it can also be listened to.

From the pandoc document to PDF: Typst markup, our page template, and the compiler.

Typst's compiler: one per process, with our fonts only, so that every machine makes the same page.

Where Indonesian words may break; Typst itself has no patterns for them.

The pandoc document as Typst markup, in which every word is a string and fits its column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbconvert.exporters import Exporter
from nbformat import NotebookNode

from pkanalysis.errors import PkError
from pkanalysis.report import pandoc
from pkanalysis.report.layout import LINE, LYING, UPRIGHT, room, width, words
from pkanalysis.report.pandoc import Node
from pkanalysis.report.paper import BELOW, FORM, SIZE, Ast, document

if TYPE_CHECKING:
    import typst
    from pyphen import Pyphen

_FONTS = (("font_source_sans_pro", "files"), ("matplotlib", "mpl-data/fonts/ttf"))
"""The letters of the page, and those for signs that they lack; Typst reads a folder in the order of names."""


def compiled(markup: bytes) -> bytes:
    """Typst markup as tagged PDF/UA; the same markup gives the same bytes.

    Raises
    ------
    PkError
        When the document is not accessible (a figure without alt text, say).
    """
    import typst

    try:
        made = _compiler().compile(input=markup, format="pdf", pdf_standards="ua-1", timestamp=0)
    except typst.TypstError as error:
        raise PkError(f"PDF tidak dapat dibuat: {error.message.strip()}") from error
    return bytes(made)  # type: ignore[arg-type]  # a PDF is never a list of pages


@cache
def _compiler() -> typst.Compiler:
    import typst

    folders = [_folder(package, inside) for package, inside in _FONTS]
    return typst.Compiler(font_paths=typst.Fonts(include_system_fonts=False, font_paths=folders))


def _folder(package: str, inside: str) -> Path:
    """A folder of an installed package, which is not imported for it."""
    wheel = find_spec(package)
    if wheel and wheel.submodule_search_locations:
        return Path(wheel.submodule_search_locations[0]) / inside
    raise PkError(f"Huruf untuk PDF tidak ada: paket {package} belum terpasang; pasang ulang pkanalysis.")


SOFT_HYPHEN = "\u00ad"
_WORD = re.compile(r"(\W*)([^\W\d_]+)(\W*)")


def pieces(word: str) -> list[str]:
    """The parts of a word between which it may break, at least three letters at both ends.

    Examples
    --------
    >>> pieces("penyelenggaraan"), pieces("5.1.02.04.01.0001")
    (['penye', 'leng', 'ga', 'raan'], ['5.1.02.04.01.0001'])
    >>> pieces("(penyelenggaraan),")
    ['(penye', 'leng', 'ga', 'raan),']
    """
    if not (found := _WORD.fullmatch(word)):
        return [word]
    before, letters, after = found.groups()
    return f"{before}{_patterns().inserted(letters, SOFT_HYPHEN)}{after}".split(SOFT_HYPHEN)


@cache
def _patterns() -> Pyphen:
    from pyphen import Pyphen

    return Pyphen(lang="id_ID", left=3, right=3)


TEMPLATE = Path(__file__).parent / "templates" / "typst" / "laporan.typ"
HIGHEST = 560.0
"""Height in points that leaves room for a heading above a figure and its caption below."""

_KEPT = {"Figure": "utuh", "Table": "utuh-bila-pendek"}
_CLOSE = pandoc.raw_block("typst", "]")


def markup(document: Ast) -> bytes:
    """The document as Typst markup inside our page template."""
    options = ("--from=json", "--to=typst", "--wrap=none", f"--template={TEMPLATE}")
    return pandoc.run(literal(document).json(), *options)


def literal(document: Ast) -> Ast:
    """The same document with every word as a Typst string, which is never read as markup.

    Pandoc's own escapes leave ``- x`` a list, ``= x`` a heading and ``-5`` a minus sign of another kind.
    """
    shapes: pandoc.Rules = {
        "Image": lambda node: _image(node, document),
        "Div": lambda node: _called(node, pandoc.raw_block),
        "Span": lambda node: _called(node, pandoc.raw),
        "Table": _table,
    }
    parts = (document.meta, _kept(document.blocks))
    meta, blocks = (_fitted(pandoc.rewrite(part, shapes), LINE) for part in parts)
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
            kept += [pandoc.raw_block("typst", f"#{name}["), node, _CLOSE]
        else:
            kept.append(node | {"c": [node["c"][0], _kept(node["c"][1])]} if _has_class(node, LYING) else node)
    return kept


def _has_class(node: Node, name: str) -> bool:
    return node["t"] == "Div" and name in node["c"][0][1]


def _fitted(content: Any, space: float) -> Any:
    """The same content with its texts as strings, each word of which fits into ``space`` em."""
    return pandoc.rewrite(content, {"Str": lambda node: pandoc.raw("typst", _text(node["c"], space))})


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
        options += f", alt: {string(pandoc.text(alt))}"
    image = f"image(bytes({string(picture.svg.decode())}), {options})"
    return pandoc.raw("typst", f"#muat({size[0]:.2f}pt, {size[1]:.2f}pt, lebar => {image})" if size else f"#{image}")


class PdfExporter(Exporter):
    """Prints the Markdown cells and the blocks of a notebook; no LaTeX, no browser, no fonts of the machine."""

    export_from_notebook = "Laporan pkanalysis (PDF)"
    output_mimetype = "application/pdf"
    file_extension = ".pdf"

    def from_notebook_node(  # type: ignore[override]  # bytes, as nbconvert's own PDF exporter
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **_: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """Convert one run notebook; nothing changes it, so it is not copied as the base class does."""
        resources = self._init_resources(resources)
        return compiled(markup(document(nb))), resources

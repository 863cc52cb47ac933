"""From the pandoc document to PDF: Typst markup in which every word is a string, our page template, the compiler."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from pkanalysis.errors import PkError
from pkanalysis.report import pandoc
from pkanalysis.report.html import BlockExporter
from pkanalysis.report.layout import LINE, LYING, UPRIGHT, room, width, words
from pkanalysis.report.pandoc import Node, node
from pkanalysis.report.paper import BELOW, FORM, SIZE, Ast, document
from pkanalysis.report.parts import Reading

if TYPE_CHECKING:
    import typst

TEMPLATE = Path(__file__).parent / "templates" / "typst" / "laporan.typ"
HIGHEST = 560.0
"""Height in points that leaves room for a heading above a figure and its caption below."""

SOFT_HYPHEN = "\u00ad"
_KEPT = {"Figure": "utuh", "Table": "utuh-bila-pendek"}
_CLOSE = node("RawBlock", ["typst", "]"])
_LETTERS = re.compile(r"(\W*)([^\W\d_]+)(\W*)")
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
    """One per process, with our fonts only, so that every machine makes the same page."""
    import typst

    folders = []
    for package, inside in _FONTS:  # folders of installed packages, which are not imported for it
        wheel = find_spec(package)
        if not (wheel and wheel.submodule_search_locations):
            raise PkError(f"Huruf untuk PDF tidak ada: paket {package} belum terpasang; pasang ulang pkanalysis.")
        folders.append(Path(wheel.submodule_search_locations[0]) / inside)
    return typst.Compiler(font_paths=typst.Fonts(include_system_fonts=False, font_paths=folders))


def markup(document: Ast) -> bytes:
    """The document as Typst markup inside our page template, with every word as a string that is never read as markup.

    Pandoc's own escapes leave ``- x`` a list, ``= x`` a heading and ``-5`` a minus sign of another kind. A division
    or span becomes the function of the template that has its name, around what it holds.
    """
    shapes: pandoc.Rules = {
        "Image": partial(_image, document),
        "Div": _called,
        "Span": _called,
        "Table": _table,
    }
    parts = (pandoc.rewrite(part, shapes) for part in (document.meta, _kept(document.blocks)))
    meta, blocks = (pandoc.rewrite(part, {"Str": partial(_strings, LINE)}) for part in parts)
    options = ("--from=json", "--to=typst", "--wrap=none", f"--template={TEMPLATE}")
    return pandoc.run(pandoc.document(blocks, meta), *options)


def _called(part: Node) -> list[Node]:
    (_, (name,), _), content = part["c"]
    kind = "RawBlock" if part["t"] == "Div" else "RawInline"
    return [node(kind, ["typst", f"#{name}["]), *content, node(kind, ["typst", "]"])]


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
    for part in blocks:
        classes = part["c"][0][1] if part["t"] == "Div" else []
        if BELOW in classes and kept and kept[-1] is _CLOSE:
            kept[-1:] = [part, _CLOSE]
        elif part["t"] in _KEPT:
            name = "utuh" if FORM in part["c"][0][1] else _KEPT[part["t"]]
            kept += [node("RawBlock", ["typst", f"#{name}["]), part, _CLOSE]
        else:
            kept.append(part | {"c": [part["c"][0], _kept(part["c"][1])]} if LYING in classes else part)
    return kept


def _strings(space: float, part: Node) -> Node:
    """Text as strings; a word wider than ``space`` em may break at a hyphen or, if need be, anywhere."""
    every, made = part["c"].split(" "), []
    if all(len(word) < space for word in every):  # no letter is wider than one em
        return node("RawInline", ["typst", f"#{string(part['c'])};"])
    for word in every:
        if max(map(width, words(word))) <= space + 0.1:  # shares of columns are rounded
            made.append(f"#{string(word)};")
            continue
        parts = pieces(word)
        is_parted = len(parts) > 1 and max(map(width, parts)) <= space
        made.append(f"#{string(SOFT_HYPHEN.join(parts))};" if is_parted else f"#patah({string(word)});")
    return node("RawInline", ["typst", " ".join(made)])


def pieces(word: str) -> list[str]:
    """The parts of an Indonesian word between which it may break, at least three letters at both ends.

    Examples
    --------
    >>> pieces("penyelenggaraan"), pieces("5.1.02.04.01.0001")
    (['penye', 'leng', 'ga', 'raan'], ['5.1.02.04.01.0001'])
    >>> pieces("(penyelenggaraan),")
    ['(penye', 'leng', 'ga', 'raan),']
    """
    if not (found := _LETTERS.fullmatch(word)):
        return [word]
    from pyphen import Pyphen  # Typst itself has no patterns for Indonesian

    before, letters, after = found.groups()
    parted = Pyphen(lang="id_ID", left=3, right=3).inserted(letters, SOFT_HYPHEN)
    return f"{before}{parted}{after}".split(SOFT_HYPHEN)


def _table(part: Node) -> Node:
    """A table of ours, whose words know how wide their column is; one over several breaks as in the first."""
    (_, classes, keys), _, forms, head, bodies, _ = part["c"]
    if size := dict(keys).get(SIZE):
        spaces = [room(form[1]["c"], float(size.removesuffix("pt")), classes) for form in forms]
        for row in [*head[1], *(row for body in bodies for row in body[3])]:
            for cell, space in zip(row[1], spaces, strict=False):
                cell[4] = pandoc.rewrite(cell[4], {"Str": partial(_strings, space)})
    return part


def _image(document: Ast, part: Node) -> Node | list[Node]:
    """A drawing with its alt text; a picture that is not the document's gives way to its words."""
    _, alt, (target, _) = part["c"]
    if not (picture := document.pictures.get(target)):
        return list(alt)
    size = picture.size(UPRIGHT, HIGHEST)
    options = f'format: "svg", width: {"lebar" if size else "100%"}'
    if alt:  # without it the compiler refuses the document, as it should
        options += f", alt: {string(pandoc.text(alt))}"
    image = f"image(bytes({string(picture.svg.decode())}), {options})"
    code = f"#muat({size[0]:.2f}pt, {size[1]:.2f}pt, lebar => {image})" if size else f"#{image}"
    return node("RawInline", ["typst", code])


class PdfExporter(BlockExporter):
    """The nbconvert exporter ``pkanalysis-pdf``: no LaTeX, no browser, no fonts of the machine."""

    export_from_notebook = "Laporan pkanalysis (PDF)"
    output_mimetype = "application/pdf"
    file_extension = ".pdf"

    def made(self, reading: Reading) -> bytes:
        """The file, tagged so that it can also be listened to."""
        return compiled(markup(document(reading)))

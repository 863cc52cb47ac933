"""The pandoc document as Typst markup, and Typst's compiler: one per process, with our fonts only."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from pkanalysis.errors import PkError
from pkanalysis.report.pandoc import Ast, nodes, program
from pkanalysis.report.pandoc.layout import UPRIGHT
from pkanalysis.report.pandoc.nodes import Node

if TYPE_CHECKING:
    import typst

TEMPLATE = Path(__file__).parent / "templates" / "typst" / "laporan.typ"
HIGHEST = 620.0
"""Height in points that leaves a figure's caption on the same page."""

_FONTS = (("font_source_sans_pro", "files"), ("matplotlib", "mpl-data/fonts/ttf"))
"""The letters of the page, and those for signs that they lack; Typst reads a folder in the order of names."""


def pdf(document: Ast) -> bytes:
    """The document as tagged PDF/UA; the same document gives the same bytes.

    Raises
    ------
    PkError
        When the document is not accessible (a figure without alt text).
    """
    import typst

    markup = program.run(
        literal(document).json(), "--from=json", "--to=typst", "--wrap=none", f"--template={TEMPLATE}"
    )
    try:
        made = _compiler().compile(input=markup, format="pdf", pdf_standards="ua-1", timestamp=0)
    except typst.TypstError as error:
        raise PkError(f"PDF tidak dapat dibuat: {error.message.strip()}") from error
    return bytes(made)  # type: ignore[arg-type]  # a PDF is never a list of pages


def literal(document: Ast) -> Ast:
    """The same document with every word as a Typst string, which is never read as markup.

    Pandoc's own escapes leave ``- x`` a list, ``= x`` a heading and ``-5`` a minus sign of another kind.
    """
    shapes: nodes.Rules = {
        "Image": lambda node: _image(node, document),
        "Div": lambda node: [nodes.raw_block("typst", f"#{_name(node)}["), *node["c"][1], nodes.raw_block("typst", "]")],
        "Span": lambda node: [nodes.raw("typst", f"#{_name(node)}["), *node["c"][1], nodes.raw("typst", "]")],
    }
    words: nodes.Rules = {"Str": lambda node: nodes.raw("typst", f"#{string(node['c'])};")}
    meta, blocks = (
        nodes.rewrite(nodes.rewrite(part, shapes), words) for part in (dict(document.meta), list(document.blocks))
    )
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


def _image(node: Node, document: Ast) -> Node | list[Node]:
    """A drawing with its alt text; a picture that is not the document's gives way to its words."""
    _, alt, (target, _) = node["c"]
    if not (picture := document.pictures.get(target)):
        return list(alt)
    size = picture.size(UPRIGHT, HIGHEST)
    options = f'format: "svg", width: {f"{size[0]:.2f}pt" if size else "100%"}'
    if alt:  # without it the compiler refuses the document, as it should
        options += f", alt: {string(nodes.text(alt))}"
    return nodes.raw("typst", f"#image(bytes({string(picture.svg.decode())}), {options})")


def _name(node: Node) -> str:
    """The function of the template that draws a named division or span."""
    name: str = node["c"][0][1][0]
    return name


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

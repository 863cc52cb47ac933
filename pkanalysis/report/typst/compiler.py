"""Typst's compiler: one per process, with our fonts only, so that every machine makes the same page."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from pkanalysis.errors import PkError

if TYPE_CHECKING:
    import typst

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

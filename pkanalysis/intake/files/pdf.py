"""A PDF with a text layer as sheets: one sheet per page, one text cell per line."""

from __future__ import annotations

from pathlib import Path

from pypdfium2 import PdfDocument, PdfiumError

from pkanalysis.errors import PkError

Pages = dict[str, list[list[str]]]


def pages(path: Path) -> Pages:
    """Lines of every page, in reading order, under the names ``halaman 1`` and on.

    Parameters
    ----------
    path : pathlib.Path
        The PDF.

    Raises
    ------
    PkError
        The file is locked, is no whole PDF, or holds pictures instead of text.
    """
    try:
        document = PdfDocument(path)
        try:
            found = {f"halaman {place + 1}": _lines(document, place) for place in range(len(document))}
        finally:
            document.close()
    except (PdfiumError, OSError) as error:
        raise PkError(f"{path.name} {_why_closed(error)}") from error
    if not any(found.values()):
        raise PkError(
            f"{path.name} tidak punya lapisan teks (hasil pindai atau foto), sehingga angkanya tidak dapat dibaca; "
            "unduh PDF aslinya dari SIPD."
        )
    return found


def _lines(document: PdfDocument, place: int) -> list[list[str]]:
    page = document[place]
    written = page.get_textpage().get_text_range()
    return [[line.strip()] for line in written.splitlines() if line.strip()]


def _why_closed(error: Exception) -> str:
    if "password" in str(error).lower():
        return "terkunci kata sandi; simpan ulang tanpa kata sandi."
    return "bukan PDF yang utuh; unduh ulang berkasnya."

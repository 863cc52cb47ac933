"""A PDF with one text line per line of each page: just enough for a document that is read for its words."""

from __future__ import annotations

from pathlib import Path

from damaged.page import Page

_FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def as_pdf(path: Path, pages: list[Page]) -> None:
    """Write every page of one-cell rows as a page of the PDF."""
    path.write_bytes(as_lines([[str(cells[0]) for cells in page.rows] for page in pages]))


def as_lines(pages: list[list[str]]) -> bytes:
    """The PDF that shows the text lines of every page."""
    return _document(["".join(_shown(line, row) for row, line in enumerate(lines)) for lines in pages])


def as_picture(path: Path, pages: list[Page]) -> None:
    """Write pages without a letter, as a scanner does."""
    path.write_bytes(_document(["0.8 g 60 60 400 600 re f" for _ in pages]))


def _shown(line: str, row: int) -> str:
    words = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /F1 7 Tf 20 {820 - 10 * row} Td ({words}) Tj ET\n"


def _document(contents: list[str]) -> bytes:
    """Catalogue, page tree, font, then a page and its content by turns, and the table of where they stand."""
    kids = " ".join(f"{number} 0 R" for number in range(4, 2 * len(contents) + 4, 2))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {len(contents)}>>", _FONT]
    for content in contents:
        box, resources = "/Parent 2 0 R/MediaBox[0 0 595 842]", "/Resources<</Font<</F1 3 0 R>>>>"
        objects.append(f"<</Type/Page{box}/Contents {len(objects) + 2} 0 R{resources}>>")
        objects.append(f"<</Length {len(content)}>>stream\n{content}endstream")
    body, places = "%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{item}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    tail = f"trailer\n<</Root 1 0 R/Size {size}>>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}{tail}".encode("latin-1")

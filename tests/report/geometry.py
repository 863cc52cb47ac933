"""Where the words of a PDF stand on their page, computed from its fonts."""

import io
from dataclasses import dataclass
from itertools import pairwise

import pypdf
from pypdf.generic import ByteStringObject, TextStringObject


@dataclass(frozen=True)
class Run:
    """Letters on one line: from ``left`` to ``right``, on the base line ``y``, in points of the page."""

    page: int
    left: float
    right: float
    y: float


@dataclass(frozen=True)
class Pages:
    """The sizes of the pages in points, and all that is written on them."""

    sizes: tuple
    runs: tuple

    def outside(self, margin):
        """Runs that come nearer than ``margin`` points to the edge of their page."""
        return [run for run in self.runs if not self._is_inside(run, margin)]

    def overlapping(self):
        """Pairs of runs on one line that lie on each other, as when a word runs into the next column."""
        ordered = sorted(self.runs, key=lambda run: (run.page, round(run.y, 1), run.left))
        pairs = pairwise(ordered)
        return [(a, b) for a, b in pairs if a.page == b.page and abs(a.y - b.y) < 0.2 and a.right > b.left + 2]

    def _is_inside(self, run, margin):
        width, height = self.sizes[run.page]
        return run.left >= margin and run.right <= width - margin and margin <= run.y <= height - margin


def pages(content):
    reader = pypdf.PdfReader(io.BytesIO(content))
    sizes = tuple((float(page.mediabox.width), float(page.mediabox.height)) for page in reader.pages)
    return Pages(sizes, tuple(run for number, page in enumerate(reader.pages) for run in _runs(number, page)))


def _runs(number, page):
    fonts = {name: _widths(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
    state, runs = {"font": {}, "size": 0.0}, []

    def visit(operator, operands, matrix, text_matrix):
        if operator == b"Tf":
            state.update(font=fonts[operands[0]], size=float(operands[1]))
        if operator in (b"Tj", b"TJ") and (moved := _advance(operands[0], state["font"])):
            scale = text_matrix[0] * matrix[0] * state["size"] / 1000
            left = text_matrix[4] * matrix[0] + matrix[4]
            runs.append(Run(number, left, left + scale * moved, text_matrix[5] * matrix[3] + matrix[5]))

    page.extract_text(visitor_operand_before=visit)
    return runs


def _advance(shown, widths):
    """How far the letters reach, in thousandths of their size."""
    moved = seen = 0.0
    for part in shown if isinstance(shown, list) else [shown]:
        if not isinstance(part, ByteStringObject | TextStringObject):
            moved -= float(part)
            continue
        codes = part if isinstance(part, bytes) else part.original_bytes
        for place in range(0, len(codes), 2):
            moved += widths.get(int.from_bytes(codes[place : place + 2]), 1000.0)
            seen = moved
    return seen


def _widths(font):
    """Width of each glyph in thousandths of the size, from the ``/W`` of a font with two-byte codes."""
    parts, found = list(font["/DescendantFonts"][0].get_object()["/W"]), {}
    while parts:
        first, second = int(parts.pop(0)), parts.pop(0)
        if isinstance(second, list):
            found |= {first + place: float(width) for place, width in enumerate(second)}
        else:
            found |= dict.fromkeys(range(first, int(second) + 1), float(parts.pop(0)))
    return found

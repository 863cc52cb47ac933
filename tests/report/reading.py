"""A report read back from each format, as a colleague's program would read it."""

import io
import re
from collections import Counter
from dataclasses import dataclass, field, fields
from functools import cached_property, reduce
from itertools import takewhile
from operator import add

import docx
import pypdf
from bs4 import BeautifulSoup
from docx.oxml.ns import qn
from nbformat import NotebookNode
from openpyxl import load_workbook

from pkanalysis.config import SAMPLE_MARK
from pkanalysis.report import parts

NUMBERED = {"Table": "Tabel", "Figure": "Gambar"}
INVISIBLE = "\u00ad\u200e\u200f"


@dataclass(frozen=True)
class Seen:
    """What one format shows; ``captions`` without sample mark, ``text`` is everything in order."""

    headings: list
    captions: list
    alts: list
    tables: int
    text: str

    def __add__(self, other):
        return Seen(*(getattr(self, item.name) + getattr(other, item.name) for item in fields(self)))

    def holds(self, text):
        """Whether the text stands there, however its lines are broken."""
        return compact(text) in self._compact

    @cached_property
    def _compact(self):
        return compact(self.text)


@dataclass(frozen=True)
class Report:
    """One run notebook: what its cells say must be shown, and its files."""

    notebook: dict = field(repr=False)
    files: dict = field(repr=False)

    @property
    def blocks(self):
        return parts.read(self.notebook).blocks

    def of(self, *kinds):
        return [block for block in self.blocks if block["kind"] in kinds]

    @property
    def headings(self):
        sources = [cell.source for cell in self.notebook.cells if cell.cell_type == "markdown"]
        return [line for source in sources for line in re.findall(r"^## (.+)$", source, re.MULTILINE)]

    @property
    def captions(self):
        for letter, part in (("", self.main), ("L", self.blocks[len(self.main) :])):
            counts = Counter()
            for block in (block for block in part if block["kind"] in NUMBERED):
                counts[block["kind"]] += 1
                unit = f" ({block['unit']})" if block["unit"] else ""
                yield f"{NUMBERED[block['kind']]} {letter}{counts[block['kind']]}. {block['caption']}{unit}"

    @property
    def main(self):
        """The blocks before the annex."""
        cells = takewhile(lambda cell: "lampiran" not in cell.metadata.get("tags", []), self.notebook.cells)
        return parts.read(NotebookNode(cells=list(cells))).blocks


def whole(files, form):
    """What a report shows in one format, its annex (a file of its own) after it."""
    return reduce(add, (READERS[form](files[name]) for name in (form, f"lampiran.{form}") if name in files))


def compact(text):
    """The letters alone: without spaces, marks of direction, and hyphens in words, which a line end may add."""
    return re.sub(r"(?<=[^\W\d_])-(?=[^\W\d_])", "", re.sub(rf"[\s{INVISIBLE}]+", "", text))


def spaced(text):
    return " ".join(text.replace(SAMPLE_MARK, "").split())


def html(content):
    soup = BeautifulSoup(content, "html.parser")
    return Seen(
        headings=[heading.text for heading in soup.select("main h2")],
        captions=[spaced(caption.text) for caption in soup.select("figcaption")],
        alts=[image["alt"] for image in soup.select("main img")],
        tables=len(soup.select("main table")),
        text=soup.main.get_text(" "),
    )


def pdf(content):
    reader = pypdf.PdfReader(io.BytesIO(content))
    tags = structure(reader)
    text = " ".join(page.extract_text() for page in reader.pages)
    # Hyphen and soft hyphen share a glyph, and pypdf reports the one that came first; a soft hyphen without a
    # glyph of its own is reported behind its capital.
    text = re.sub(r"\u00ad(?=\d)|(?<=[a-z0-9])\u00ad(?=\S)", "-", text).replace("\u00ad", "")
    return Seen(
        headings=[line.title for line in reader.outline[1] if not isinstance(line, list)],
        captions=re.findall(
            rf"((?:Tabel|Gambar) L?\d+\. (?:(?!\bTabel ).)*?) {SAMPLE_MARK}", re.sub(r"\s+", " ", text)
        ),
        alts=[alt for tag, alt in tags if tag == "/Figure"],
        tables=sum(tag == "/Table" for tag, _ in tags),
        text=text,
    )


def word(content):
    document = docx.Document(io.BytesIO(content))
    paragraphs = document.element.body.iter(qn("w:p"))
    return Seen(
        headings=[part.text for part in document.paragraphs if part.style.name == "Heading 1"],
        captions=[spaced(part.text) for part in document.paragraphs if part.style.name == "Caption"],
        alts=[shape.get("descr") for shape in document.element.body.iter(qn("wp:docPr"))],
        tables=len(document.tables),
        text=" ".join("".join(text.text or "" for text in part.iter(qn("w:t"))) for part in paragraphs),
    )


READERS = {"html": html, "pdf": pdf, "docx": word}


def book(content):
    """The workbook with the results of its formulas."""
    return load_workbook(io.BytesIO(content), data_only=True)


def structure(reader):
    """Every tag of a PDF with its alt text where it has one, in order."""
    return list(_tags(reader.trailer["/Root"]["/StructTreeRoot"]["/K"]))


def _tags(node):
    node = node.get_object()
    if isinstance(node, list):
        for part in node:
            yield from _tags(part)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node["/S"], node.get("/Alt")
        if "/K" in node:
            yield from _tags(node["/K"])


def tables(content):
    """The texts of every table of a DOCX, row by row."""
    document = docx.Document(io.BytesIO(content))
    return [[[spaced(cell.text) for cell in row.cells] for row in table.rows] for table in document.tables]


def rows(sheet, columns, count):
    """The rows below the heading that every printed page repeats."""
    top = int(re.findall(r"\d+", sheet.print_title_rows)[0])
    return (
        list(sheet.iter_rows(min_row=top + 1, max_row=top + count, max_col=columns, values_only=True)) if count else []
    )

"""From the shared document to the bytes of a DOCX: pandoc writes it, python-docx finishes it."""

from __future__ import annotations

import io
import tempfile
from dataclasses import replace
from pathlib import Path

import docx as word_files
from docx.document import Document

from pkanalysis.report.docx import archive, grid, identity, pictures, reference, sections
from pkanalysis.report.docx.word import PNG, Writer
from pkanalysis.report.pandoc import Ast, nodes, program


def docx(ast: Ast, letterhead: Path | None = None) -> bytes:
    """Write a document; the same document gives the same bytes.

    Parameters
    ----------
    ast : Ast
    letterhead : Path, optional
        The user's reference document, whose head, paper and styles it takes.

    Raises
    ------
    PkError
        If the letterhead cannot be read, or pandoc refuses the document.
    """
    model = reference.with_letterhead(letterhead) if letterhead else reference.ours()
    writer = Writer(ast, model.width)
    dressed = replace(ast, meta={"lang": nodes.meta(nodes.words(identity.LANGUAGE))}, blocks=tuple(writer.write()))
    document = word_files.Document(io.BytesIO(_written(dressed, model.document)))
    title, foot, mark = (nodes.text(ast.meta[name]["c"]) for name in ("title", "footer", "mark"))
    sections.arrange(document, sections.Running(mark, foot))
    grid.dress(document, writer.looks)
    identity.describe(document, title)
    return _saved(document)


def _written(dressed: Ast, model: bytes) -> bytes:
    """What pandoc makes of it; it takes the reference and the pictures from files only."""
    with tempfile.TemporaryDirectory(prefix="pkanalysis-") as name:
        folder = Path(name)
        (folder / "acuan.docx").write_bytes(model)
        drawn = pictures.png([picture.svg for picture in dressed.pictures.values()])
        for target, picture in zip(dressed.pictures, drawn, strict=True):
            (folder / f"{target}{PNG}").write_bytes(picture)
        options = (f"--reference-doc={folder / 'acuan.docx'}", f"--resource-path={folder}", "--no-highlight")
        return program.run(dressed.json(), "--from=json", "--to=docx", "--output=-", *options)


def _saved(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return archive.pack(archive.unpack(buffer.getvalue()))

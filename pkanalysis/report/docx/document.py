"""From the shared document to the bytes of a DOCX: pandoc writes it, python-docx finishes it."""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path

import docx as python_docx

from pkanalysis.report.docx import archive, grid, identity, pictures, reference, sections, word
from pkanalysis.report.pandoc import Ast, nodes, program


def docx(ast: Ast, letterhead: Path | None = None) -> bytes:
    """Write a document; the same document gives the same bytes.

    Parameters
    ----------
    ast : Ast
    letterhead : Path, optional
        The user's reference document, whose header, paper and styles it takes.

    Raises
    ------
    PkError
        If the letterhead cannot be read, or pandoc refuses the document.
    """
    model = reference.with_letterhead(letterhead) if letterhead else reference.ours()
    writer = word.Writer(...)

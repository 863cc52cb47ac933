"""The annex: from the Markdown cell tagged ``lampiran`` to the end of the notebook, as a document of its own."""

from __future__ import annotations

import json
from pathlib import Path

from nbformat import NotebookNode, v4

from pkanalysis.report.parts import ANNEX_TAG, blocks, is_annex
from pkanalysis.show.blocks import MIME

WORD = "Lampiran"


def is_in(path: Path) -> bool:
    """Whether the notebook at ``path`` has an annex."""
    return any(map(is_annex, json.loads(path.read_text(encoding="utf-8"))["cells"]))


def split(notebook: NotebookNode) -> tuple[NotebookNode, NotebookNode | None]:
    """The report without its annex, and the annex with a head of its own; a notebook without the tag stays whole.

    Both come from one run, so their figures cannot differ.
    """
    place = next((place for place, cell in enumerate(notebook.cells) if is_annex(cell)), None)
    if place is None:
        return notebook, None
    annex = [_head(notebook), *notebook.cells[place:]]
    return _with(notebook, notebook.cells[:place]), _with(notebook, annex)


def _with(notebook: NotebookNode, cells: list[NotebookNode]) -> NotebookNode:
    part: NotebookNode = NotebookNode(notebook | {"cells": cells})
    return part


def _head(notebook: NotebookNode) -> NotebookNode:
    """The cover of the report, called annex; it carries the tag, so that the annex knows what it is."""
    tag = {"tags": [ANNEX_TAG]}
    cover = next((block for block in blocks(notebook) if block["kind"] == "Cover"), None)
    head: NotebookNode = v4.new_markdown_cell(f"# {WORD}", metadata=tag)
    if cover:
        words = {"caption": f"{WORD}: {cover['caption']}", "footer": f"{WORD} · {cover['footer']}"}
        shown = v4.new_output("display_data", data={MIME: cover | words})
        head = v4.new_code_cell("", outputs=[shown], metadata=tag)
    return head

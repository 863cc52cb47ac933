"""Markdown cells as nodes: pandoc reads all of them in one run."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from pkanalysis.report.pandoc import nodes, program
from pkanalysis.report.pandoc.nodes import API_VERSION, Node

_READER = Path(__file__).with_name("prose.lua")


@cache
def read(sources: tuple[str, ...]) -> tuple[list[Node], ...]:
    r"""The blocks of each Markdown text, with raw HTML as the text that it is.

    Examples
    --------
    >>> [nodes.text(blocks) for blocks in read(("## Capaian <b>kita</b>", "Isi **tebal**."))]
    ['Capaian <b>kita</b>', 'Isi tebal.']
    """
    if not sources:
        return ()
    cells = [nodes.raw_block("commonmark", source) for source in sources]
    document = json.dumps({"pandoc-api-version": API_VERSION, "meta": {}, "blocks": cells})
    read = json.loads(program.run(document, "--from=json", "--to=json", f"--lua-filter={_READER}"))
    rules: nodes.Rules = {"RawInline": _as_words, "RawBlock": lambda node: nodes.paragraph(_as_words(node))}
    return tuple(nodes.rewrite(cell["c"][1], rules) for cell in read["blocks"])


def _as_words(node: Node) -> list[Node]:
    return nodes.words(node["c"][1])

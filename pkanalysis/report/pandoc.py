"""The nodes of a pandoc document, made by functions with types (texts become words, never markup), and pandoc."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from pkanalysis.errors import PkError

Node = dict[str, Any]
Rules = Mapping[str, Callable[[Node], Node | list[Node]]]
Alignment = Literal["AlignLeft", "AlignRight", "AlignDefault"]

API_VERSION = (1, 23, 1)
_BLANKS = re.compile(r"[ \t]+")
_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], "\ufffd")


@dataclass(frozen=True)
class Attributes:
    """Identifier, classes and key-value pairs of a node; a writer ignores the keys of the others."""

    id: str = ""
    classes: tuple[str, ...] = ()
    keys: Mapping[str, str] = field(default_factory=dict)

    def json(self) -> list[Any]:
        """As pandoc writes it."""
        return [self.id, list(self.classes), [[name, value] for name, value in self.keys.items()]]


NO_ATTRIBUTES = Attributes()
SPACE: Node = {"t": "Space"}


def words(text: str) -> list[Node]:
    """Text as it stands, with a line break for each new line; signs that no page can show become U+FFFD.

    Examples
    --------
    >>> words("*satu* #dua")
    [{'t': 'Str', 'c': '*satu* #dua'}]
    """
    lines = [_BLANKS.sub(" ", line).strip(" ").translate(_CONTROLS) for line in text.splitlines()]
    return _joined([_node("Str", line) for line in lines], _node("LineBreak")) if text.strip() else []


def strong(inlines: list[Node]) -> Node:
    """Bold words."""
    return _node("Strong", inlines)


def span(inlines: list[Node], attributes: Attributes) -> Node:
    """Words with attributes."""
    return _node("Span", [attributes.json(), inlines])


def image(alt: str, target: str) -> Node:
    """A picture with the text that stands for it."""
    return _node("Image", [NO_ATTRIBUTES.json(), words(alt), [target, ""]])


def link(inlines: list[Node], target: str) -> Node:
    """Words that lead to ``target``, such as ``#id`` of a node."""
    return _node("Link", [NO_ATTRIBUTES.json(), inlines, [target, ""]])


def raw(form: str, code: str) -> Node:
    """A piece of one output format, as an inline."""
    return _node("RawInline", [form, code])


def raw_block(form: str, code: str) -> Node:
    """A piece of one output format, as a block."""
    return _node("RawBlock", [form, code])


def plain(inlines: list[Node]) -> Node:
    """Words that are no paragraph of their own: in a cell, a caption or an item."""
    return _node("Plain", inlines)


def paragraph(inlines: list[Node]) -> Node:
    """A paragraph."""
    return _node("Para", inlines)


def heading(level: int, inlines: list[Node], attributes: Attributes = NO_ATTRIBUTES) -> Node:
    """A heading of ``level`` 1 (the title) and below."""
    return _node("Header", [level, attributes.json(), inlines])


def division(blocks: list[Node], attributes: Attributes) -> Node:
    """Blocks that belong together."""
    return _node("Div", [attributes.json(), blocks])


def items(entries: Iterable[list[Node]], is_ordered: bool) -> Node:
    """A list of one plain entry each."""
    entries = [[plain(entry)] for entry in entries]
    if is_ordered:
        return _node("OrderedList", [[1, _node("Decimal"), _node("Period")], entries])
    return _node("BulletList", entries)


def figure(content: list[Node], caption: list[Node], attributes: Attributes) -> Node:
    """A picture with its caption."""
    return _node("Figure", [attributes.json(), [None, [plain(caption)]], [plain(content)]])


def cell(inlines: list[Node], span: int = 1, attributes: Attributes = NO_ATTRIBUTES) -> list[Any]:
    """One cell that reaches over ``span`` columns."""
    return [attributes.json(), _node("AlignDefault"), 1, span, [plain(inlines)]]


def row(cells: list[list[Any]], attributes: Attributes = NO_ATTRIBUTES) -> list[Any]:
    """One row of cells."""
    return [attributes.json(), cells]


@dataclass(frozen=True)
class ColumnForm:
    """How one column stands: its alignment and its share of the width, 0-1."""

    alignment: Alignment
    share: float


def table(
    columns: Sequence[ColumnForm],
    head: list[Any],
    body: list[list[Any]],
    caption: list[Node],
    attributes: Attributes,
) -> Node:
    """A table with one head row, which every page repeats."""
    forms = [[_node(column.alignment), _node("ColWidth", column.share)] for column in columns]
    none = NO_ATTRIBUTES.json()
    return _node(
        "Table",
        [attributes.json(), [None, [plain(caption)]], forms, [none, [head]], [[none, 0, [], body]], [none, []]],
    )


def meta(inlines: list[Node]) -> Node:
    """A value of the document's metadata."""
    return _node("MetaInlines", inlines)


def meta_list(values: list[Node]) -> Node:
    """Several values of the document's metadata."""
    return _node("MetaList", values)


def text(nodes: Any) -> str:
    """The words of nodes, without their form.

    Examples
    --------
    >>> text([strong(words("Dinas Contoh")), *words("baik")])
    'Dinas Contohbaik'
    """
    if isinstance(nodes, dict):
        kind, content = nodes.get("t"), nodes.get("c")
        return str(content) if kind == "Str" else " " if kind in ("Space", "SoftBreak", "LineBreak") else text(content)
    return "".join(map(text, nodes)) if isinstance(nodes, list) else ""


def rewrite(node: Any, rules: Rules) -> Any:
    """The same tree with the nodes of some types replaced, from the leaves up.

    Parameters
    ----------
    node
        A node, a list of nodes, or what stands inside one.
    rules
        For a type of node (``Image``, ``Div``), the function that gives what stands in its place.

    Examples
    --------
    >>> rewrite(paragraph([*words("a"), SPACE]), {"Space": lambda node: words("b")})["c"]
    [{'t': 'Str', 'c': 'a'}, {'t': 'Str', 'c': 'b'}]
    """
    if isinstance(node, list):
        return [new for old in node for new in _several(rewrite(old, rules), old)]
    if not isinstance(node, dict):
        return node
    fresh = {key: rewrite(value, rules) for key, value in node.items()}
    return rules[fresh["t"]](fresh) if fresh.get("t") in rules else fresh


def _several(new: Any, old: Any) -> list[Any]:
    """A node may become several; a list inside a list stays one."""
    return new if isinstance(old, dict) and isinstance(new, list) else [new]


def _node(kind: str, content: Any = None) -> Node:
    return {"t": kind} if content is None else {"t": kind, "c": content}


def _joined(parts: Sequence[Any], between: Any) -> list[Any]:
    return [part for pair in ((between, part) for part in parts) for part in pair][1:]


def run(document: str, *options: str) -> bytes:
    """Feed ``document`` to pandoc and take what it writes.

    Raises
    ------
    PkError
        With pandoc's own words when it refuses, or when it is not installed.
    """
    done = subprocess.run([_path(), *options], input=document.encode(), capture_output=True, check=False)
    if done.returncode:
        raise PkError(f"Pandoc gagal menyusun dokumen: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


@cache
def _path() -> str:
    """The program inside the pypandoc wheel (one version on every machine); importing the wheel would cost more."""
    wheel = find_spec("pypandoc")
    folders = wheel.submodule_search_locations if wheel else None
    if path := shutil.which("pandoc", path=str(Path(folders[0]) / "files") if folders else None):
        return path
    raise PkError("Pandoc tidak ada, padahal PDF dan DOCX memerlukannya; pasang dengan: pip install pypandoc_binary")


_READER = Path(__file__).parent / "templates" / "pandoc" / "prose.lua"


@cache
def read(sources: tuple[str, ...]) -> tuple[list[Node], ...]:
    r"""The blocks of each Markdown text, with raw HTML as the text that it is.

    Examples
    --------
    >>> [text(blocks) for blocks in read(("## Capaian <b>kita</b>", "Isi **tebal**."))]
    ['Capaian <b>kita</b>', 'Isi tebal.']
    """
    if not sources:
        return ()
    cells = [raw_block("commonmark", source) for source in sources]
    document = json.dumps({"pandoc-api-version": API_VERSION, "meta": {}, "blocks": cells})
    read = json.loads(run(document, "--from=json", "--to=json", f"--lua-filter={_READER}"))
    rules: Rules = {"RawInline": _as_words, "RawBlock": lambda node: paragraph(_as_words(node))}
    return tuple(rewrite(cell["c"][1], rules) for cell in read["blocks"])


def _as_words(node: Node) -> list[Node]:
    return words(node["c"][1])

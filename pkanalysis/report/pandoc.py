"""The nodes of a pandoc document (texts become words, never markup), and running pandoc."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pkanalysis.errors import PkError

Node = dict[str, Any]
Rules = Mapping[str, Callable[[Node], Node | list[Node]]]

API_VERSION = (1, 23, 1)
SPACE: Node = {"t": "Space"}
_BLANKS = re.compile(r"[ \t]+")
_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], "\ufffd")
_READER = Path(__file__).parent / "templates" / "pandoc" / "prose.lua"


def node(kind: str, content: Any = None) -> Node:
    """A node of one of pandoc's types, whose content stands as pandoc writes it.

    Examples
    --------
    >>> node("Strong", words("ya"))
    {'t': 'Strong', 'c': [{'t': 'Str', 'c': 'ya'}]}
    """
    return {"t": kind} if content is None else {"t": kind, "c": content}


def attributes(name: str = "", classes: Sequence[str] = (), **keys: str) -> list[Any]:
    """Identifier, classes and key-value pairs of a node; a writer ignores the keys of the others.

    Examples
    --------
    >>> attributes("a", ["b"], **{"typst:align": "left"})
    ['a', ['b'], [['typst:align', 'left']]]
    """
    return [name, list(classes), [[key, value] for key, value in keys.items()]]


def words(text: str) -> list[Node]:
    """Text as it stands, with a line break for each new line; signs that no page can show become U+FFFD.

    Examples
    --------
    >>> words("*satu* #dua")
    [{'t': 'Str', 'c': '*satu* #dua'}]
    """
    if not text.strip():
        return []
    lines = [_BLANKS.sub(" ", line).strip(" ").translate(_CONTROLS) for line in text.splitlines()]
    return [made for line in lines for made in (node("LineBreak"), node("Str", line))][1:]


def division(blocks: list[Node], *classes: str) -> Node:
    """Blocks that belong together."""
    return node("Div", [attributes(classes=classes), blocks])


def cell(inlines: list[Node], keys: Mapping[str, str], span: int = 1) -> list[Any]:
    """One cell that reaches over ``span`` columns."""
    return [attributes(**keys), node("AlignDefault"), 1, span, [node("Plain", inlines)]]


def text(nodes: Any) -> str:
    """The words of nodes, without their form.

    Examples
    --------
    >>> text([node("Strong", words("Dinas Contoh")), *words("baik")])
    'Dinas Contohbaik'
    """
    if isinstance(nodes, dict):
        kind, content = nodes.get("t"), nodes.get("c")
        return str(content) if kind == "Str" else " " if kind in ("Space", "SoftBreak", "LineBreak") else text(content)
    return "".join(map(text, nodes)) if isinstance(nodes, list) else ""


def rewrite(tree: Any, rules: Rules) -> Any:
    """The same tree with the nodes of some types replaced, from the leaves up.

    Parameters
    ----------
    tree
        A node, a list of nodes, or what stands inside one.
    rules
        For a type of node (``Image``, ``Div``), the function that gives what stands in its place.

    Examples
    --------
    >>> rewrite(node("Para", [*words("a"), SPACE]), {"Space": lambda node: words("b")})["c"]
    [{'t': 'Str', 'c': 'a'}, {'t': 'Str', 'c': 'b'}]
    """
    if isinstance(tree, list):
        fresh = []
        for old in tree:  # a node may become several; a list inside a list stays one
            new = rewrite(old, rules)
            fresh += new if isinstance(old, dict) and isinstance(new, list) else [new]
        return fresh
    if not isinstance(tree, dict):
        return tree
    made = {key: rewrite(value, rules) for key, value in tree.items()}
    return rules[made["t"]](made) if made.get("t") in rules else made


def run(document: str, *options: str) -> bytes:
    """Feed ``document`` to pandoc and take what it writes; it is a program of its own, about 20 milliseconds a time.

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


def document(blocks: Sequence[Node], meta: Mapping[str, Node] | None = None) -> str:
    """The input of pandoc."""
    return json.dumps({"pandoc-api-version": API_VERSION, "meta": dict(meta or {}), "blocks": blocks})


@cache
def read(sources: tuple[str, ...]) -> tuple[list[Node], ...]:
    r"""The blocks of each Markdown text, with raw HTML as the text that it is; pandoc reads all in one run.

    Examples
    --------
    >>> [text(blocks) for blocks in read(("## Capaian <b>kita</b>", "Isi **tebal**."))]
    ['Capaian <b>kita</b>', 'Isi tebal.']
    """
    if not sources:
        return ()
    cells = [node("RawBlock", ["commonmark", source]) for source in sources]
    read = json.loads(run(document(cells), "--from=json", "--to=json", f"--lua-filter={_READER}"))
    rules: Rules = {
        "RawInline": lambda raw: words(raw["c"][1]),
        "RawBlock": lambda raw: node("Para", words(raw["c"][1])),
    }
    return tuple(rewrite(cell["c"][1], rules) for cell in read["blocks"])

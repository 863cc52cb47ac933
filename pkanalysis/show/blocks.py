"""Blocks: the only thing that notebooks show and the only thing that renderers read.

A block carries its typed raw values, so every format prints the same numbers and a test can
hold every printed number against the ledger of blocks.
"""

from __future__ import annotations

import base64
import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from pkanalysis.show import templates
from pkanalysis.show.values import Kind, Value, is_missing

MIME = "application/vnd.pkanalysis.block+json"
SAMPLE_MARK = "DATA CONTOH — bukan data resmi"


@dataclass(frozen=True)
class Column:
    """How one column of a table prints: its heading, kind and decimals.

    ``wide`` marks a column of long text, which gets the space that numbers do not need.
    """

    name: str
    label: str
    kind: Kind = "teks"
    decimals: int = 0
    wide: bool = False


@dataclass(frozen=True)
class Block(ABC):
    """What every block carries. ``is_sample`` puts DATA CONTOH inside the block itself."""

    id: str
    caption: str
    is_sample: bool
    source: str = ""
    note: str = ""
    unit: str = ""
    alt: str = ""

    def payload(self) -> dict[str, Any]:
        """The block as JSON-ready data, the input of every renderer."""
        shared = {name: getattr(self, name) for name in ("id", "caption", "source", "note", "unit", "alt")}
        return shared | {"kind": type(self).__name__, "mark": SAMPLE_MARK if self.is_sample else ""} | self._content()

    @abstractmethod
    def _content(self) -> dict[str, Any]: ...

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        payload = json.loads(json.dumps(self.payload(), default=_plain, allow_nan=False))
        return {MIME: payload, "text/html": templates.html(payload), "text/plain": templates.plain(payload)}


@dataclass(frozen=True)
class Table(Block):
    """A table: ``rows`` of raw values in the order of ``columns``; ``total`` marks the last row.

    A cell may be a :class:`Value` where a row's decimals differ from its column's.
    """

    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    total: bool = False

    @classmethod
    def from_frame(cls, frame: pd.DataFrame, columns: Sequence[Column], **block: Any) -> Table:
        """Take the named columns of ``frame`` as rows."""
        names = [column.name for column in columns]
        rows = tuple(tuple(row) for row in frame[names].astype(object).itertuples(index=False, name=None))
        return cls(columns=tuple(columns), rows=rows, **block)

    def _content(self) -> dict[str, Any]:
        columns = [
            {"name": column.name, "label": column.label, "kind": column.kind, "decimals": column.decimals,
             "wide": column.wide}
            for column in self.columns
        ]  # fmt: skip
        cells = [[_cell(raw, column) for raw, column in zip(row, self.columns, strict=True)] for row in self.rows]
        return {"columns": columns, "rows": cells, "total": self.total}


@dataclass(frozen=True)
class Figure(Block):
    """A figure: the drawn ``svg`` and the typed ``values`` that it shows, by name."""

    svg: str = ""
    values: dict[str, Value] = field(default_factory=dict)

    def _content(self) -> dict[str, Any]:
        data = base64.b64encode(self.svg.encode()).decode()
        return {"svg": data, "values": {name: _cell(value) for name, value in self.values.items()}}


@dataclass(frozen=True)
class Note(Block):
    """Sentences: ``{name}`` in an item is replaced by the typed value of that name.

    ``items`` are data-free patterns; whatever came from data stands in ``values``, so it is
    escaped and counted like every other value. ``**…**`` in an item is bold.
    """

    items: tuple[str, ...] = ()
    values: dict[str, Value] = field(default_factory=dict)
    ordered: bool = False

    def _content(self) -> dict[str, Any]:
        values = {name: _cell(value) for name, value in self.values.items()}
        return {"items": list(self.items), "values": values, "ordered": self.ordered}


@dataclass(frozen=True)
class Cover(Block):
    """The head of a document: ``caption`` is its title, ``unit`` the agency, ``items`` the lines below.

    ``footer`` runs at the foot of every page (agency, period, edition, status); renderers take
    the title and the running lines of the document from here.
    """

    items: tuple[str, ...] = ()
    values: dict[str, Value] = field(default_factory=dict)
    footer: str = ""

    def _content(self) -> dict[str, Any]:
        values = {name: _cell(value) for name, value in self.values.items()}
        return {"items": list(self.items), "values": values, "footer": self.footer}


def ledger(payload: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every cell (``raw``, ``kind``, ``text``) of one block, whatever its kind."""
    for row in payload.get("rows", []):
        yield from row
    yield from payload.get("values", {}).values()


def _cell(raw: Any, column: Column | None = None) -> dict[str, Any]:
    if isinstance(raw, Value):
        value = raw
    else:
        value = Value(raw, column.kind if column else "teks", column.decimals if column else 0)
    return {"raw": None if is_missing(value.raw) else value.raw, "kind": value.kind, "text": str(value)}


def _plain(raw: Any) -> Any:
    """numpy and date values as JSON; anything else is a mistake of ours."""
    if hasattr(raw, "isoformat"):
        return raw.isoformat()
    if hasattr(raw, "item"):
        return raw.item()
    raise TypeError(f"{type(raw).__name__} tidak dapat menjadi JSON")

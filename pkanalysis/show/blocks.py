"""Blocks: the only thing that notebooks show and the only thing that renderers read.

A block carries its typed raw values, so every format prints the same numbers and a test can
hold every printed number against the ledger of blocks.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any

import pandas as pd

from pkanalysis.config import SAMPLE_MARK as SAMPLE_MARK
from pkanalysis.frames import Column as Column
from pkanalysis.show import templates
from pkanalysis.show.values import Phrase as Phrase
from pkanalysis.show.values import Value, is_missing
from pkanalysis.show.values import phrases as phrases

MIME = "application/vnd.pkanalysis.block+json"


@dataclass(frozen=True)
class Block:
    """What every block carries. ``is_sample`` puts DATA CONTOH inside the block itself.

    A ``note`` that holds figures is a :class:`Phrase`, so that they are counted like all others.
    """

    id: str
    caption: str
    is_sample: bool
    source: str = ""
    note: str | Phrase = ""
    unit: str = ""
    alt: str = ""

    def payload(self) -> dict[str, Any]:
        """The block as JSON-ready data, the input of every renderer."""
        own = {item.name: getattr(self, item.name) for item in fields(self) if item.name != "is_sample"}
        own |= {"note": str(self.note), "kind": type(self).__name__, "mark": SAMPLE_MARK if self.is_sample else ""}
        if isinstance(self.note, Phrase):
            own |= {"note_values": _cell(self.note)["values"]}
        if isinstance(self, Table):
            rows = [[_cell(raw, column) for raw, column in zip(row, self.columns, strict=True)] for row in self.rows]
            totals = [int(place) for place in self.totals]
            own |= {"columns": [asdict(column) for column in self.columns], "rows": rows, "totals": totals}
        if isinstance(self, Figure):
            drawn = base64.b64encode(self.svg.encode()).decode()
            own |= {"svg": drawn, "values": {name: _cell(value) for name, value in self.values.items()}}
        if isinstance(self, Note | Cover):
            own |= {"items": [_cell(item) for item in self.items]}
        return own

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        payload = json.loads(json.dumps(self.payload(), default=_plain, allow_nan=False))
        return {MIME: payload, "text/html": templates.html(payload), "text/plain": templates.plain(payload)}


@dataclass(frozen=True)
class Table(Block):
    """A table: ``rows`` of raw values in the order of ``columns``; ``totals`` are the places of total rows.

    ``is_form`` gives the rows room to write in by hand.
    A cell may be a :class:`Value` where its kind differs from its column's, or a :class:`Phrase`.
    """

    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    totals: tuple[int, ...] = ()
    is_form: bool = False

    @classmethod
    def from_frame(cls, frame: pd.DataFrame, columns: Sequence[Column], **block: Any) -> Table:
        """Take the named columns of ``frame`` as rows."""
        names = [column.name for column in columns]
        rows = tuple(tuple(row) for row in frame[names].astype(object).itertuples(index=False, name=None))
        return cls(columns=tuple(columns), rows=rows, **block)


@dataclass(frozen=True)
class Figure(Block):
    """A figure: the drawn ``svg`` and the typed ``values`` that it shows, by name."""

    svg: str = ""
    values: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Note(Block):
    """Sentences under a heading (``caption``), as a list or, when there is one, as a paragraph."""

    items: tuple[Phrase, ...] = ()
    ordered: bool = False


@dataclass(frozen=True)
class Cover(Block):
    """The head of a document: ``caption`` is its title, ``unit`` the agency, ``items`` the lines below.

    ``footer`` runs at the foot of every page (agency, period, edition, status); renderers take
    the title and the running lines of the document from here.
    """

    items: tuple[Phrase, ...] = ()
    footer: str = ""


def ledger(payload: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every cell (``raw``, ``kind``, ``text``) of one block, whatever its kind."""
    cells = [cell for row in payload.get("rows", []) for cell in row] + payload.get("items", [])
    yield from payload.get("values", {}).values()
    yield from payload.get("note_values", {}).values()
    for cell in cells:
        yield from cell["values"].values() if "values" in cell else [cell]


def _cell(raw: Any, column: Column | None = None) -> dict[str, Any]:
    """A value with its printed text, or a sentence with its values."""
    if isinstance(raw, Phrase):
        values = {name: _cell(value) for name, value in raw.values.items()}
        return {"kind": "kalimat", "pattern": raw.pattern, "values": values, "text": str(raw)}
    value = raw if isinstance(raw, Value) else Value(raw, *((column.kind, column.decimals) if column else ("teks",)))
    return {"raw": None if is_missing(value.raw) else value.raw, "kind": value.kind, "text": str(value)}


def _plain(raw: Any) -> Any:
    """Numpy and date values as JSON; anything else is a mistake of ours."""
    if hasattr(raw, "isoformat"):
        return raw.isoformat()
    if hasattr(raw, "item"):
        return raw.item()
    raise TypeError(f"{type(raw).__name__} tidak dapat menjadi JSON")

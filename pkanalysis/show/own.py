"""Blocks of one's own for a notebook: a table of any frame, a drawing, sentences; marked as the report's are."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from pkanalysis import frames
from pkanalysis.errors import PkError
from pkanalysis.show import drawing
from pkanalysis.show.blocks import Figure, Note, Table
from pkanalysis.show.tables import Label, specified
from pkanalysis.show.values import Value, phrases

if TYPE_CHECKING:
    from matplotlib.axes import Axes

YES_NO = {True: "ya", False: "tidak"}


def table(
    frame: pd.DataFrame,
    *,
    caption: str,
    source: str = "",
    note: str = "",
    columns: str | Iterable[str] = (),
    labels: Mapping[str, Label] | None = None,
) -> Table:
    """A table of any frame, with the headings of the data dictionary.

    Parameters
    ----------
    frame : DataFrame
        A named index becomes its first columns.
    caption, source, note : str
        What stands above and below the table.
    columns : str or iterable of str
        Names of the columns to show, in order; empty = all.
    labels : mapping
        Heading of a column, or (heading, kind, decimals), where the data dictionary does not say it; kinds are
        :data:`pkanalysis.frames.KINDS`.

    Raises
    ------
    PkError
        A column that the frame has not, or a kind that is not known; the nearest name is suggested.

    Examples
    --------
    >>> rows = pd.DataFrame({"kode_opd": ["1.02"], "pengurangan_rp": [1_000]})
    >>> [column.label for column in table(rows, caption="Pengurangan").columns]
    ['Kode OPD', 'Pengurangan (Rp)']
    """
    rows = frame if frame.index.names == [None] else frame.reset_index()
    rows = rows.set_axis([str(name) for name in rows.columns], axis=1)
    rows = rows.assign(**{str(name): rows[name].map(YES_NO) for name in rows.select_dtypes(["bool", "boolean"])})
    chosen = columns.split() if isinstance(columns, str) else list(columns)
    chosen, own = chosen or list(rows.columns), dict(labels or {})
    for name in [*chosen, *own]:
        if name not in rows.columns:
            raise frames.unknown("Kolom", name, rows.columns)
    shown: list[str | frames.Column] = []
    for name in chosen:
        if name in own:
            shown.append(name)
            continue
        column = frames.guessed(name, str(rows[name].dtype))
        # a column that holds words prints them, whatever its name says elsewhere
        is_text = any(isinstance(raw, str | bool) for raw in rows[name])
        shown.append(replace(column, kind="teks") if is_text else column)
    return Table.from_frame(rows, specified(shown, own), **_block(caption, "tabel"), source=source, note=note)


def figure(
    axes: Axes,
    *,
    caption: str,
    alt: str,
    source: str = "",
    note: str = "",
    unit: str = "",
    values: Mapping[str, Any] | None = None,
) -> Figure:
    """A drawing, as matplotlib or seaborn made it.

    Parameters
    ----------
    axes : Axes
        Of the drawing; the figure itself will do as well. It is closed.
    caption, source, note, unit : str
        The caption says what is to be seen; ``unit`` is that of the axis.
    alt : str
        The drawing in words, for readers who do not see it.
    values : mapping
        The numbers that the drawing shows, by name.

    Raises
    ------
    PkError
        ``alt`` is empty.

    Examples
    --------
    >>> rows = pd.DataFrame({"tahap": ["murni", "pergeseran"], "miliar": [74, 37]})
    >>> figure(rows.plot.barh("tahap", "miliar"), caption="Perjalanan turun", alt="Dua batang: 74 dan 37.").caption
    'Perjalanan turun'
    """
    if not alt.strip():
        raise PkError("Gambar perlu teks alternatif (alt): satu kalimat yang mengatakan apa yang tampak padanya.")
    made = {name: _value(raw) for name, raw in (values or {}).items()}
    block = _block(caption, "gambar")
    canvas: Any = getattr(axes, "figure", axes)
    svg = drawing.svg(canvas, block["is_sample"])
    return Figure(**block, alt=alt, svg=svg, values=made, source=source, note=note, unit=unit)


def note(*sentences: str, caption: str = "", **values: Any) -> Note:
    """Sentences; ``{name}`` in one of them prints the value of that name the Indonesian way.

    Raises
    ------
    PkError
        A sentence names a value that is not given.

    Examples
    --------
    >>> print(note("Ada {n} OPD.", n=1_200).items[0])
    Ada 1.200 OPD.
    """
    made = {name: _value(raw) for name, raw in values.items()}
    for name in re.findall(r"{(\w+)}", " ".join(sentences)):
        if name not in made:
            raise frames.unknown("Nilai", name, made)
    return Note(**_block(caption, "catatan", *sentences), items=phrases(made, *sentences))


def _value(raw: Any) -> Value:
    if isinstance(raw, Value):
        return raw
    kinds: list[tuple[Any, frames.Kind, int]] = [(str, "teks", 0), (dt.date, "tanggal", 0), (float, "angka", 2)]
    return Value(raw, *next((rest for kind, *rest in kinds if isinstance(raw, kind)), ("bulat", 0)))


def _block(caption: str, kind: str, *more: str) -> dict[str, Any]:
    """Name, caption and mark; the mark is that of the workspace opened last."""
    from pkanalysis.store.workspace import Workspace

    slug = re.sub(r"[^a-z0-9]+", "-", (caption or " ".join(more)).lower()).strip("-")[:40]
    is_sample = Workspace.last is not None and Workspace.last.is_sample
    return {"id": f"{kind}-{slug}".strip("-"), "caption": caption, "is_sample": is_sample}

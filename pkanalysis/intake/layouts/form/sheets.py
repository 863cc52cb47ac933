"""The sheets as they came back: their rows as typed values, and what is checked beyond single cells."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from pkanalysis.intake.book import Book, cell_name, normal
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.layouts.form.layout import ACTUALS, HISTORY, INDICATORS, PROGRAMMES, TARGET_SUFFIXES, TARGETS
from pkanalysis.intake.layouts.form.spec import EXAMPLE, EXAMPLE_MARK, FIRST, HEADINGS, Labels, Sheet, made_on, stored
from pkanalysis.intake.values import likely
from pkanalysis.tables import Kind
from pkanalysis.vocabulary import LABELS, PERIODS, POLARITIES, WAITING

DASHES = ("-", "–", "—")


@dataclass(frozen=True)
class Refused:
    """Why a cell cannot be taken: the code of the finding and what its words name."""

    code: str
    values: dict[str, str] = field(default_factory=dict)


def typed(cell: Any, kind: Kind, labels: Labels | None = None) -> Any:
    """Value of a cell by the kind of its column.

    Parameters
    ----------
    cell : str, float, bool, date or None
        Raw cell.
    kind : Kind
        Kind of the column.
    labels : mapping of str to str, optional
        Closed list of the column: stored value -> word.

    Returns
    -------
    object
        The stored value, ``None`` for a blank, or :class:`Refused`.

    Examples
    --------
    >>> typed(75.5, "desimal"), typed(" ", "desimal"), typed("75,5 %", "desimal").code
    (75.5, None, 'ISIAN_BUKAN_ANGKA')
    >>> typed("tw iii", "teks", {"TW3": "TW III"}), typed(2025.0, "bulat"), typed(2025.0, "teks")
    ('TW3', 2025, '2025')
    """
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if kind == "teks" or labels is not None:  # a code or a date that the spreadsheet turned into a number is put back
        number = int(cell) if isinstance(cell, float) and cell.is_integer() else cell
        text = made_on(cell) if isinstance(cell, dt.date) else str(number).strip()
        if labels is None:
            return text
        value = stored(labels, text)
        refused = Refused("ISIAN_BUKAN_PILIHAN", {"pilihan": ", ".join(labels.values())})
        return refused if value is None else value == "True" if kind == "ya_tidak" else value
    if kind == "tanggal":
        return cell if isinstance(cell, dt.date) else Refused("ISIAN_BUKAN_TANGGAL")
    if isinstance(cell, str) and cell.strip() in DASHES:
        return None
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
    if kind in ("bulat", "rupiah"):
        return int(cell) if is_number and float(cell).is_integer() else Refused(f"ISIAN_BUKAN_{kind.upper()}")
    return float(cell) if is_number else Refused("ISIAN_BUKAN_ANGKA")


@dataclass(frozen=True)
class Grid:
    """A sheet of a workbook: ``columns`` maps field names to 0-based columns (or lines) found.

    ``frame`` has one row per filled row, typed, with ``lembar`` and ``baris``; ``keys`` are the codes of all
    rows, those too in which nothing was filled in.
    """

    sheet: Sheet
    file: str
    columns: Mapping[str, int]
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    findings: list[Finding] = field(default_factory=list)
    keys: frozenset[str] = frozenset()

    @cached_property
    def refused(self) -> frozenset[int]:
        """Rows with a cell that could not be taken, of which nothing more is said."""
        return frozenset(int(re.sub(r"\D", "", finding.place) or 0) for finding in self.findings)

    def finding(self, code: str, row: int, name: str, value: Any = "", **values: Any) -> Finding:
        """A finding at the cell of field ``name`` in ``row`` (1-based)."""
        label, column = self.sheet.fields[self.sheet.position(name)].label, self.columns.get(name, 0)
        place = cell_name(column, 1) if self.sheet.is_upright else cell_name(row - 1, column)
        return finding(code, self.file, self.sheet.name, place, label, str(value), **values)

    def rows(self, where: pd.Series | None = None) -> Iterator[dict[str, Any]]:
        """The rows, or those for which ``where`` is true, as values by field name."""
        frame = self.frame if where is None else self.frame[where]
        return (dict(zip(frame.columns, row, strict=True)) for row in frame.to_numpy())

    def each(self, code: str, where: pd.Series, name: str, **columns: str) -> Iterator[Finding]:
        """A finding at field ``name`` of every such row; its words take their values from ``columns``."""
        for row in self.rows(where):
            written = "" if pd.isna(row[name]) else row[name]
            values = {word: row[column] for word, column in columns.items()}
            yield self.finding(code, row["baris"], name, written, **values)


def read_grid(book: Book, sheet: Sheet, lists: Mapping[str, Labels]) -> Grid:
    """Read ``sheet`` of ``book`` by its headings; the example row is no row.

    Parameters
    ----------
    book : Book
    sheet : Sheet
    lists : mapping of str to Labels
        Closed lists by name.
    """
    rows = book.sheets[sheet.name]
    if sheet.is_upright:  # lines of label and value: a heading row and one data row at their usual places
        heads = [row[0] if index >= FIRST - 1 and row else "" for index, row in enumerate(rows)]
        values = [row[1] if len(row) > 1 else "" for row in rows]
        rows = [*[[] for _ in range(HEADINGS - 1)], heads, [EXAMPLE_MARK], values]
    headings = [normal(cell) for cell in rows[HEADINGS - 1]] if len(rows) >= HEADINGS else []
    labels = {item: normal(item.label) for item in sheet.entries}
    places = [(item, headings.index(label)) for item, label in labels.items() if label in headings]
    grid = Grid(sheet, book.name, {item.name: place for item, place in places})
    where = "kolom A" if sheet.is_upright else f"baris {HEADINGS}"
    findings = [
        finding("ISIAN_JUDUL_HILANG", book.name, sheet.name, where, item.label)
        for item in sheet.entries if item.name not in grid.columns
    ]  # fmt: skip
    records, keys = [], set()
    for number, cells in enumerate(rows[HEADINGS:], HEADINGS + 1):
        row = [
            (item, cells[place] if place < len(cells) and str(cells[place]).strip() else None) for item, place in places
        ]
        keys |= {str(typed(cell, "teks")) for item, cell in row if item.name == sheet.key and cell is not None}
        is_example = number == EXAMPLE and bool(cells) and cells[0] == EXAMPLE_MARK
        if is_example or all(cell is None for item, cell in row if item.fill == "kuning" or not sheet.is_form):
            continue
        record: dict[str, Any] = {"lembar": sheet.name, "baris": number}
        for item, cell in row:
            value = typed(cell, sheet.kinds[item.name], lists.get(item.choices))
            if isinstance(value, Refused):
                findings.append(grid.finding(value.code, number, item.name, cell, **value.values))
                value = None
            record[item.name] = value
        records.append(record)
    frame = pd.DataFrame(records, columns=[item.name for item in sheet.entries] + ["lembar", "baris"], dtype=object)
    return Grid(sheet, book.name, grid.columns, frame, findings, frozenset(keys))


PERCENT = ("persen", "%")


def findings(grids: Mapping[str, Grid], year: int) -> list[Finding]:
    """Every finding that needs more than one cell.

    Parameters
    ----------
    grids : mapping of str to Grid
        Sheets by name.
    year : int
        Year of the workbook.
    """
    known = grids[INDICATORS.name].frame["kode_indikator"].dropna()
    found: list[Finding] = []
    for grid in grids.values():
        key, is_refused = grid.sheet.key, grid.frame["baris"].isin(grid.refused)
        found += grid.each("ISIAN_KUNCI_KOSONG", grid.frame[key].isna() & ~is_refused, key)
        if key == "kode_indikator":
            is_strange = grid.frame[key].notna() & ~grid.frame[key].isin(known)
            found += grid.each("ISIAN_INDIKATOR_ASING", is_strange, key)
    for sheet in (ACTUALS, HISTORY):
        found += _reported(grids[sheet.name])
    return [*found, *_of_targets(grids), *_of_indicators(grids, year)]


def _reported(grid: Grid) -> Iterator[Finding]:
    """Value, status and source of each row, where they do not go together."""
    for row in grid.rows(~grid.frame["baris"].isin(grid.refused)):
        number, status = row["baris"], row["status"] if pd.notna(row["status"]) else ""
        value = row["nilai"] if pd.notna(row["nilai"]) else row["nilai_huruf"]
        has_value, word = pd.notna(value), LABELS["status"].get(status, "")
        if not status and has_value:
            yield grid.finding("ISIAN_STATUS_KOSONG", number, "status")
        elif not status:
            yield grid.finding("ISIAN_NILAI_DAN_STATUS_KOSONG", number, "status")
        elif has_value and status in WAITING:
            yield grid.finding("ISIAN_STATUS_TIDAK_SEJALAN", number, "status", word, nilai=value)
        elif not has_value and status not in WAITING:
            yield grid.finding("ISIAN_NILAI_KOSONG", number, "nilai", status=word)
        if has_value and pd.isna(row["sumber"]):
            yield grid.finding("ISIAN_SUMBER_KOSONG", number, "sumber")


def _of_targets(grids: Mapping[str, Grid]) -> Iterator[Finding]:
    """Targets without any value, ranges whose upper bound is below the lower one, and values that are fractions."""
    indicators, targets, actuals = (grids[sheet.name] for sheet in (INDICATORS, TARGETS, ACTUALS))
    columns = [period + suffix for period in PERIODS for suffix in TARGET_SUFFIXES.values()]
    yield from targets.each("ISIAN_TARGET_KOSONG", targets.frame[columns].isna().all(axis=1), "tahunan")
    for row in targets.rows():
        for period in PERIODS:
            low, name = row[period], period + TARGET_SUFFIXES["nilai_atas"]
            if pd.notna(low) and pd.notna(row[name]) and row[name] < low:
                yield targets.finding("ISIAN_RENTANG_TERBALIK", row["baris"], name, row[name], bawah=low)
    # per cent typed with its sign: the spreadsheet keeps 75,5% as 0,755
    units = indicators.frame.drop_duplicates("kode_indikator").set_index("kode_indikator")["satuan"]
    aims = targets.frame.groupby("kode_indikator")["tahunan"].max()
    for row in actuals.rows(actuals.frame["nilai"].notna()):
        code, value = row["kode_indikator"], row["nilai"]
        is_percent = str(units.get(code)).casefold() in PERCENT
        if is_percent and 0 < abs(value) <= 1 and (aims.get(code) or 0) >= 10:
            yield actuals.finding("ISIAN_NILAI_MUNGKIN_PECAHAN", row["baris"], "nilai", value)


def _of_indicators(grids: Mapping[str, Grid], year: int) -> Iterator[Finding]:
    """Wishes and programmes, which nothing else reads; and what contradicts the list of indicators."""
    indicators, targets, actuals = (grids[sheet.name] for sheet in (INDICATORS, TARGETS, ACTUALS))
    listed, programmes = indicators.frame, grids[PROGRAMMES.name]
    has_wish, subject = listed["usulan_koreksi"].notna(), {"indikator": "kode_indikator"}
    yield from indicators.each("ISIAN_USULAN_KOREKSI", has_wish, "usulan_koreksi", **subject)
    for first in programmes.frame["baris"].head(1):
        yield programmes.finding("ISIAN_PROGRAM_BELUM_DIBACA", first, "kode", banyak=len(programmes.frame))
    one_sided = [name for name, polarity in POLARITIES.items() if polarity.sign]
    for row in indicators.rows(listed["polaritas"].isin(one_sided) & listed["nama_indikator"].notna()):
        polarity, name = row["polaritas"], row["nama_indikator"]
        if likely(name) not in ("", polarity):
            word = LABELS["polaritas"][polarity]
            yield indicators.finding("ISIAN_ARAH_TERBALIK", row["baris"], "polaritas", word, indikator=name)
    for row in targets.rows(targets.frame["tahunan"].eq(0)):  # a quarter may well have a target of nought
        yield targets.finding("ISIAN_TARGET_NOL", row["baris"], "tahunan", 0)

    # indicators of one name that have another value in this period than the first of them
    known = listed.dropna(subset=["kode_indikator", "nama_indikator"]).drop_duplicates("kode_indikator")
    names = known.set_index("kode_indikator")["nama_indikator"].str.casefold().str.split().str.join(" ")
    rows = actuals.frame.assign(nama=actuals.frame["kode_indikator"].map(names)).dropna(subset=["nama", "nilai"])
    first = rows.groupby("nama")[["kode_indikator", "nilai"]].transform("first")
    is_other = rows["kode_indikator"].ne(first["kode_indikator"]) & rows["nilai"].ne(first["nilai"])
    pairs = zip(rows[is_other].to_dict("records"), first[is_other].to_dict("records"), strict=True)
    for twin, other in pairs:
        own, earlier = (f"{value:.12g}".replace(".", ",") for value in (twin["nilai"], other["nilai"]))
        values = {"indikator": other["kode_indikator"], "nilai": earlier}
        yield actuals.finding("ISIAN_NAMA_INDIKATOR_SAMA", twin["baris"], "nilai", own, **values)
    is_due = listed["berlaku_dari"].fillna(year).le(year) & listed["berlaku_sampai"].fillna(year).ge(year)
    is_unlisted = listed["kode_indikator"].notna() & is_due & ~listed["kode_indikator"].isin(actuals.keys)
    yield from indicators.each("ISIAN_INDIKATOR_TIDAK_DILAPORKAN", is_unlisted, "kode_indikator")

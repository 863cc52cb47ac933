"""Tidy rows of a Formulir E.81: indicators with their place in the tree, targets and quarters."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from pkanalysis.intake.layouts.e81.checks import aggregations, numbers
from pkanalysis.intake.layouts.e81.headings import Form
from pkanalysis.intake.layouts.e81.lines import LEVELS, Line, is_something
from pkanalysis.intake.layouts.office import Office
from pkanalysis.intake.values import Value, indicator_code

Row = dict[str, str | float | None]
_SHORT = dict(zip(LEVELS, ("PRG", "KEG", "SUB"), strict=True))


@dataclass(frozen=True)
class Source:
    """A form with its office and year, and the quarters that it reports."""

    form: Form
    office: Office
    year: int
    quarters: tuple[str, ...]


def coded(lines: list[Line], office: Office) -> dict[int, str]:
    """Invented indicator code per row: the same names give the same code."""
    by_row = {line.row: line for line in lines}
    found, activity = {}, (0, "")
    for line in lines:
        activity = activity if line.is_further else (line.row, line.name)
        if line.level in LEVELS and line.indicator:
            path = [activity[1]]
            parent = by_row[activity[0]].parent if activity[0] in by_row else 0
            while parent:
                path.insert(0, by_row[parent].name)
                parent = by_row[parent].parent
            found[line.row] = indicator_code(office.code, _SHORT[line.level], *path, line.indicator)
    return found


def indicators(source: Source, lines: list[Line], known: dict[int, str]) -> pd.DataFrame:
    """Rows of ``indikator``; the activity stands in the definition."""
    usual = _usual(lines)
    rows = [
        {
            "kode_indikator": known[line.row],
            "nama_indikator": line.indicator,
            "kode_opd": source.office.code,
            "tingkat": line.level,
            "sasaran": line.goal,
            "satuan": line.unit,
            "polaritas": "naik_baik",
            "agregasi": _aggregation(line, usual),
            "jadwal_ukur": "triwulanan",
            "definisi": f"Indikator {line.level.replace('_', ' ')}: {name}",
            "sumber": "Formulir E.81",
            "lembar": source.form.sheet,
            "baris": line.row,
        }
        for line, name in _with_activity(lines)
        if line.row in known
    ]
    return pd.DataFrame(rows)


def _with_activity(lines: list[Line]) -> list[tuple[Line, str]]:
    found, name = [], ""
    for line in lines:
        name = line.name or name
        found.append((line, name))
    return found


def _fitting(line: Line) -> list[str]:
    quarters, total = numbers(line), line.performance.get("realisasi")
    return aggregations(quarters, total.number) if quarters and total and total.number is not None else []


def _usual(lines: list[Line]) -> str:
    """The way of most lines that leave no choice; the form's own ("13 = 9 + 10 + 11 + 12") where none does."""
    certain = Counter(ways[0] for line in lines if len(ways := _fitting(line)) == 1)
    return certain.most_common(1)[0][0] if certain else "jumlah"


def _aggregation(line: Line, usual: str) -> str:
    ways = _fitting(line)
    return usual if usual in ways or not ways else ways[0]


def links(source: Source, lines: list[Line], known: dict[int, str]) -> pd.DataFrame:
    """Rows of ``kaskade``: every indicator supports the first indicator of the activity above."""
    place = {"kode_opd": source.office.code, "jenis_induk": "indikator", "lembar": source.form.sheet}
    rows = [
        {"kode_indikator": known[line.row], "kode_induk": known[line.parent], "baris": line.row, **place}
        for line in lines
        if line.row in known and line.parent in known
    ]
    return pd.DataFrame(rows)


def targets(source: Source, lines: list[Line], known: dict[int, str]) -> pd.DataFrame:
    """Rows of ``target``: the year evaluated and the end of the Renstra; a target of nought is left out."""
    plans = [("target", source.form.document, source.year)]
    if source.form.final_year:
        plans.append(("renstra", "rpjmd" if source.form.document == "rkpd" else "renstra", source.form.final_year))
    rows = [
        _place(source, line, known) | {"tahun": year, "periode": "tahunan", "dokumen": document, "ke": 0}
        | _cells(value, "nilai_atas")
        for measure, document, year in plans
        for line in lines
        if line.row in known and is_something(value := line.performance.get(measure, Value()))
    ]  # fmt: skip
    return pd.DataFrame(rows)


def actuals(source: Source, lines: list[Line], known: dict[int, str]) -> pd.DataFrame:
    """Rows of ``realisasi`` per reported quarter, for indicators that have a target this year."""
    rows = [
        _place(source, line, known) | {"tahun": source.year, "periode": quarter, "status": value.status or "final"}
        | _cells(value)
        for line in lines
        if line.row in known and is_something(line.performance.get("target", Value()))
        for quarter in source.quarters
        if not (value := line.performance.get(quarter, Value())).is_empty
    ]  # fmt: skip
    return pd.DataFrame(rows)


def _place(source: Source, line: Line, known: dict[int, str]) -> Row:
    return {
        "kode_indikator": known[line.row],
        "kode_opd": source.office.code,
        "lembar": source.form.sheet,
        "baris": line.row,
    }


def _cells(value: Value, upper: str = "") -> Row:
    cells: Row = {"nilai": value.number, "nilai_huruf": value.letter or None}
    return cells | {upper: value.upper} if upper else cells

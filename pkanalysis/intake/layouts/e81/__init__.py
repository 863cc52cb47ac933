"""Formulir E.81 (evaluation of a Renja; E.80 of an RKPD): K and Rp per programme, kegiatan and sub kegiatan.

The form has no codes. K becomes indicators, targets and quarters under invented, stable codes; Rp are
control totals and are not stored, since without codes they fit no budget line (:func:`totals` gives them).
"""

from __future__ import annotations

from collections import Counter

import pandas as pd

from pkanalysis.config import Config
from pkanalysis.errors import PkError
from pkanalysis.intake.book import Book
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.layouts.e81.checks import aggregations, coding, numbers, remarks, settle
from pkanalysis.intake.layouts.e81.headings import LOOK_ROWS, find_form
from pkanalysis.intake.layouts.e81.lines import LEVELS, PROGRAM, Filled, forms, is_something
from pkanalysis.intake.layouts.office import Office
from pkanalysis.intake.reading import Layout, Reading, Slice
from pkanalysis.intake.values import Value, indicator_code
from pkanalysis.vocabulary import QUARTERS

NAME = "e81"
_MEASURES = {"target": "target_rp", "realisasi": "realisasi_rp"} | {name: f"{name.lower()}_rp" for name in QUARTERS}
_SHORT = dict(zip(LEVELS, ("PRG", "KEG", "SUB"), strict=True))

Row = dict[str, str | float | None]


def recognise(book: Book) -> str | None:
    """Reason why the book is a Formulir E.81, or ``None``."""
    for sheet, rows in book.sheets.items():
        if form := find_form(sheet, rows[:LOOK_ROWS]):
            year = f" (tahun {form.year})" if form.year else ""
            return f"lembar {sheet} punya K dan Rp untuk target {form.document}{year}, triwulan I-IV dan realisasi"
    return None


def read(book: Book, config: Config, stage: str) -> Reading:  # noqa: ARG001 (an evaluation has no budget stage)
    """Indicators, targets and quarters per office and year, of the form of it that reports most.

    Further forms of an office are not stored: several of one year tell the same at different times.
    """
    used: dict[tuple[str, int | None], Filled] = {}
    findings, parts, slices = list[Finding](), list[dict[str, pd.DataFrame]](), []
    for item in forms(book):
        whose = (item.office.code if item.office else "", item.form.year)
        if (first := used.setdefault(whose, item)) is not item:
            findings.append(finding("E81_FORMULIR_KEMBAR", book.name, item.form.sheet, lembar=first.form.sheet))
    for filled in used.values():
        lacking = {
            "E81_TANPA_OPD": filled.office is None,
            "E81_TANPA_TAHUN": filled.form.year is None,
            "E81_TANPA_PROGRAM": not any(line.level == PROGRAM for line in filled.lines),
        }
        failed = [finding(code, book.name, filled.form.sheet) for code, is_so in lacking.items() if is_so]
        findings += [*filled.findings, *failed]
        if filled.office and filled.form.year and not failed:
            tidy, told = _tidy(filled, filled.office, filled.form.year)
            parts.append(tidy)
            findings += told
            slices.append(Slice(NAME, filled.form.year, "", (filled.office.code,)))
    if len(parts) < len(used):
        return Reading(NAME, "", {}, findings)
    rows = {name: pd.concat([part[name] for part in parts], ignore_index=True) for name in parts[0]}
    return Reading(NAME, "", {name: frame for name, frame in rows.items() if len(frame)}, findings, tuple(slices))


def _tidy(filled: Filled, office: Office, year: int) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """Rows per table of one form, and what is said about it."""
    form, (known, repeated) = filled.form, _coded(filled, office)
    places: dict[int, Row] = {
        row: {"kode_indikator": code, "kode_opd": office.code, "lembar": form.sheet, "baris": row}
        for row, code in known.items()
    }
    links = [  # every indicator supports the first indicator of the activity above
        places[line.row] | {"kode_induk": known[line.parent], "jenis_induk": "indikator"}
        for line in filled.lines
        if line.row in known and line.parent in known
    ]
    rows: dict[str, list[Row]] = {
        "opd": [{"kode_opd": office.code, "nama_opd": office.name, "lembar": form.sheet}],
        "indikator": _indicators(filled, places),
        "kaskade": links,
        **_values(filled, places, year),
    }
    findings = [*settle(filled), *coding(filled), *repeated, *remarks(filled, known)]
    return {name: pd.DataFrame(found) for name, found in rows.items()}, findings


def _coded(filled: Filled, office: Office) -> tuple[dict[int, str], list[Finding]]:
    """Invented indicator code per row: the same names give the same code, of which the first row counts."""
    by_row = {line.row: line for line in filled.lines}
    known, first, findings, name = dict[int, str](), dict[str, int](), [], ""
    for line in filled.lines:
        name = name if line.is_further else line.name
        if line.level not in LEVELS or not line.indicator:
            continue
        path, parent = [name], line.parent
        while parent:
            path.insert(0, by_row[parent].name)
            parent = by_row[parent].parent
        code = indicator_code(office.code, _SHORT[line.level], *path, line.indicator)
        if first.setdefault(code, line.row) == line.row:
            known[line.row] = code
        else:
            at = (line.row, filled.form.texts["indikator"], line.indicator)
            findings.append(filled.form.finding("E81_INDIKATOR_KEMBAR", *at, baris=first[code]))
    return known, findings


def _indicators(filled: Filled, places: dict[int, Row]) -> list[Row]:
    """Rows of ``indikator``; the activity stands in the definition.

    Where several ways make the year from its quarters, it is the way of most lines that leave no choice; where no
    line says, the form's own ("13 = 9 + 10 + 11 + 12").
    """
    fitting = {line.row: aggregations(*numbers(line)) for line in filled.lines}
    certain = Counter(ways[0] for ways in fitting.values() if len(ways) == 1)
    usual = certain.most_common(1)[0][0] if certain else "jumlah"
    rows, activity = list[Row](), ""
    for line in filled.lines:
        activity = line.name or activity
        if line.row not in places:
            continue
        ways = fitting[line.row]
        rows.append(places[line.row] | {
            "nama_indikator": line.indicator,
            "tingkat": line.level,
            "sasaran": line.goal,
            "satuan": line.unit,
            "polaritas": "naik_baik",
            "agregasi": usual if usual in ways or not ways else ways[0],
            "jadwal_ukur": "triwulanan",
            "definisi": f"Indikator {line.level.replace('_', ' ')}: {activity}",
            "sumber": "Formulir E.81",
        })  # fmt: skip
    return rows


def _values(filled: Filled, places: dict[int, Row], year: int) -> dict[str, list[Row]]:
    """Rows of ``target``, of the year and the end of the Renstra, and of ``realisasi`` per reported quarter.

    A target of nought is left out, and with it what was done in the year.
    """
    form, lines = filled.form, [line for line in filled.lines if line.row in places]
    plans = [("target", form.document, year)]
    if form.final_year:
        plans.append(("renstra", "rpjmd" if form.document == "rkpd" else "renstra", form.final_year))
    targets: list[Row] = [
        places[line.row] | {"tahun": until, "periode": "tahunan", "dokumen": document, "ke": 0}
        | {"nilai": value.number, "nilai_atas": value.upper, "nilai_huruf": value.letter or None}
        for measure, document, until in plans
        for line in lines
        if is_something(value := line.performance.get(measure, Value()))
    ]  # fmt: skip
    quarters = filled.quarters
    actuals: list[Row] = [
        places[line.row] | {"tahun": year, "periode": quarter, "status": value.status or "final"}
        | {"nilai": value.number, "nilai_huruf": value.letter or None}
        for line in lines
        if is_something(line.performance.get("target", Value()))
        for quarter in quarters
        if not (value := line.performance.get(quarter, Value())).is_empty
    ]  # fmt: skip
    return {"target": targets, "realisasi": actuals}


def totals(book: Book) -> pd.DataFrame:
    """Sums of Rp per level of the form that reports most; the three levels should agree.

    Parameters
    ----------
    book : Book
        A book with a Formulir E.81.

    Returns
    -------
    pandas.DataFrame
        Index ``program``, ``kegiatan``, ``sub_kegiatan``; columns ``target_rp``, ``realisasi_rp``,
        ``tw1_rp`` … ``tw4_rp`` (int64, rupiah).

    Raises
    ------
    PkError
        The book has no such form.
    """
    found = forms(book)
    if not found:
        raise PkError(f"{book.name} tidak memuat {LAYOUT.title}; dicari {LAYOUT.looked_for}.")
    lines = [line for line in found[0].lines if not line.is_further]
    rows = [
        {title: sum(line.rp(name) for line in lines if line.level == level) for name, title in _MEASURES.items()}
        for level in LEVELS
    ]
    return pd.DataFrame(rows, index=pd.Index(LEVELS, name="tingkat"), dtype="int64")


LAYOUT = Layout(
    NAME,
    "lembar dengan kolom Program/Kegiatan, Indikator Kinerja, dan K serta Rp untuk target, triwulan I-IV dan realisasi",
    recognise,
    read,
)

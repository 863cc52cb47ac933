"""Formulir E.81 (evaluation of a Renja; E.80 of an RKPD): K and Rp per programme, kegiatan and sub kegiatan.

The form has no codes. K becomes indicators, targets and quarters under invented, stable codes; Rp are
control totals and are not stored, since without codes they fit no budget line (:func:`totals` gives them).
"""

from __future__ import annotations

import pandas as pd

from pkanalysis.config import Config
from pkanalysis.errors import PkError
from pkanalysis.intake.book import Book
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.layouts.e81 import tables
from pkanalysis.intake.layouts.e81.checks import coding, missing, others, remarks, settle, unique
from pkanalysis.intake.layouts.e81.headings import LOOK_ROWS, QUARTERS, find_form
from pkanalysis.intake.layouts.e81.lines import LEVELS, Filled, forms
from pkanalysis.intake.layouts.office import Office
from pkanalysis.intake.reading import Layout, Reading, Slice

NAME = "e81"
_MEASURES = {"target": "target_rp", "realisasi": "realisasi_rp"} | {name: f"{name.lower()}_rp" for name in QUARTERS}


def recognise(book: Book) -> str | None:
    """Reason why the book is a Formulir E.81, or ``None``."""
    for sheet, rows in book.sheets.items():
        if form := find_form(sheet, rows[:LOOK_ROWS]):
            year = f" (tahun {form.year})" if form.year else ""
            return f"lembar {sheet} punya K dan Rp untuk target {form.document}{year}, triwulan I-IV dan realisasi"
    return None


def read(book: Book, config: Config, stage: str) -> Reading:  # noqa: ARG001 (an evaluation has no budget stage)
    """Indicators, targets and quarters per office, of the form of it that reports most."""
    used, rest = _chosen(_forms(book))
    findings = others(used, rest)
    parts: list[dict[str, pd.DataFrame]] = []
    slices = []
    for filled in used:
        findings += [*filled.findings, *missing(filled)]
        if filled.office and filled.form.year and not missing(filled):
            tidy, told = _tidy(filled, filled.office, filled.form.year)
            parts.append(tidy)
            findings += told
            slices.append(Slice(NAME, filled.form.year, "", (filled.office.code,)))
    if len(parts) < len(used):
        return Reading(NAME, "", {}, findings)
    rows = {name: pd.concat([part[name] for part in parts], ignore_index=True) for name in parts[0]}
    return Reading(NAME, "", {name: frame for name, frame in rows.items() if len(frame)}, findings, tuple(slices))


def _chosen(found: list[Filled]) -> tuple[list[Filled], list[Filled]]:
    """The first form of every office and year (the fullest), and the others."""
    used: dict[tuple[str, int | None], Filled] = {}
    for item in found:
        used.setdefault(item.key, item)
    kept = list(used.values())
    return kept, [item for item in found if not any(item is one for one in kept)]


def _tidy(filled: Filled, office: Office, year: int) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """Rows per table of one form, and what is said about it."""
    source = tables.Source(filled.form, office, year, filled.quarters)
    known, repeated = unique(filled, tables.coded(filled.lines, office))
    rows = {
        "opd": pd.DataFrame([{"kode_opd": office.code, "nama_opd": office.name, "lembar": filled.form.sheet}]),
        "indikator": tables.indicators(source, filled.lines, known),
        "kaskade": tables.links(source, filled.lines, known),
        "target": tables.targets(source, filled.lines, known),
        "realisasi": tables.actuals(source, filled.lines, known),
    }
    return rows, [*settle(filled), *coding(filled), *repeated, *remarks(filled, known)]


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
    lines = _forms(book)[0].activities
    rows = [
        {title: sum(line.rp(name) for line in lines if line.level == level) for name, title in _MEASURES.items()}
        for level in LEVELS
    ]
    return pd.DataFrame(rows, index=pd.Index(LEVELS, name="tingkat"), dtype="int64")


def _forms(book: Book) -> list[Filled]:
    found = forms(book)
    if not found:
        raise PkError(f"{book.name} tidak memuat {LAYOUT.title}; dicari {LAYOUT.looked_for}.")
    return found


LAYOUT = Layout(
    NAME,
    "lembar dengan kolom Program/Kegiatan, Indikator Kinerja, dan K serta Rp untuk target, triwulan I-IV dan realisasi",
    recognise,
    read,
)

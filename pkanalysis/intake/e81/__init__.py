"""Formulir E.81 (evaluation of a Renja; E.80 of an RKPD): K and Rp per programme, kegiatan and sub kegiatan.

The form has no codes. K becomes indicators, targets and quarters under invented, stable codes; Rp are
control totals and are not stored, since without codes they fit no budget line (:func:`totals` gives them).
"""

from __future__ import annotations

import pandas as pd

from pkanalysis.config import Config
from pkanalysis.errors import PkError
from pkanalysis.intake.e81 import tables
from pkanalysis.intake.e81.filled import Filled, forms
from pkanalysis.intake.e81.headings import LOOK_ROWS, QUARTERS, find_form
from pkanalysis.intake.e81.levels import LEVELS
from pkanalysis.intake.e81.reconcile import settle
from pkanalysis.intake.e81.remarks import missing, others, remarks, unique
from pkanalysis.intake.office import Office
from pkanalysis.intake.reading import Layout, Reading, Slice
from pkanalysis.intake.sheets import Book

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
    """Indicators, targets and quarters of the form that reports most, and its office."""
    filled, *rest = _forms(book)
    findings = [*others(filled, rest), *filled.findings]
    if refused := missing(filled):
        return Reading(NAME, "", {}, [*findings, *refused])
    office, year = filled.office or Office(""), filled.form.year or 0
    source = tables.Source(filled.form, office, year, filled.quarters)
    known, repeated = unique(filled, tables.coded(filled.lines, office))
    rows = {
        "opd": pd.DataFrame([{"kode_opd": office.code, "nama_opd": office.name, "lembar": filled.form.sheet}]),
        "indikator": tables.indicators(source, filled.lines, known),
        "kaskade": tables.links(source, filled.lines, known),
        "target": tables.targets(source, filled.lines, known),
        "realisasi": tables.actuals(source, filled.lines, known),
    }
    findings += [*settle(filled), *repeated, *remarks(filled, known)]
    kept = {name: frame for name, frame in rows.items() if len(frame)}
    return Reading(NAME, "", kept, findings, (Slice(NAME, year, "", (office.code,)),))


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
    "Formulir E.81 (evaluasi Renja)",
    "lembar dengan kolom Program/Kegiatan, Indikator Kinerja, dan K serta Rp untuk target, triwulan I-IV dan realisasi",
    recognise,
    read,
)

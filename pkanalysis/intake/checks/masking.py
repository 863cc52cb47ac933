"""A reading without personal data: masked before it is stored, and told at its cell without being repeated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pandas as pd

from pkanalysis.intake.checks.personal import masked, may_hold
from pkanalysis.intake.files.sheets import Book, cell_name
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.reading import Reading
from pkanalysis.tables import TABLES, Column

_NOT_FREE = {"lembar", "singkatan", "satuan", "periode", "tahap", "nilai_huruf", "kelompok", "pelaku", "presisi"}
MOST_CELLS = 100
_REMEDY = "hapus dari berkas asal, minta OPD tidak menuliskannya, dan batasi salinan berkas di sumber/"

Mask = tuple[str, tuple[str, ...]]
"""A text without personal data, and the kinds it held."""


def discreet(book: Book, reading: Reading) -> Reading:
    """A reading without personal data in its free text and in what its findings repeat, and a warning for each cell.

    Parameters
    ----------
    book : Book
        The file, to find the cells.
    reading : Reading
        With conformed tables.
    """
    cleaned = {name: without(book, name, frame) for name, frame in reading.tables.items()}
    tables = {name: frame for name, (frame, _) in cleaned.items()}
    told = [replace(item, value=masked(item.value)[0], rule=masked(item.rule)[0]) for item in reading.findings]
    found = [item for _, findings in cleaned.values() for item in findings]
    return replace(reading, tables=tables, findings=[*told, *found])


def without(book: Book, name: str, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Finding]]:
    """Table ``name`` without personal data in its free text, and a warning for each cell that held some.

    Parameters
    ----------
    book : Book
        The file, to find the cell.
    name : str
        A key of :data:`pkanalysis.tables.TABLES`.
    frame : pandas.DataFrame
        Conformed rows with ``lembar`` and ``baris``.
    """
    findings: list[Finding] = []
    for column in free_text(name):
        values = frame[column]
        if masks := _masks(values):
            findings += _told(book, column, frame[values.isin(masks)], masks)
            clean = values.map(lambda words: masks[words][0] if words in masks else words)
            frame = frame.assign(**{column: clean.astype(values.dtype)})
    return frame, findings


def _masks(values: pd.Series) -> dict[str, Mask]:
    """Each distinct text with personal data: masked, and the kinds."""
    texts = values.dropna().unique().tolist()
    if not may_hold("\n".join(texts)):
        return {}
    found = {words: masked(words) for words in texts}
    return {words: mask for words, mask in found.items() if mask[1]}


def free_text(name: str) -> list[str]:
    """Columns of table ``name`` in which people write as they like: no key, code, name or closed list.

    Examples
    --------
    >>> free_text("realisasi"), free_text("anggaran")
    (['sumber', 'bukti'], ['paket'])
    """
    return [column.name for column in TABLES[name].columns if _is_free(column)]


def _is_free(column: Column) -> bool:
    is_text = column.kind == "teks" and not column.allowed and not column.key
    return is_text and column.name not in _NOT_FREE and not column.name.startswith(("kode_", "nama_", "id_", "tahap_"))


def _told(book: Book, column: str, hit: pd.DataFrame, masks: Mapping[str, Mask]) -> list[Finding]:
    findings = list(_each(book, column, hit.head(MOST_CELLS), masks))
    if len(hit) > MOST_CELLS:
        rule = f"{len(hit) - MOST_CELLS} baris lain juga berisi data pribadi, dan juga dihapus dari tabel"
        findings.append(Finding("peringatan", book.name, "", "", column, "", rule, _REMEDY))
    return findings


def _each(book: Book, column: str, hit: pd.DataFrame, masks: Mapping[str, Mask]) -> Iterator[Finding]:
    for words, sheet, row in hit[[column, "lembar", "baris"]].itertuples(index=False):
        mask, kinds = masks[words]
        rule = f"berisi {' dan '.join(kinds)} (data pribadi menurut UU 27/2022), dihapus dari teks yang disimpan"
        sheet = "" if pd.isna(sheet) else sheet
        place = "" if pd.isna(row) else _place(book, sheet, int(row), words)
        yield Finding("peringatan", book.name, sheet, place, column, mask, rule, _REMEDY)


def _place(book: Book, sheet: str, row: int, words: str) -> str:
    """The cell of the row that holds ``words``, or the row."""
    cells = book.sheets[sheet][row - 1] if sheet in book.sheets and row <= len(book.sheets[sheet]) else []
    own = " ".join(words.split())
    column = next((place for place, cell in enumerate(cells) if " ".join(str(cell).split()) == own), None)
    return f"baris {row}" if column is None else cell_name(row - 1, column)

"""Which offices a file name or a title names, and whether the rows under it are theirs."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from pkanalysis.intake.files.sheets import Book, Rows, text
from pkanalysis.intake.findings import Finding

TITLE_ROWS, TITLE_CELLS = 12, 3
PUBLISHERS = ("5.01.", "5.02.")
"""Bidang of the offices that write files about all the others (planning, finance): their name tells less."""


def titles(rows: Rows) -> list[str]:
    """Texts above the first row with more than three cells: titles, before the headings of a table.

    Examples
    --------
    >>> titles([["REKAP PAGU"], ["SKPD", ":", "Dinas Uji"], ["NO", "KODE", "URAIAN", "PAGU"], [1]])
    ['REKAP PAGU', 'SKPD : Dinas Uji']
    """
    found = []
    for row in rows[:TITLE_ROWS]:
        cells = [text(cell) for cell in row if text(cell)]
        if len(cells) > TITLE_CELLS:
            break
        if cells:
            found.append(" ".join(cells))
    return found


def offices(words: str, opd: pd.DataFrame) -> set[str]:
    """Codes of the offices that ``words`` name, by name, abbreviation or code; a name inside a longer one is none.

    Parameters
    ----------
    words : str
        File name without its ending, or a title.
    opd : pandas.DataFrame
        Rows with ``kode_opd``, ``nama_opd`` and ``singkatan``; offices that share an abbreviation are all named.

    Examples
    --------
    >>> opd = pd.DataFrame({"kode_opd": ["1.02.0.00.0.00.01.0000", "1.03.0.00.0.00.01.0000"],
    ...                     "nama_opd": ["Dinas Kesehatan", "Dinas Pekerjaan Umum"], "singkatan": ["DINKES", "PU"]})
    >>> sorted(offices("rekap5_2025_Dinkes_murni", opd)), offices("rekap pu dan dinas", opd)
    (['1.02.0.00.0.00.01.0000'], set())
    """
    flat = f" {_plain(words)} "
    fields = opd[["kode_opd", "nama_opd", "singkatan"]].fillna("")
    forms = {(form, row[0]) for row in fields.itertuples(index=False) for form in map(_plain, row) if _tells(form)}
    found = {(form, code) for form, code in forms if f" {form} " in flat}
    return {code for form, code in found if not any(f" {form} " in f" {longer} " != f" {form} " for longer, _ in found)}


def _plain(words: str) -> str:
    return re.sub(r" contoh$", "", " ".join(re.findall(r"[a-z0-9]+", words.lower())))


def _tells(form: str) -> bool:
    """Whether a name is long enough to be no chance: three letters, or a whole SKPD code."""
    return len(form) >= 3 and (not re.fullmatch(r"x?[\d ]+", form) or form.count(" ") >= 4)


def strangers(file: str, words: str, where: str, inside: set[str], opd: pd.DataFrame) -> list[Finding]:
    """A warning when ``words`` name offices and the rows are also, or only, of others.

    Parameters
    ----------
    file : str
        File name.
    words, where : str
        What was read for names, and what it is ("nama berkas", "judul").
    inside : set of str
        ``kode_opd`` of the rows.
    opd : pandas.DataFrame
        All offices known, with ``kode_induk`` where one is part of another.
    """
    told = offices(words, opd)
    others = inside - told - _alike(told, opd)
    if not told or not others:
        return []
    who = _listed(told, opd)
    if len(inside) == 1:
        if not all("." in code for code in others):  # a code made from a name may be the same office
            return []
        rule = f"{where} menyebut {who}, sedangkan semua barisnya milik {_listed(others, opd)}"
        return [Finding("peringatan", file, "", "", "", words, rule, "periksa apakah berkasnya tertukar")]
    rule = f"{where} menyebut {who}, sedangkan barisnya milik {len(inside)} SKPD ({_listed(inside, opd)})"
    is_publisher = all(code.removeprefix("X").startswith(PUBLISHERS) for code in told)
    remedy = "bila ini rekap seluruh daerah, ganti namanya; bila berkas satu OPD, unduh ulang untuk OPD itu saja"
    return [Finding("catatan" if is_publisher else "peringatan", file, "", "", "", words, rule, remedy)]


def _alike(told: set[str], opd: pd.DataFrame) -> set[str]:
    """Other codes of the same office by its name, and its parts."""
    names = opd["nama_opd"].fillna("").map(_plain)
    is_same = names.isin(set(names[opd["kode_opd"].isin(told)]) - {""}) | opd["kode_induk"].isin(told)
    return set(opd.loc[is_same, "kode_opd"])


def _listed(codes: set[str], opd: pd.DataFrame, most: int = 3) -> str:
    names = opd[opd["kode_opd"].isin(codes)].drop_duplicates("kode_opd")["nama_opd"].fillna("")
    shown = [name for name in names if name][:most] or sorted(codes)[:most]
    return ", ".join(shown) + (", …" if len(codes) > len(shown) else "")


def above(book: Book, opd: pd.DataFrame, inside: set[str]) -> list[Finding]:
    """A warning per sheet whose titles name one office while the rows are of several, unless sections name them all."""
    if len(inside) < 2:
        return []
    found = [
        replace(found, sheet=sheet) for sheet, rows in book.sheets.items() for line in titles(rows)
        for found in strangers(book.name, line, "judul", inside, opd)
    ]  # fmt: skip
    return [] if found and inside <= _heading_sections(book, opd) else found


def _heading_sections(book: Book, opd: pd.DataFrame) -> set[str]:
    """Offices named in rows of few cells anywhere in the book, as the headings of their sections are."""
    lines = ([text(cell) for cell in row if text(cell)] for rows in book.sheets.values() for row in rows)
    return {code for line in lines if len(line) <= TITLE_CELLS for code in offices(" ".join(line), opd)}

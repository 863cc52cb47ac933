"""Which offices a file name or a title names, and whether the rows under it are theirs.

Which budget stage a file is about, when the file itself does not say.
"""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from pkanalysis.config import Config, Stage
from pkanalysis.intake.book import Book, Rows, text
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.reading import Slice

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


HEADED = ("rekap_perubahan", "sebelum_sesudah")
"""Layouts whose headings name the stages: what a "rekap perubahan" is called says nothing about them."""


def find_stage(book: Book, config: Config, year: int, named: str) -> str | Finding:
    """Code of the stage that the user named, or that the file name mentions.

    Parameters
    ----------
    book : Book
        The file; its name may hold a stage code or stage name.
    config : Config
        Stages of ``year`` are the only ones allowed.
    year : int
        Budget year.
    named : str
        Stage given by the user, or ``""``.

    Returns
    -------
    str or Finding
        The stage code, or an error finding.
    """
    stages = config.stages(year)
    if named:
        codes = {name.lower(): stage.kode for stage in stages for name in (stage.kode, stage.nama)}
        return codes.get(named.lower()) or _refusal(book, stages, year, named, "tahap itu belum ada")
    found = mentioned(book.path.stem, stages)
    if len(found) == 1:
        return found[0]
    reason = "nama berkas menyebut lebih dari satu tahap" if found else "tahap tidak tertulis di nama berkas"
    return _refusal(book, stages, year, book.path.stem, reason)


def mentioned(name: str, stages: tuple[Stage, ...]) -> list[str]:
    """Stage codes that a file name or title holds; one inside a longer one that is also there does not count.

    Examples
    --------
    >>> mentioned("Penjabaran Perubahan APBD", (Stage(2025, "murni", "Murni"), Stage(2025, "perubahan", "Perubahan")))
    ['perubahan']
    """
    words = f"_{_words(name)}_"
    found = {
        form: stage.kode
        for stage in stages
        for form in (_words(stage.kode), _words(stage.nama))
        if form and f"_{form}_" in words
    }
    inside = {short for short in found for long in found if short != long and f"_{short}_" in f"_{long}_"}
    return sorted({code for form, code in found.items() if form not in inside})


def contradicted(book: Book, config: Config, slices: tuple[Slice, ...]) -> list[Finding]:
    """Warnings where the file name or a title speaks of another stage than the rows are stored under.

    Parameters
    ----------
    book : Book
    config : Config
        Stages that may be named.
    slices : tuple of Slice
        What the file fills with budget lines.
    """
    if not slices:
        return []
    chosen, years = {piece.stage for piece in slices}, {piece.year for piece in slices}
    known = tuple(stage for stage in config.tahap if stage.tahun in years)
    said = [("nama berkas", "", book.path.stem)]
    said += [("judul", sheet, line) for sheet, rows in book.sheets.items() for line in titles(rows)]
    return [
        _other(book, sheet, line, f"{where} menyebut tahap {', '.join(told)}", f"tahap {', '.join(sorted(chosen))}",
               "periksa pilihan --tahap, atau impor ulang dengan tahap yang benar")
        for where, sheet, line in said
        if slices[0].layout not in HEADED and (told := mentioned(line, known)) and not chosen & set(told)
    ]  # fmt: skip


def other_year(book: Book, slices: tuple[Slice, ...]) -> list[Finding]:
    """A warning when the file name speaks of another year than the rows.

    Parameters
    ----------
    book : Book
    slices : tuple of Slice
        What the file fills with budget, spending or cash plan.
    """
    named, years = _years(book.path.stem), {piece.year for piece in slices}
    if not named or not years or named & years:
        return []
    told, kept = (", ".join(map(str, sorted(filter(None, each)))) for each in (named, years))
    return [_other(book, "", book.path.stem, f"nama berkas menyebut tahun {told}", f"tahun {kept}",
                   "periksa apakah berkasnya tertukar")]  # fmt: skip


def _other(book: Book, sheet: str, words: str, told: str, kept: str, remedy: str) -> Finding:
    return Finding("peringatan", book.name, sheet, "", "", words, f"{told}, sedangkan barisnya disimpan sebagai {kept}",
                   remedy)  # fmt: skip


def _years(name: str) -> set[int]:
    """Years in a file name that are no part of a date, with all that a span holds.

    Examples
    --------
    >>> _years("rekap5_2025_murni"), _years("rekap 2026-01-15"), _years("RPJMD 2025-2027"), _years("rekap 15 Jan 2026")
    ({2025}, set(), {2025, 2026, 2027}, set())
    """
    dates = r"20\d\d[-_. ]\d{1,2}[-_. ]\d{1,2}(?!\d)|(?<!\d)\d{1,2}[-_. ](?:\d{1,2}|[A-Za-z]{3,9})[-_. ]20\d\d"
    pairs = re.findall(r"(?<!\d)(20\d\d)(?:\s?[-–]\s?(20\d\d))?(?!\d)", re.sub(dates, "", name))
    return {year for first, last in pairs for year in range(int(first), int(last or first) + 1)}


def _words(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def _refusal(book: Book, stages: tuple[Stage, ...], year: int, value: str, reason: str) -> Finding:
    known = ", ".join(stage.kode for stage in stages) or "belum ada"
    remedy = f"beri --tahap dengan salah satu tahap {year} di pkanalysis.toml ({known})"
    return Finding("galat", book.name, "", "", "", value, reason, remedy)

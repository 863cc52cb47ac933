"""A copy of a file with the cells of its findings coloured and commented, and a first sheet that lists them."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

from xlsxwriter.exceptions import FileCreateError

from pkanalysis.errors import PkError
from pkanalysis.intake.files.sheets import PDF, Book, open_book
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.listing import TITLE, Listing, not_written
from pkanalysis.intake.marked import drawn, kept
from pkanalysis.intake.marked.marks import Spot, marks, spots
from pkanalysis.tables import SEVERITIES

MOST_KEPT = 500_000
"""Cells of a workbook that is copied with its formatting; ten seconds, 400 MB."""
KEPT = (
    "Nilai, rumus, format, sel gabung, komentar dan proteksinya ikut; makro, kotak teks dan hasil rumus yang tersimpan "
    "tidak (Excel menghitung ulang saat dibuka)."
)
DRAWN = (
    "Hanya isi selnya yang disalin, di alamat yang sama; format, rumus dan sel gabung tidak ikut, karena berkasnya "
    "bukan .xlsx yang utuh atau terlalu besar."
)
TOP_ONLY = "Berkas ini terlalu besar: hanya baris teratas dan baris yang bertemuan yang disalin, di alamat yang sama."
LIST_ONLY = "Berkas ini tidak punya sel yang dapat diwarnai, jadi salinan ini hanya daftar temuannya."
LEGEND = (
    "Merah = galat, kuning = peringatan, biru = catatan; arahkan penunjuk ke sel berwarna untuk membaca aturan dan "
    "sarannya. Perbaiki berkas asalnya, lalu impor lagi."
)
Places = Sequence[Spot | None]


def targets(copy: Path, sources: Sequence[Path]) -> dict[Path, Path]:
    """Where the copy of each file goes: ``copy`` itself for a single file, else into that folder.

    Raises
    ------
    PkError
        One of them exists already.

    Examples
    --------
    >>> [path.name for path in targets(Path("periksa"), [Path("a.csv"), Path("a.xlsx")]).values()]
    ['a_csv_periksa.xlsx', 'a_xlsx_periksa.xlsx']
    """
    if len(sources) == 1 and copy.suffix:
        found = {sources[0]: copy}
    else:
        found = {path: copy / f"{path.stem}_{path.suffix[1:]}_periksa.xlsx" for path in sources}
    for target in found.values():
        _require_free(target)
    return found


def _require_free(target: Path) -> None:
    if target.suffix.lower() != ".xlsx":
        raise PkError(f"{target} harus berakhiran .xlsx; ganti nama salinannya.")
    if target.exists():
        raise PkError(f"{target} sudah ada dan tidak ditimpa; pilih nama lain atau hapus dahulu.")


def write(target: Path, source: Path, findings: Sequence[Finding]) -> str:
    """Write the marked copy of ``source``; its values stay as they are, and the source is not touched.

    Parameters
    ----------
    target : pathlib.Path
        The copy, an .xlsx that does not exist yet; its folder is made.
    source : pathlib.Path
        The file that was checked; one that cannot be opened, or a PDF, gives the list of findings only.
    findings : sequence of Finding
        The findings in it; without any no copy is made.

    Returns
    -------
    str
        Sentences on where the copy is, what it holds and what it does not.

    Raises
    ------
    PkError
        The target is no .xlsx, exists already, or cannot be written.
    """
    if not findings:
        return f"{source.name} tidak punya temuan, jadi tidak ada salinan periksanya."
    _require_free(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        worst_first = sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))
        return f"Salinan periksa {source.name}: {target}. {_written(target, source, worst_first)}"
    except (OSError, FileCreateError) as error:
        raise not_written(target) from error


def _written(target: Path, source: Path, findings: Sequence[Finding]) -> str:
    book = _cells_of(source)
    places = spots(findings, book)
    if _is_kept(source, book) and _kept(target, source, book, findings, places):
        return KEPT
    said = LIST_ONLY if not book.sheets else DRAWN if drawn.size(book) <= drawn.MOST_CELLS else TOP_ONLY
    names = drawn.sheet_names(book, _title(book))
    drawn.write(target, book, marks(findings, places), _listing(book, findings, places, names, said))
    return said


def _cells_of(source: Path) -> Book:
    """The file's cells; none for a PDF, whose sheets are pages, and for a file that does not open."""
    try:
        book = open_book(source)
    except PkError:
        return Book(source, {})
    with source.open("rb") as file:
        return Book(source, {}) if file.read(len(PDF)) == PDF else book


def _is_kept(source: Path, book: Book) -> bool:
    """Whether the file is an .xlsx (whatever its suffix) that is small enough."""
    if not book.sheets or drawn.size(book) > MOST_KEPT or not zipfile.is_zipfile(source):
        return False
    with zipfile.ZipFile(source) as package:
        return "xl/workbook.xml" in package.namelist()


def _kept(target: Path, source: Path, book: Book, findings: Sequence[Finding], places: Places) -> bool:
    """Write the copy with its formatting; ``False`` where openpyxl does not understand the workbook.

    Which error it raises on a workbook that Excel opens cannot be foretold.
    """
    names = {name: name for name in book.sheets}
    try:
        kept.write(target, source, marks(findings, places), _listing(book, findings, places, names, KEPT))
    except OSError:
        raise
    except Exception:
        return False
    return True


def _listing(book: Book, findings: Sequence[Finding], places: Places, names: dict[str, str], said: str) -> Listing:
    """The list under its notes; a finding on a whole sheet leads to the first cell of it."""
    first = (Spot(finding.sheet, 0, 0) if finding.sheet in names else None for finding in findings)
    found = [place or top for place, top in zip(places, first, strict=True)]
    links = [spot.link(names[spot.sheet]) if spot else "" for spot in found]
    return Listing(findings, links, (f"Salinan periksa {book.name}. {said}", LEGEND, ""), _title(book))


def _title(book: Book) -> str:
    """Name of the list: none that the file has."""
    taken = {name.casefold() for name in book.sheets}
    names = (TITLE, *(f"{TITLE} {number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name.casefold() not in taken)

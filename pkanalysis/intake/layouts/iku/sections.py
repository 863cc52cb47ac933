"""The lists of a book with their rows, the office that holds above each, and notes on how they were understood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pkanalysis.intake.book import Book, cell_name
from pkanalysis.intake.findings import Finding, Severity
from pkanalysis.intake.layouts.iku.headings import Heading, lists
from pkanalysis.intake.layouts.iku.rows import Body, body, gaps, unowned
from pkanalysis.intake.layouts.iku.when import quarter_above, titles_above
from pkanalysis.intake.layouts.office import Office, find_office, sheet_office

_REGION = re.compile(
    r"(?i)\b(?:pemerintah\s+)?((?:kota|kabupaten|provinsi)\s+[a-z' ]+?)(?=\s*(?:,|-|tahun|ta\b|triwulan|20\d\d|$))"
)
_NO_CHANGE, _LOOK = "tidak perlu diubah", "bandingkan dengan berkas asalnya"


def bodies(book: Book) -> Iterator[tuple[str, Heading, Body]]:
    """Sheet, heading and rows of every list, in order."""
    found = lists(book)
    last: tuple[str, Office | None] = ("", None)
    for sheet, heading in found:
        office, assumed = _above(book, sheet, heading) or _carried(last, sheet), ""
        if office is None and "opd" not in heading.fields:
            office, assumed = next(_assumed(book, sheet, heading, len(found)), (None, ""))
        read = body(book.sheets[sheet], heading, office)
        last = (sheet, read.office)
        yield sheet, heading, replace(read, assumed=assumed)


def _carried(last: tuple[str, Office | None], sheet: str) -> Office | None:
    """The office of the list before, on the same sheet."""
    return last[1] if last[0] == sheet else None


def _above(book: Book, sheet: str, heading: Heading) -> Office | None:
    """The office that the rows above name, the nearest first."""
    head = book.sheets[sheet][: heading.first]
    return next((office for row in reversed(head) if (office := find_office([row]))), None)


def _assumed(book: Book, sheet: str, heading: Heading, count: int) -> Iterator[tuple[Office, str]]:
    """The offices that a list which names none may be of, the likeliest first, and what is said about it."""
    if count > 1 and (office := sheet_office(sheet)):
        yield office, f"nama OPD tidak tertulis; dipakai nama lembar {sheet}"
    for what, name in (("lembar", sheet), ("berkas", book.path.stem)):
        if office := find_office([[re.sub(r"[_-]+", " ", name)]]):
            yield office, f"nama OPD tidak tertulis; dipakai {office.name} dari nama {what}"
    for words in titles_above(book.sheets[sheet][: heading.first]):
        if found := _REGION.search(words):
            region = found[1].strip()
            yield Office(region), f"nama OPD tidak tertulis; dibaca sebagai indikator {region} menurut judulnya"


def notes(book: Book, sheet: str, heading: Heading, read: Body) -> list[Finding]:
    """What was assumed of a list, and what was not read in it."""
    place = f"baris {heading.row + 1}"
    told: list[tuple[Severity, str, str, str, str]] = []
    if heading.unknown:
        told.append(("catatan", place, "", f"kolom {', '.join(heading.unknown)} tidak dibaca", _NO_CHANGE))
    for item in heading.doubled:
        rule = "judul kolom ini sama artinya dengan kolom lain, sehingga tidak dibaca"
        told.append(("peringatan", cell_name(heading.row, item.column), item.title, rule, "bedakan judul kedua kolom"))
    if heading.has("capaian") and not heading.has("realisasi"):
        rule = "ada kolom capaian tetapi tidak ada kolom realisasi; capaian tidak dibaca sebagai realisasi"
        told.append(("peringatan", place, "", rule, "bila isinya realisasi, ganti judulnya menjadi Realisasi"))
    if quarter := quarter_above(book.sheets[sheet][: heading.first], heading):
        rule = f"judul menyebut {quarter}: realisasi dibaca sebagai {quarter}, target sebagai target setahun"
        told.append(("peringatan", place, "", rule, "tulis triwulan dan tahunnya di judul kolom"))
    if read.rows and read.assumed:
        told.append(("peringatan", "", "", read.assumed, "tulis Perangkat Daerah : nama di atas tabel"))
    for number, column, words in read.odd:
        rule = "bukan indikator, sasaran atau nama OPD yang dikenal; baris di bawahnya tetap milik OPD di atasnya"
        remedy = 'bila ini nama OPD, tulis "Perangkat Daerah : nama"'
        told.append(("peringatan", cell_name(number - 1, column), words, rule, remedy))
    for number, column, words in read.guessed:
        rule = f"dibaca sebagai nama OPD {words}, karena berdiri seperti baris nama OPD lain"
        told.append(("peringatan", cell_name(number - 1, column), words, rule, "tulis nama resminya"))
    for row, last, own in gaps(read.rows):
        rule = f"nomor melompat dari {last} ke {own}; mungkin ada baris yang hilang atau tergeser"
        told.append(("peringatan", cell_name(row.number - 1, heading.fields["nomor"]), str(own), rule, _LOOK))
    for row in unowned(read.rows):
        name = row.office.name if row.office else ""
        rule = (
            f"OPD kosong; dibaca sebagai {name} seperti baris di atasnya, padahal daftar ini menulisnya di setiap baris"
        )
        told.append(("peringatan", cell_name(row.number - 1, heading.fields["opd"]), "", rule, "isi nama OPD-nya"))
    return [_note(book, sheet, *item) for item in told]


def _note(book: Book, sheet: str, severity: Severity, place: str, written: str, rule: str, remedy: str) -> Finding:
    column, value = (written, "") if "judul kolom" in rule else ("", written)
    return Finding(severity, book.name, sheet, place, column, value, rule, remedy)

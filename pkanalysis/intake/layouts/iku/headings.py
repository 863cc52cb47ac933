"""Headings of IKU and PK lists: one to four rows, in many wordings, and which value each column holds.

A heading may stand over several rows ("Realisasi" over "Triwulan" over "II"); the deepest row that says
a thing decides. A heading with a word that is not understood, or of money, is no measure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter

from pkanalysis.intake.book import Book, Rows, normal, text
from pkanalysis.intake.headings import spread
from pkanalysis.intake.layouts.e81.headings import LOOK_ROWS, QUARTER_OF, find_form
from pkanalysis.intake.layouts.form.spec import has_stamp
from pkanalysis.intake.layouts.published import matching
from pkanalysis.vocabulary import YEAR

_KINDS = ("target", "realisasi", "capaian")
_COMPUTED = {"target": "target_hitung", "capaian": "realisasi_hitung"}
_QUARTER_WORDS = {"tw", "triwulan", "kuartal", "twl"}
_DOCUMENTS = {"renstra", "rpjmd", "rpd", "rkpd", "renja"}
_FILLERS = {
    "kinerja", "indikator", "iku", "ikk", "pk", "tahun", "tahunan", "th", "thn", "ta", "pada", "s", "d", "sd", "sampai",
    "dengan", "hingga", "persen", "persentase", "prosentase", "pct", "dan", "nilai", "utama", "sasaran", "k", "tingkat",
    "strategis", "perjanjian", "murni", "hitung",
}  # fmt: skip
_MONEY = {"rp", "rupiah", "anggaran", "pagu", "keuangan", "dana", "biaya", "serapan", "penyerapan", "belanja"}
_GLUED = re.compile(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])|(?<=\btw)(?=i)|(?<=\btriwulan)(?=i)")


@dataclass(frozen=True)
class Measure:
    """A column of values: ``kind`` is target, realisasi, capaian, target_hitung or realisasi_hitung.

    No year is that of the row; no document is that of the row; ``is_percent`` marks a "%" in the heading.
    """

    kind: str
    year: int | None
    period: str
    column: int
    title: str
    document: str = ""
    is_percent: bool = False


@dataclass(frozen=True)
class _Part:
    """What one row of a heading says."""

    kinds: tuple[str, ...]
    year: int | None
    quarter: str
    document: str
    is_quarterly: bool


def measure(path: Sequence[str], column: int = 0) -> Measure | None:
    """The measure that the rows of a heading name, the top one first, or ``None``.

    Examples
    --------
    >>> measure(["target_2025"]).year, measure(["Realisasi", "TW II"]).period, measure(["target_lalu"])
    (2025, 'TW2', None)
    >>> found = measure(["Target dan Realisasi Kinerja", "2024", "Target"])
    >>> found.kind, found.year, found.title
    ('target', 2024, 'Target dan Realisasi Kinerja 2024 Target')
    >>> measure(["Realisasi", "Anggaran"]), measure(["Target Akhir Renstra"]), measure(["Realisasi", "Januari"])
    (None, None, None)
    >>> measure(["Tahun 2024", "%"]).kind, measure(["Pertumbuhan", "%"])
    ('capaian', None)
    """
    bare = [re.sub(r"[^a-z0-9]+", " ", text(heading).lower()) for heading in path]
    words = [_GLUED.sub(" ", heading).split() for heading in bare]
    parts = [_part(part) for part in words]
    if not parts or parts[-1] is None or any(_MONEY & set(part) for part in words):
        return None
    known = [part for part in reversed(parts) if part]
    is_rate = path[-1].strip("() ") == "%" and len(known) == len(parts)
    kinds = next((part.kinds for part in known if len(part.kinds) == 1), ("capaian",) if is_rate else ())
    is_quarterly = any(part.is_quarterly for part in known)
    alone = [part[0] for part in reversed(words) if len(part) == 1]  # ``2`` only under the word triwulan, ``II`` always
    numbered = [QUARTER_OF.get(word, "") for word in alone if is_quarterly or not word.isdigit()]
    quarters = [quarter for quarter in (*(part.quarter for part in known), *numbered) if quarter]
    if not kinds or (is_quarterly and not quarters):
        return None
    year = next((part.year for part in known if part.year), None)
    document = next((part.document for part in known if part.document), "")
    title, period = " ".join(path), quarters[0] if quarters else YEAR
    return Measure(kinds[0], year, period, column, title, document, "%" in title or "ersen" in title)


def _part(words: list[str]) -> _Part | None:
    """What the words say, or ``None`` when one of them is not understood."""
    years, quarter, document = {int(word) for word in words if re.fullmatch(r"20\d\d", word)}, "", ""
    for before, word in pairwise(["", *words]):
        if word in QUARTER_OF and (before in _QUARTER_WORDS or len(words) == 1):
            quarter = QUARTER_OF[word] if before else ""
        elif word == "perubahan":
            document = f"{document or 'pk'}_perubahan"
        elif word in _DOCUMENTS:
            document = word
        elif not (word in _FILLERS or word in _KINDS or word in _QUARTER_WORDS or re.fullmatch(r"20\d\d", word)):
            return None
    if len(years) > 1:
        return None
    kinds = tuple(dict.fromkeys(word for word in words if word in _KINDS))
    if "hitung" in words:
        kinds = tuple(_COMPUTED.get(kind, "") for kind in kinds)
    elif len(kinds) == 2 and "capaian" in kinds and "dan" not in words:  # ``Realisasi Capaian`` is realisasi
        kinds = ("realisasi",) if "realisasi" in kinds else kinds[:1]
    return _Part(kinds, next(iter(years), None), quarter, document, bool(_QUARTER_WORDS & set(words)))


DEPTH = 4
MOST_MONEY = 2
"""K and Rp side by side in more columns than this are an evaluation form, not a list."""
_FIELDS = {
    "nomor": r"no|nomor|nourut|nomorurut|urut",
    "kode_opd": r"kode(opd|skpd|perangkatdaerah|unitkerja)",
    "opd": r"(nama)?(organisasi)?(opd|skpd|pd|perangkatdaerah|unitkerja|unitorganisasi|satuankerja|organisasi|instansi)"
    r"(pengampu|penanggungjawab|pelaksana|terkait)?",
    "arah": r"arah.*|polari[ts].*|(sifat|jenis|tipe|karakteristik)indikator|tren(indikator)?|kriteria"
    r"|.*ma[kx]\w*min.*|naikturun|positifnegatif",
    "satuan": r"sat|satuan.*",
    "tahun": r"tahun(anggaran|pk)?",
    "periode": r"triwulan(ke)?|tw|periode(pelaporan|pengukuran)?",
    "dokumen": r"tipe(pk)?|dokumen|jenis(dokumen|pk)",
    "status": r"status(data|realisasi)?",
    "definisi": r"definisi(operasional)?|formula(si)?(perhitungan|pengukuran)?|rumus(perhitungan)?|caraperhitungan",
    "sumber_data": r"sumberdata|penanggungjawabdata",
    "sasaran": r"sasaran.*|tujuan(dan)?sasaran.*|kinerjautama",
    "indikator": r"i[kn]k|iku|namaiku|(?!kode|sumber|penanggung|jumlah|no).*indikator.*",
}
_NAMED = re.compile(r"(?i)indikator|ik[uk]|i\s?k\s?u")
_NUMBERING = re.compile(r"\(?\d{1,2}[a-z]?\)?\.?(\s*=.*)?")
_PRICED = re.compile(r"(?i)\b(rp\.?|rupiah|anggaran|keuangan|pagu)\W*$")
_CONTEXT = {"satuan", "sasaran", "opd", "arah", "tahun", "dokumen", "definisi", "sumber_data"}
_OTHER_TABLE = {"program", "programkegiatan", "kegiatan", "programkegiatansubkegiatan", "anggaran", "pagu",
                "jumlahanggaran", "paguanggaran", "anggaranrp", "anggaranprogram"}  # fmt: skip


@dataclass(frozen=True)
class Heading:
    """The rows of one heading (0-based ``first`` to ``row``), and the row under its list (``end``, exclusive).

    0-based column per word field, the value columns, every title, those not known, and those that say the
    same as another.
    """

    first: int
    row: int
    end: int
    fields: dict[str, int]
    measures: tuple[Measure, ...]
    titles: dict[int, str]
    unknown: tuple[str, ...]
    doubled: tuple[Measure, ...] = ()

    @property
    def worth(self) -> tuple[int, int, int]:
        """How much the heading tells: value columns, their years and quarters, and little height."""
        told = sum(bool(item.year) + (item.period != "tahunan") for item in self.measures)
        return len(self.measures), told, self.first - self.row


def is_numbering(words: str) -> bool:
    """Whether a cell only numbers its column.

    Examples
    --------
    >>> [is_numbering(words) for words in ("1", "(2)", "6 = 5/4x100", "2025", "I", "(%)")]
    [True, True, True, False, False, False]
    """
    return bool(_NUMBERING.fullmatch(words))


def lists(book: Book) -> list[tuple[str, Heading]]:
    """Sheet and heading of every list of indicators; none for our own workbook, published figures and E.81 forms."""
    if matching(book) or any(has_stamp(rows) for rows in book.sheets.values()):
        return []
    return [
        (sheet, heading)
        for sheet, rows in book.sheets.items()
        if not find_form(sheet, rows[:LOOK_ROWS])
        for heading in find_headings(rows)
    ]


def find_headings(rows: Rows) -> list[Heading]:
    """Every heading of a list on the sheet, each with the rows under it.

    A heading may start up to :data:`DEPTH` rows above the word indikator; of two that start one under the other
    the one that tells more is meant.
    """
    named = [
        place
        for place, row in enumerate(rows)  # the word itself is looked for first, for speed
        if any(isinstance(cell, str) and _NAMED.search(cell) and _field((cell,)) == "indikator" for cell in row)
    ]
    found: list[Heading] = []
    for place in sorted({start for last in named for start in range(max(0, last - DEPTH + 1), last + 1)}):
        if found and place <= found[-1].row:
            continue
        if starting := _starting(rows, place):
            below = _starting(rows, place + 1) if starting[0].row > place else []
            found.append(max([*starting, *below], key=attrgetter("worth")))

    # a list also ends at another table's heading, such as that of the programmes of a Perjanjian Kinerja
    ends = [*(heading.first for heading in found[1:]), len(rows)]
    for number, (heading, end) in enumerate(zip(found, ends, strict=False)):
        words = ((place, {normal(text(cell)) for cell in rows[place]}) for place in range(heading.row + 1, end))
        others = (place for place, said in words if len(_OTHER_TABLE & said) > 1)
        found[number] = replace(heading, end=next(others, end))
    return found


def _starting(rows: Rows, place: int) -> list[Heading]:
    """Headings of a list that start in this row; a title, or a label with its value (``Tahun | 2025``), is none."""
    written = [words for words in map(text, rows[place] if place < len(rows) else []) if words.strip(" :")]
    says = any(measure((words,)) or _field((words,)) == "indikator" for words in written)
    if len(written) < 2 or (len(written) == 2 and not says):
        return []
    found = (_heading(rows, place, last) for last in range(place, min(place + DEPTH, len(rows))))
    return [heading for heading in found if heading]


def _heading(rows: Rows, first: int, last: int) -> Heading | None:
    """These rows as the heading of a list of indicators, or ``None`` where they are not."""
    levels = spread(rows[first : last + 1], lambda cell: "" if is_numbering(text(cell)) else text(cell))
    columns = {column: tuple(dict.fromkeys(path)) for column, path in levels.items()}
    fields: dict[str, int] = {}
    measures: dict[tuple[object, ...], Measure] = {}
    unknown, doubled = [], []
    for column, path in columns.items():
        field, found = _field(path), measure(path, column)
        if found and (not field or measure(path[-1:])):
            key = (found.year, found.period, found.document)
            if (found.kind, *key) in measures and found.kind == "realisasi" and found.is_percent:
                found = replace(found, kind="capaian")  # a second realisasi in % is the capaian
            if measures.setdefault((found.kind, *key), found) is not found:
                doubled.append(found)
        elif field and field not in fields:
            fields[field] = column
        elif path:
            unknown.append(" ".join(path))
    titles, kinds = {column: " ".join(path) for column, path in columns.items()}, {kind for kind, *_ in measures}
    is_priced = sum(bool(_PRICED.search(title)) for title in titles.values()) > MOST_MONEY
    has_measure = "realisasi" in kinds or ("target" in kinds and _CONTEXT & set(fields))
    if "indikator" not in fields or is_priced or not has_measure:
        return None
    return Heading(first, last, last + 1, fields, tuple(measures.values()), titles, tuple(unknown), tuple(doubled))


def _field(path: tuple[str, ...]) -> str:
    """The word field that a heading names: by its lowest row, or by its upper one over ``Uraian``."""
    words = [normal(part) for part in path]
    if words and words[-1] in ("uraian", "nama"):
        words = words[:-1]
    return next((field for field, pattern in _FIELDS.items() if words and re.fullmatch(pattern, words[-1])), "")

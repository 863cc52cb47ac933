"""Blocks of a before/after sheet: a head, a table of account lines, and its JUMLAH row.

Headings of before/after tables: which column is which stage, and which month of plan or spending.

Heads of blocks: rows of ``label : value`` that say whose budget it is, of which year and source.

Whose budget a block is: a unit or an OPD, with the code of the head or one made from the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from pkanalysis import codes
from pkanalysis.intake.book import Rows, normal, text
from pkanalysis.intake.dates import month, year
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.headings import is_numbering, stated_unit

LABELS = {
    "unit": ("bidangupt", "upt", "unitkerja", "subunit", "uptd", "unitpelaksana"),
    "organisasi": ("perangkatdaerah", "organisasi", "skpd", "opd", "namaopd", "namaskpd", "unitorganisasi"),
    "bidang": ("bidangurusan", "urusanpemerintahan", "urusan"),
    "program": ("program", "namaprogram"),
    "kegiatan": ("kegiatan", "namakegiatan"),
    "sub_kegiatan": ("subkegiatan", "namasubkegiatan"),
    "tahun": ("tahunanggaran", "tahun"),
    "sumber": ("sumberanggaran", "sumberdana", "sumberpendanaan"),
}
TREE = ("program", "kegiatan", "sub_kegiatan")

_LABEL_OF = {name: kind for kind, names in LABELS.items() for name in names}
_CODED = re.compile(r"\(?\s*([0-9Xx][0-9Xx.]*\.[0-9Xx.]*|\d)\s*\)?[\s:-]+(.*)")


@dataclass(frozen=True)
class Named:
    """A code and a name, as in ``( 3.27.07 ) Program Penyuluhan``; either may be empty."""

    code: str = ""
    name: str = ""


Head = dict[str, Named]


def split_code(words: str) -> Named:
    """Code and name of one cell.

    Examples
    --------
    >>> split_code("( 3.27.07 ) Program Penyuluhan"), split_code("PAD MURNI")
    (Named(code='3.27.07', name='Program Penyuluhan'), Named(code='', name='PAD MURNI'))
    """
    found = _CODED.fullmatch(words)
    return Named(codes.clean(found[1]), found[2].strip()) if found else Named("", words)


def labelled(row: Sequence[Any]) -> tuple[str, Named] | None:
    """Kind (a key of :data:`LABELS`) and value of a ``label : value`` row, or ``None``.

    Examples
    --------
    >>> labelled(["Sub Kegiatan", ":", "3.27.07.1.02.02 Pelaksanaan"])
    ('sub_kegiatan', Named(code='3.27.07.1.02.02', name='Pelaksanaan'))
    """
    words = [text(cell).strip() for cell in row if text(cell).strip(" :")]
    if len(words) == 1 and ":" in words[0]:
        words = [part.strip() for part in words[0].split(":", 1)]
    if len(words) < 2 or not words[1]:
        return None
    kind = _LABEL_OF.get(normal(words[0]))
    return (kind, split_code(words[1].lstrip(": "))) if kind else None


def note(head: Head, kind: str, value: Named) -> None:
    """Put a value into the head; what stands below it in the tree no longer holds."""
    for below in TREE[TREE.index(kind) + 1 :] if kind in TREE else ():
        head.pop(below, None)
    head[kind] = value


STAGES = ("murni", "pergeseran", "perubahan")
PLAN, SPENT = "rencana", "realisasi"

_NO_STAGE = re.compile(r"sisa|spd|realisasi|selisih|prosentase|persen|bertambah|berkurang|total|serapan")
_CUTS = "(efisiensi|revisi|pergeseran|inpres|rasionalisasi|refocusing|pemotongan|penyesuaian|instruksipresiden)"
_MONEY = "(anggaran|pagu|apbd|dpa|belanja|jumlah|nilai|rp)*"
_BEFORE = re.compile(rf"sebelum(di)?{_CUTS}")
_AFTER = re.compile(rf"(setelah|sesudah|pasca|hasil|menjadi){_CUTS}|^{_MONEY}pergeseran")
_CHANGED = re.compile(r"papbd|(?<!sebelum)perubahan")
_ORIGINAL = re.compile(rf"anggaran1tahun|{_MONEY}(murni|awal|induk){_MONEY}(20\d\d)?(rp)?")
_DIFFERENCE = re.compile(r"selisih|bertambah|berkurang|pengurangan|naikturun")
_ACTIVITIES = {"kodesubkegiatan", "subkegiatan", "kodesubkeg"}
LISTS = {"skpd", "opd", "perangkatdaerah", "namaskpd", "namaopd", "namaperangkatdaerah", "kodeskpd", "kodeopd"}
"""Columns that name the OPD of every row: of a list of many, which no head owns."""
_PLANS = re.compile(r"dkkb|^rak\b|^rak$|rencana|anggarankas|kebutuhankas")


@dataclass(frozen=True)
class Columns:
    """0-based column and heading per measure: a stage, or ``rencana 1`` … ``realisasi 12``.

    ``unlabelled`` are month columns that do not say whether they hold plan or spending; ``difference`` is the
    column of a difference between two stages, ``activity`` that of a sub kegiatan per line.
    """

    places: dict[str, int]
    titles: dict[str, str]
    unlabelled: tuple[int, ...] = ()
    difference: int | None = None
    activity: int | None = None

    @property
    def left(self) -> int:
        """First stage column; codes and names stand to its left."""
        return min(self.places[name] for name in STAGES if name in self.places)


def stage_of(heading: Any) -> str | None:
    """Budget stage that a heading names, or ``None``.

    Examples
    --------
    >>> [stage_of(words) for words in ("ANGGARAN 1 TAHUN SEBELUM EFISIENSI", "ANGGARAN SETELAH REVISI", "P-APBD")]
    ['murni', 'pergeseran', 'perubahan']
    >>> stage_of("SISA ANGGARAN S/D SAAT INI"), stage_of("SEBELUM PERUBAHAN")
    (None, None)
    """
    words = normal(heading)
    if _NO_STAGE.search(words):
        return None
    if _BEFORE.search(words) or _ORIGINAL.fullmatch(words):
        return "murni"
    if _AFTER.search(words):
        return "pergeseran"
    return "perubahan" if _CHANGED.search(words) else None


def columns_at(rows: Rows, place: int) -> Columns | None:
    """Columns of the table headed by row ``place`` (0-based), or ``None`` when that row names no two stages."""
    stages: dict[str, int] = {}
    for column, cell in enumerate(rows[place]):
        if stage := stage_of(cell):
            stages.setdefault(stage, column)
    if len(stages) < 2:
        return None
    titles = {stage: text(rows[place][column]) for stage, column in stages.items()}
    months, unlabelled = _months([rows[place], *_below(rows, place)])
    named = {f"{kind} {number}": column for (kind, number), (column, _) in months.items()}
    title = {f"{kind} {number}": words for (kind, number), (_, words) in months.items()}
    levels = [rows[place], *rows[place - 1 : place]]
    differences = [column for level in levels for column, cell in enumerate(level) if _is_difference(cell)]
    activities = [column for level in levels for column, cell in enumerate(level) if normal(cell) in _ACTIVITIES]
    return Columns(
        stages | named, titles | title, unlabelled, next(iter(differences), None), next(iter(activities), None)
    )


def _is_difference(cell: Any) -> bool:
    return bool(_DIFFERENCE.match(normal(cell))) and "%" not in str(cell)


def _below(rows: Rows, place: int) -> list[Sequence[Any]]:
    """Up to two rows under the heading that go on naming months, plans or spending; "Perencanaan Kinerja" is a name."""
    under: list[Sequence[Any]] = []
    for row in rows[place + 1 : place + 3]:
        if labelled(row) or not any(month(cell) or _kind([normal(cell)]) for cell in row):
            break
        under.append(row)
    return under


def _months(levels: list[Sequence[Any]]) -> tuple[dict[tuple[str, int], tuple[int, str]], tuple[int, ...]]:
    found: dict[tuple[str, int], tuple[int, str]] = {}
    unlabelled = []
    filled = [_filled(level) for level in levels[:-1]] + [list(levels[-1])]
    for column, lowest in enumerate(filled[-1]):
        stack = [level[column] for level in filled if column < len(level)]
        number = next((value for value in map(month, stack) if value), None)
        if lowest == "" or number is None:
            continue
        kind = _kind([normal(cell) for cell in stack])
        if kind:
            found.setdefault((kind, number), (column, " ".join(text(cell) for cell in stack)))
        else:
            unlabelled.append(column)
    return found, tuple(unlabelled)


def _filled(level: Sequence[Any]) -> list[Any]:
    """A heading row with merged cells spread to the right."""
    spread, last = [], ""
    for cell in level:
        last = cell if cell != "" else last
        spread.append(last)
    return spread


def _kind(words: list[str]) -> str | None:
    if any("realisasi" in word and "total" not in word for word in words):
        return SPENT
    return PLAN if any(_PLANS.search(word) for word in words) else None


TOTALS = ("jumlah", "total", "grandtotal", "subtotal", "subjumlah")
LOOK_ABOVE = 8
NEW_HEAD = ("unit", "organisasi", "tahun", "sumber")


@dataclass(frozen=True)
class Line:
    """One account line: its row, the head and tree above it, and its raw cells per measure."""

    row: int
    under: Head
    account: str
    name: str
    cells: dict[str, Any]


@dataclass(frozen=True)
class Block:
    """One block; ``total`` holds the raw cells of the JUMLAH row, ``loose`` the rows with figures but no account.

    ``factor`` is the rupiah per unit that the rows above it name.
    """

    sheet: str
    first_row: int
    head: Head
    columns: Columns
    lines: tuple[Line, ...] = ()
    total: dict[str, Any] = field(default_factory=dict)
    total_row: int = 0
    loose: tuple[int, ...] = ()
    factor: int = 1

    @property
    def source(self) -> Named:
        """Funding source as the head writes it."""
        return self.head.get("sumber", Named())

    @property
    def label(self) -> str:
        """How findings name the block.

        Examples
        --------
        >>> Block("S", 9, {"sumber": Named("", "DAU")}, Columns({}, {})).label
        'blok baris 9 (DAU)'
        """
        return f"blok baris {self.first_row}" + (f" ({self.source.name})" if self.source.name else "")


def blocks(sheet: str, rows: Rows) -> Iterator[Block]:
    """Blocks of a sheet in order; a heading repeated by a page break goes on with the same block."""
    head: Head = {}
    current: _Open | None = None
    for number, row in enumerate(rows, 1):
        columns = columns_at(rows, number - 1)
        found = None if columns else labelled(row[: current.columns.left] if current else row)
        if current and current.ends_before(columns, found):
            yield current.block()
            head, current = dict(current.head) if columns else {}, None
        if columns:
            current = current or _Open(sheet, number, head, columns, factor=_factor(rows, number - 1))
            current.columns = columns
        elif found:
            note(current.head if current else head, *found)
        elif current:
            current.take(number, row)
        elif named := _year(row):
            head.setdefault("tahun", Named("", str(named)))
    if current:
        yield current.block()


def _factor(rows: Rows, place: int) -> int:
    """Rupiah per unit that the top of the sheet or the rows right above a heading name."""
    return max(stated_unit(rows[: min(place, LOOK_ABOVE)]), stated_unit(rows[max(0, place - LOOK_ABOVE) : place]))


def _year(row: Sequence[Any]) -> int | None:
    """The budget year that a title names."""
    words = " ".join(text(cell) for cell in row if isinstance(cell, str))
    return year(words) if re.search(r"(?i)\b(tahun|t\.?a)\b", words) else None


@dataclass
class _Open:
    """A block while its rows go by."""

    sheet: str
    first_row: int
    head: Head
    columns: Columns
    lines: list[Line] = field(default_factory=list)
    total: dict[str, Any] = field(default_factory=dict)
    total_row: int = 0
    loose: list[int] = field(default_factory=list)
    factor: int = 1

    def ends_before(self, columns: Columns | None, found: tuple[str, Named] | None) -> bool:
        """Whether a heading or a label starts another block; a JUMLAH that more lines follow was a subtotal."""
        if columns:
            return self.total_row > 0
        return found is not None and (found[0] in NEW_HEAD or (self.total_row > 0 and "kegiatan" not in found[0]))

    def take(self, number: int, row: Sequence[Any]) -> None:
        """Add one row: a line, the JUMLAH, or a row with figures and no account."""
        if is_numbering(row):
            return
        left = [text(cell) for cell in row[: self.columns.left]]
        places = self.columns.places | ({} if self.columns.difference is None else {"selisih": self.columns.difference})
        cells = {name: row[column] for name, column in places.items() if column < len(row)}
        self.note_activity(row)
        account = _account(left)
        if account.code:
            self.lines.append(Line(number, dict(self.head), account.code, account.name, cells))
            self.total, self.total_row = {}, 0
        elif any(normal(words).startswith(TOTALS) for words in left):
            self.total, self.total_row = cells, number
        elif not self.total_row and any(isinstance(cells.get(stage), float) and cells[stage] for stage in STAGES):
            self.loose.append(number)

    def note_activity(self, row: Sequence[Any]) -> None:
        """Take the sub kegiatan of a line from its own column, where there is one; a blank one goes on."""
        place = self.columns.activity
        words = text(row[place]) if place is not None and place < len(row) else ""
        if words:
            code = codes.clean(words)
            following = text(row[place + 1]) if place is not None and place + 1 < self.columns.left else ""
            note(self.head, "sub_kegiatan", Named(code, following) if codes.key(code) else split_code(words))

    def block(self) -> Block:
        """The block as it stands."""
        return Block(
            self.sheet, self.first_row, dict(self.head), self.columns, tuple(self.lines), self.total, self.total_row,
            tuple(self.loose), self.factor,
        )  # fmt: skip


def _account(left: list[str]) -> Named:
    """Account and its name, in two cells or in one; a code repeated in front of the name is taken off."""
    for place, words in enumerate(left):
        code, _, rest = words.partition(" ")
        if codes.is_account(words) or codes.is_account(code):
            is_alone = codes.is_account(words)
            following = (after for after in left[place + 1 :] if after.strip(" :"))
            name = next(following, "") if is_alone else rest
            first, _, tail = name.partition(" ")
            return Named(words if is_alone else code, tail if codes.is_account(first) else name)
    return Named()


_PARENT = re.compile(r"(?i)(?<=\S)\s+(pada\s+)?(dinas|badan|provinsi|kabupaten|kota|pemerintah)\b.*")


@dataclass(frozen=True)
class Organisation:
    """An OPD or unit as the head names it; ``parent`` is the code of the OPD that a unit belongs to."""

    code: str
    name: str
    parent: str = ""


def slug(name: str) -> str:
    """A stable code from a name: capitals and hyphens, without the parent's name.

    Examples
    --------
    >>> slug("UPT Pelatihan Kerja Dinas Tenaga Kerja Provinsi Contoh"), slug("Dinas Kesehatan")
    ('UPT-PELATIHAN-KERJA', 'DINAS-KESEHATAN')
    """
    return re.sub(r"[^A-Z0-9]+", "-", _PARENT.sub("", name).upper()).strip("-")


def organisation(block: Block, blocks: Sequence[Block]) -> Organisation | None:
    """Organisation of ``block``, or of the first block of the file that names one; ``None`` when none does."""
    return next((found for each in (block, *blocks) if (found := _named(each, blocks))), None)


def _named(block: Block, blocks: Sequence[Block]) -> Organisation | None:
    unit, office = block.head.get("unit", Named()), block.head.get("organisasi", Named())
    if unit.name:
        heads = (each.head.get("organisasi", Named()).code for each in (block, *blocks))
        return Organisation(unit.code or slug(unit.name), unit.name, next(filter(None, heads), ""))
    return Organisation(office.code or slug(office.name), office.name) if office.name else None


def rows(file: str, found: Sequence[tuple[Organisation, Block]]) -> tuple[pd.DataFrame, list[Finding]]:
    """``opd`` rows to be completed by hand, with a note for each."""
    first = {organisation.code: (organisation, block) for organisation, block in reversed(found)}
    frame = pd.DataFrame(
        {"kode_opd": item.code, "nama_opd": item.name, "jenis": "lainnya", "kode_induk": item.parent or None,
         "lembar": block.sheet, "baris": block.first_row}
        for item, block in first.values()
    )  # fmt: skip
    rule = "OPD dibuat dari kepala tabel, jenisnya 'lainnya'"
    remedy = "lengkapi singkatan, jenis dan kode resminya di lembar kerja isian"
    notes = [
        Finding("catatan", file, block.sheet, block.label, "", f"{item.code} {item.name}", rule, remedy)
        for item, block in first.values()
    ]
    return frame, notes

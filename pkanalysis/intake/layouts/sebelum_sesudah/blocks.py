"""Blocks of a before/after sheet: whose budget, which column is which stage or month, account lines, the JUMLAH."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from pkanalysis import codes
from pkanalysis.intake.book import Rows, cell_name, normal, text
from pkanalysis.intake.dates import month, year
from pkanalysis.intake.findings import Finding, finding
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
    places: dict[str, int] = {}
    for column, cell in enumerate(rows[place]):
        if stage := stage_of(cell):
            places.setdefault(stage, column)
    if len(places) < 2:
        return None
    titles = {stage: text(rows[place][column]) for stage, column in places.items()}
    levels: list[Sequence[Any]] = [rows[place]]  # and the rows that go on naming months, plans or spending
    for row in rows[place + 1 : place + 3]:
        if labelled(row) or not any(month(cell) or _kind([normal(cell)]) for cell in row):
            break
        levels.append(row)
    unlabelled = []
    # merged cells above the lowest level reach to the right, over any gap
    filled: list[list[Any]] = [
        [*accumulate(level, lambda last, cell: cell if cell != "" else last)] for level in levels[:-1]
    ]
    for column, lowest in enumerate(levels[-1]):
        stack = [level[column] for level in (*filled, levels[-1]) if column < len(level)]
        number = next(filter(None, map(month, stack)), None)
        if lowest == "" or number is None:
            continue
        kind = _kind([normal(cell) for cell in stack])
        if kind is None:
            unlabelled.append(column)
        elif f"{kind} {number}" not in places:
            places[f"{kind} {number}"] = column
            titles[f"{kind} {number}"] = " ".join(map(text, stack))
    cells = [(column, cell) for level in (rows[place], *rows[place - 1 : place]) for column, cell in enumerate(level)]
    differences = (column for column, cell in cells if _DIFFERENCE.match(normal(cell)) and "%" not in str(cell))
    activities = (column for column, cell in cells if normal(cell) in _ACTIVITIES)
    return Columns(places, titles, tuple(unlabelled), next(differences, None), next(activities, None))


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


@dataclass
class Block:
    """One block; it grows while its rows go by (:func:`blocks`).

    ``total`` holds the raw cells of the JUMLAH row, ``loose`` the rows with figures but no account, ``factor`` the
    rupiah per unit that the rows above it name.
    """

    sheet: str
    first_row: int
    head: Head
    columns: Columns
    file: str = ""
    factor: int = 1
    lines: list[Line] = field(default_factory=list)
    total: dict[str, Any] = field(default_factory=dict)
    total_row: int = 0
    loose: list[int] = field(default_factory=list)

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

    def finding(self, code: str, value: object = "", /, row: int = 0, measure: str = "", **values: Any) -> Finding:
        """The finding of rule ``code`` about a measure in a row, a row (``row``), or the block."""
        if not measure:
            return finding(code, self.file, self.sheet, f"baris {row}" if row else self.label, "", str(value), **values)
        return finding(code, self.file, self.sheet, *self.cell(row, measure), str(value), **values)

    def cell(self, row: int, measure: str) -> tuple[str, str]:
        """Address and heading of a measure in a row."""
        column = self.columns.difference if measure == "selisih" else self.columns.places[measure]
        return cell_name(row - 1, column or 0), self.columns.titles.get(measure, measure.upper())

    def take(self, number: int, row: Sequence[Any]) -> None:
        """Add one row: a line, the JUMLAH, or a row with figures and no account."""
        if is_numbering(row):
            return
        columns = self.columns
        left = [text(cell) for cell in row[: columns.left]]
        places = columns.places | ({} if columns.difference is None else {"selisih": columns.difference})
        cells = {name: row[column] for name, column in places.items() if column < len(row)}
        own = columns.activity  # a line may name its sub kegiatan in a column; a blank one goes on
        if own is not None and own < len(row) and (words := text(row[own])):
            code, following = codes.clean(words), text(row[own + 1]) if own + 1 < columns.left else ""
            note(self.head, "sub_kegiatan", Named(code, following) if codes.key(code) else split_code(words))
        account = _account(left)
        if account.code:
            self.lines.append(Line(number, dict(self.head), account.code, account.name, cells))
            self.total, self.total_row = {}, 0
        elif any(normal(words).startswith(TOTALS) for words in left):
            self.total, self.total_row = cells, number
        elif not self.total_row and any(isinstance(cells.get(stage), float) and cells[stage] for stage in STAGES):
            self.loose.append(number)


def blocks(sheet: str, rows: Rows, file: str = "") -> Iterator[Block]:
    """Blocks of a sheet in order; a heading repeated by a page break goes on with the same block.

    Below the JUMLAH a heading or label starts another block; a JUMLAH that more lines follow was a subtotal.
    """
    head: Head = {}
    current: Block | None = None
    for number, row in enumerate(rows, 1):
        columns = columns_at(rows, number - 1)
        found = None if columns else labelled(row[: current.columns.left] if current else row)
        kind = found[0] if found else ""
        starts_below = bool(columns) or (kind != "" and "kegiatan" not in kind)
        if current and (kind in NEW_HEAD or (starts_below and current.total_row)):
            yield current
            head, current = dict(current.head) if columns else {}, None
        if columns:
            # the unit may stand at the top of the sheet or right above the heading
            above = (rows[: min(number - 1, LOOK_ABOVE)], rows[max(0, number - 1 - LOOK_ABOVE) : number - 1])
            current = current or Block(sheet, number, head, columns, file, max(map(stated_unit, above)))
            current.columns = columns
        elif found:
            note(current.head if current else head, *found)
        elif current:
            current.take(number, row)
        else:
            words = " ".join(text(cell) for cell in row if isinstance(cell, str))
            named = year(words) if re.search(r"(?i)\b(tahun|t\.?a)\b", words) else None
            if named:
                head.setdefault("tahun", Named("", str(named)))
    if current:
        yield current


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
    for each in (block, *blocks):
        unit, office = (each.head.get(kind, Named()) for kind in ("unit", "organisasi"))
        if unit.name:
            heads = (other.head.get("organisasi", Named()).code for other in (each, *blocks))
            return Organisation(unit.code or slug(unit.name), unit.name, next(filter(None, heads), ""))
        if office.name:
            return Organisation(office.code or slug(office.name), office.name)
    return None

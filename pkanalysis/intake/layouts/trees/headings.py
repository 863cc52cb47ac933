"""Headings and codes of forms with subtotals: which column is which amount, where an account starts in a code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pkanalysis import codes
from pkanalysis.codes import Key
from pkanalysis.intake.amounts import unit
from pkanalysis.intake.book import Rows, normal, text
from pkanalysis.intake.dates import month
from pkanalysis.intake.headings import spread
from pkanalysis.intake.layouts.sebelum_sesudah.blocks import split_code

_KINDS = (
    ("persen", re.compile(r"%|pers?en|pro[sc]ent", re.I)),
    ("sisa", re.compile(r"\bsisa\b", re.I)),
    ("selisih", re.compile(r"bertambah|berkurang|selisih|^angka$|naik|lebih|kurang|^\+\s*/?\s*-$", re.I)),
    ("lalu", re.compile(r"lalu|sebelumnya", re.I)),
    ("realisasi_bulan", re.compile(r"realisasi.*(?<!s\.d\. )(?<!s\.d )(?<!s/d )(bulan|periode) ini", re.I)),
    ("realisasi", re.compile(r"realisasi", re.I)),
    ("sebelum", re.compile(r"sebelum|murni|semula|induk|\bawal\b", re.I)),
    ("sesudah", re.compile(r"sesudah|setelah|menjadi|hasil|perubahan|pergeseran|\bp\W?apbd|apbd\W?p\b", re.I)),
    ("anggaran", re.compile(r"anggaran|pagu|jumlah|total|apbd|nilai", re.I)),
)
_QUARTER = re.compile(r"(?i)\b(?:triwulan|tri wulan|tw)\W*(iv|iii|ii|i|[1-4])\W*$")
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_UNTIL = re.compile(r"(?i)\bs\s*[./]?\s*d\b|sampai|kumulatif|hingga")
_AFTER = re.compile(r"(?i)sesudah|setelah|menjadi")
_CHANGES = {"perubahan", "pergeseran", "efisiensi", "pengurangan", "perubahanrp", "pergeseranrp"}

GROUPS = (
    ("5.1.01", "Belanja Pegawai", re.compile(r"\bpegawai\b", re.I)),
    ("5.1.02", "Belanja Barang dan Jasa", re.compile(r"\bbarang\b", re.I)),
    ("5.1.05", "Belanja Hibah", re.compile(r"\bhibah\b", re.I)),
    ("5.1.06", "Belanja Bantuan Sosial", re.compile(r"bantuan sosial|\bbansos\b", re.I)),
    ("5.1", "Belanja Operasi", re.compile(r"\boperasi(onal)?\b", re.I)),
    ("5.2", "Belanja Modal", re.compile(r"\bmodal\b", re.I)),
    ("5.3", "Belanja Tidak Terduga", re.compile(r"\b(tak|tidak) terduga\b|\bbtt\b", re.I)),
    ("5.4", "Belanja Transfer", re.compile(r"\btransfer\b", re.I)),
)
"""Kinds of belanja that forms set side by side: account, name, and how a heading names it."""


def kind_of(heading: str) -> str | None:
    """Measure that a heading names, or ``None``.

    Examples
    --------
    >>> [kind_of(words) for words in ("JUMLAH SEBELUM PERUBAHAN", "Sesudah", "Bertambah/(Berkurang) Rp", "(%)")]
    ['sebelum', 'sesudah', 'selisih', 'persen']
    >>> [kind_of(words) for words in ("REALISASI BULAN INI", "REALISASI s.d. BULAN INI", "REALISASI BULAN LALU")]
    ['realisasi_bulan', 'realisasi', 'lalu']
    >>> [kind_of(words) for words in ("PEBRUARI", "Rencana Januari 2025", "s.d. Maret", "Triwulan II", "P-APBD")]
    ['rencana 2', 'rencana 1', 'kumulatif 3', 'triwulan 2', 'sesudah']
    """
    words = re.sub(r"\b20\d{2}\b|\(.*?\)", " ", heading).split()
    if words and not re.search(r"(?i)realisasi|lalu", heading):  # a month or quarter of a plan
        if number := month(words[-1]):
            return f"{'kumulatif' if _UNTIL.search(heading) else 'rencana'} {number}"
        if found := _QUARTER.search(" ".join(words)):
            return f"triwulan {ROMAN.get(found[1].lower()) or found[1]}"
    return next((kind for kind, pattern in _KINDS if pattern.search(heading)), None)


def kinds(titles: dict[int, str]) -> dict[int, str]:
    """Measure per column that has one; what one heading means, the others help to tell.

    ``Perubahan`` beside ``Setelah Perubahan`` is the difference; a second sum beside twelve months is theirs.

    Examples
    --------
    >>> kinds({2: "APBD", 3: "Perubahan", 4: "Setelah Perubahan"})
    {2: 'anggaran', 3: 'selisih', 4: 'sesudah'}
    >>> kinds({2: "Setelah Efisiensi", 3: "Perubahan Rp", 4: "Perubahan %"})
    {2: 'sesudah', 3: 'selisih', 4: 'persen'}
    """
    found = {column: kind for column, words in titles.items() if (kind := kind_of(words))}
    if any(_AFTER.search(words) for words in titles.values()):
        changes = (column for column, kind in found.items() if normal(titles[column]) in _CHANGES and kind != "persen")
        found |= dict.fromkeys(tuple(changes), "selisih")
    budgets = [column for column, kind in found.items() if kind == "anggaran"]
    if sum(kind.startswith(("rencana", "kumulatif")) for kind in found.values()) >= 12:
        sums = [column for column in budgets if not re.search(r"(?i)anggaran|pagu|apbd|dpa", titles[column])]
        found |= dict.fromkeys(sums[-1:] or budgets[1:], "jumlah")
    return found


def group_of(heading: str) -> str:
    """Account of the kind of belanja that a heading names, or ``""``.

    Examples
    --------
    >>> group_of("Belanja Operasi Anggaran"), group_of("TAK TERDUGA Realisasi"), group_of("Jumlah Belanja")
    ('5.1', '5.3', '')
    """
    return next((account for account, _, pattern in GROUPS if pattern.search(heading)), "")


_CODE = re.compile(r"(?=.*[\d.])[\dXx][\dXx.]*", re.ASCII)


@dataclass(frozen=True)
class Place:
    """Where a row stands in the tree: segments of its activity and of its account, either may be empty."""

    activity: Key = ()
    account: Key = ()


@dataclass(frozen=True)
class Code:
    """A code as written, split in activity and account."""

    activity: str = ""
    account: str = ""

    @property
    def place(self) -> Place:
        """Segment integers; ``X`` counts as nought."""
        plain = re.sub("[Xx]+", "0", self.activity)
        return Place(codes.key(plain), codes.key(self.account))


def is_code(words: str) -> bool:
    """Whether a cell may be (a part of) a code.

    Examples
    --------
    >>> [is_code(words) for words in ("1.19 . 1.19.03 . 5", "5.2..3.", "X.XX.01", "Belanja", "x", "")]
    [True, True, True, False, False, False]
    """
    return bool(_CODE.fullmatch(codes.clean(words)))


def split(words: str) -> Code:
    """Activity and account of a code; the account starts where akun 4-6 and a one-digit kelompok follow.

    Examples
    --------
    >>> split("1.19 . 1.19.03 . 26.02 . 5.2.2.15.01")
    Code(activity='1.19.1.19.03.26.02', account='5.2.2.15.01')
    >>> split("5.01.02.2.01.0003"), split("5.1.02.")
    (Code(activity='5.01.02.2.01.0003', account=''), Code(activity='', account='5.1.02'))
    >>> split("5.01.02.2.01.0003.5.1.02.04.01.0001"), split("510204010001")
    (Code(activity='5.01.02.2.01.0003', account='5.1.02.04.01.0001'), Code(activity='', account='510204010001'))
    """
    segments = [part for part in codes.clean(words).split(".") if part]
    if len(segments) == 1 and len(segments[0]) in codes.UNDOTTED:
        return Code("", segments[0])
    starts = (
        place for place, (segment, following) in enumerate(pairwise([*segments, ""]))
        if (place == 0 or place >= 3) and segment in ("4", "5", "6") and len(following) <= 1
    )  # fmt: skip
    start = next(starts, len(segments))
    return Code(".".join(segments[:start]), ".".join(segments[start:]))


def above(place: Place) -> Iterator[Place]:
    """Places that cover ``place``, the nearest first.

    Examples
    --------
    >>> [(each.activity, each.account) for each in above(Place((1, 2), (5, 1)))][:4]
    [((1, 2), (5,)), ((1, 2), ()), ((1,), (5, 1)), ((1,), (5,))]
    """
    for depth in range(len(place.activity), -1, -1):
        own = depth == len(place.activity)
        for length in range(len(place.account) - own, -1, -1):
            if depth or length:
                yield Place(place.activity[:depth], place.account[:length])


LOOK_ROWS = 60
BELOW = 3
CODES = {
    "koderekening", "norekening", "nomorrekening", "rekening", "koderek", "norek", "kode", "kodeakun", "koderincian",
    "nomorurut", "nourut", "kodeanggaran", "koderekeningbelanja", "kodebelanja", "kodeurusan", "kodeprogramkegiatan",
    "kodesubkegiatan", "kodekegiatan",
}  # fmt: skip
_WORDS = re.compile(
    r"uraian|nama(rekening|akun|belanja|$)|nomenklatur|jenisbelanja|keterangan|rincian|urusan|program|kegiatan|"
    r"subkegiatan|belanja$"
)
_JOINT = re.compile(r"kode(rekening|dan|rek|akun)*(nama|uraian)")
LISTED = (
    "kodeskpd", "kodeopd", "kodesubunit", "kodesubskpd", "kodeperangkatdaerah", "namaopd", "namaskpd",
    "namaperangkatdaerah",
)  # fmt: skip
OWNERS = {"opd", "skpd", "perangkatdaerah", "unitkerja"}
"""A column of OPD, under these words or those that start with one of :data:`LISTED`, makes a list of many."""
ONLY_ONE = ("sebelum", "sesudah", "anggaran", "realisasi", "realisasi_bulan")
_YEAR = re.compile(r"\b20\d{2}\b")
_FIGURE = re.compile(r"(?i)[\s(]*(rp\.?)?[\s(-]*\d[\d.,\s]*(e\+\d+)?[\s),-]*")

Spots = dict[str, int]
"""0-based column per measure."""


@dataclass(frozen=True)
class Columns:
    """0-based heading row, first body row and code column; per measure its column, heading and rupiah per unit.

    ``groups`` are the columns of kinds of belanja that stand side by side, by account; ``rivals`` other columns
    that go by the same measure, with their heading; ``headings`` are those of all columns.
    """

    row: int
    body: int
    code: int
    places: Spots
    titles: dict[str, str]
    factors: dict[str, int]
    groups: dict[str, Spots] = field(default_factory=dict)
    rivals: tuple[tuple[str, int, str], ...] = ()
    headings: dict[int, str] = field(default_factory=dict)

    @property
    def left(self) -> int:
        """First amount column; codes and names stand to its left."""
        return min(column for spots in (self.places, *self.groups.values()) for column in spots.values())


def columns_at(rows: Rows, place: int) -> Columns | None:
    """Columns of the form that row ``place`` (0-based) heads, or ``None``.

    Lists with a column for SKPD or sub kegiatan are none.
    """
    names = [normal(cell) for cell in rows[place]]
    if any(name.startswith(LISTED) or name in OWNERS for name in names) or (
        "kodesubkegiatan" in names and "koderekening" in names
    ):
        return None
    code = next((column for column, name in enumerate(names) if name in CODES), None)
    if code is not None and any(_WORDS.match(name) for name in names[code + 1 :]):
        return _columns(rows, place, code)
    joint = next((column for column, name in enumerate(names) if _JOINT.match(name) or _WORDS.match(name)), None)
    if joint is None:
        return None
    # most cells of a joint column are "code name", accounts of belanja among them
    body = [row for row in rows[place + 1 : place + 1 + LOOK_ROWS] if joint < len(row)]
    words = [text(row[joint]) for row in body if text(row[joint])]
    coded = [split(named.code).place.account for named in map(split_code, words) if named.code]
    is_joint = 2 * len(coded) > len(words) and any(account[:1] == (5,) for account in coded)
    return _columns(rows, place, joint) if is_joint else None


def _columns(rows: Rows, place: int, code: int) -> Columns | None:
    # rows without a code or a figure go on with the heading
    below = [[text(cell) for cell in row[code:]] for row in rows[place + 1 : place + 1 + BELOW]]
    levels = (depth for depth, words in enumerate(below) if not any(words) or any(map(_FIGURE.fullmatch, words)))
    body = place + 1 + next(levels, len(below))
    titles = {column: " ".join(words) for column, words in spread(rows[place:body], first=code + 1).items() if words}
    years = {column: int(match[0]) for column, words in titles.items() if (match := _YEAR.search(words))}
    latest = max(years.values(), default=0)  # headings of earlier years are kept blank: their figures are not taken
    titles = {column: words if years.get(column, latest) == latest else "" for column, words in titles.items()}
    figures = _figures(rows[body:], code + 1)

    accounts = {column: group_of(words) for column, words in titles.items()}
    groups: dict[str, Spots] = {}
    for column, account in accounts.items():
        if account and column in figures:
            groups.setdefault(account, {}).setdefault(kind_of(titles[column]) or "anggaran", column)
    groups = groups if len(groups) > 1 else {}
    alone = {column: words for column, words in titles.items() if not (groups and accounts[column])}

    free = [column for column in figures if column not in titles]
    found: dict[str, tuple[int, str]] = {}
    rivals = []
    for column, kind in kinds(alone).items():
        nearest = min(((abs(place - column), place) for place in free), default=(0, None))[1]
        under = column if column in figures else nearest
        if under is not None and found.setdefault(kind, (under, titles[column]))[0] != under and kind in ONLY_ONE:
            rivals.append((kind, under, titles[column]))
    wanted = {kind: value for kind, value in found.items() if kind not in ("persen", "lalu")}
    if not wanted and not groups:
        return None
    own = {kind: words for kind, (_, words) in wanted.items()}
    # what stands under one heading comes first, and keeps its heading where a group has the same kind
    headed = own | {kind: titles[column] for spots in groups.values() for kind, column in spots.items()} | own
    return Columns(
        place, body, code, {kind: column for kind, (column, _) in wanted.items()}, headed,
        {kind: unit(words) for kind, words in headed.items()}, groups, tuple(rivals), titles,
    )  # fmt: skip


def _figures(rows: Rows, first: int) -> list[int]:
    """Columns from ``first`` on that hold figures in at least a third of their filled cells."""
    found = []
    for column in range(first, max(map(len, rows), default=0)):
        filled = [row[column] for row in rows if column < len(row) and str(row[column]).strip() not in ("", "-")]
        figures = [cell for cell in filled if isinstance(cell, int | float) or _FIGURE.fullmatch(str(cell))]
        if 3 * len(figures) > len(filled):
            found.append(column)
    return found


def is_figure(cell: Any) -> bool:
    """Whether a cell is a number, or a text of four digits or more, as page and column numbers are not."""
    if isinstance(cell, str):
        return bool(_FIGURE.fullmatch(cell)) and len(re.sub(r"\D", "", cell)) > 3
    return isinstance(cell, int | float) and bool(cell)

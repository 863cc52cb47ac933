"""Leaves and control totals: a row above others is no line, and must say what they add up to.

Printed differences of a form against the figures that they are of.

Leaves of forms as tidy rows with the keys and names of the budget tables.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from pkanalysis import codes
from pkanalysis.codes import is_account, is_known_kind, is_prefix
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.layouts.trees.forms import LEFT_OUT, Form, Row
from pkanalysis.intake.layouts.trees.headings import Place, above

CHANGES = (("sesudah", "sebelum"), ("sesudah", "anggaran"))
REMAINDERS = (("realisasi", "sesudah"), ("realisasi", "anggaran"))


def is_met(form: Form, printed: int | None, sums: Iterable[int]) -> bool:
    """Whether a printed figure is one of the sums, but for the sen that were rounded off."""
    return printed is None or any(abs(printed - value) <= form.slack for value in sums)


def differences(form: Form) -> list[Finding]:
    """A warning per row whose printed difference is not that of its figures, taken off as most rows have it."""
    own = set(form.measures)
    ends = [pair for pair in (*CHANGES, *REMAINDERS) if own.issuperset(pair)]
    meant = {"selisih": ends, "sisa": [pair for pair in ends if pair in REMAINDERS]}
    return [
        finding
        for column, pairs in meant.items() if pairs and column in own
        for finding in _differing(form, column, pairs)
    ]  # fmt: skip


def _differing(form: Form, column: str, pairs: list[tuple[str, str]]) -> list[Finding]:
    """Warnings by the pair of measures, and the way round, that most rows agree with."""
    printed = [row.figures.get(column) for row in form.rows]
    ways = [(after, before, sign) for after, before in pairs for sign in (1, -1)]
    actual = [
        [sign * ((row.figures[after] or 0) - (row.figures[before] or 0)) for row in form.rows]
        for after, before, sign in ways
    ]
    best = max(actual, key=lambda way: sum(map(lambda one, two: is_met(form, one, [two]), printed, way)))
    return [
        form.finding("peringatan", row, column, str(one), f"selisih yang benar {two}",
                     "periksa kedua angka di baris ini")
        for row, one, two in zip(form.rows, printed, best, strict=True) if not is_met(form, one, [two])
    ]  # fmt: skip


LOOK_ROWS = 300
SPENDING, FULL = 5, 6


@dataclass(frozen=True)
class Settled:
    """Leaf rows, each once, and every control total that they do not meet."""

    leaves: list[Row]
    findings: list[Finding]

    def total(self, measure: str) -> int:
        """Sum of the leaves, in rupiah."""
        return sum(row.figures.get(measure) or 0 for row in self.leaves)


def is_tree(form: Form) -> bool:
    """Whether rows stand above others, as these forms have them, or are full accounts of belanja."""
    rows = [row for row in form.rows[:LOOK_ROWS] if row.place != Place()]
    return bool(_tree(rows).below) or any(
        is_account(row.code.account) and row.place.account[0] == SPENDING for row in rows
    )


@dataclass(frozen=True)
class _Tree:
    """Rows with a code in order, and per row (by position) the rows right below it."""

    rows: list[Row]
    below: dict[int, list[int]]
    parents: set[Place]

    def is_leaf(self, position: int) -> bool:
        return position not in self.below and self.rows[position].place not in self.parents

    def lowest(self, position: int) -> list[int]:
        """Leaves under a row, itself when it is one."""
        under = self.below.get(position, [])
        return [leaf for each in under for leaf in self.lowest(each)] if under else [position]


def settle(form: Form) -> Settled:
    """Leaves of ``form`` and the findings of its control totals."""
    tree = _tree([row for row in form.rows if row.place != Place()])
    repeated = {leaf for position in _repeats(form, tree) for leaf in tree.lowest(position)}
    leaves = _lines(
        form, [row for position, row in enumerate(tree.rows) if tree.is_leaf(position) and position not in repeated]
    )
    sums = {measure: _sums(leaves, measure) for measure in form.measures}
    findings = [_repeated(form, tree.rows[position]) for position in sorted(repeated)]
    for position, row in enumerate(tree.rows):
        if not tree.is_leaf(position) and position not in repeated:
            below = [tree.rows[each] for each in tree.below.get(position, []) if each not in repeated]
            findings += _missed(form, row, below, sums)
    findings += [finding for row in form.rows if row.is_total for finding in _missed(form, row, [], sums)]
    return Settled(
        leaves,
        [
            *findings,
            *_twice(form, leaves),
            *_shallow(form, leaves),
            *_unknown(form, leaves),
            *_codeless(form),
            *differences(form),
        ],
    )


def _tree(rows: list[Row]) -> _Tree:
    """The nearest row so far that covers a row is the one above it."""
    latest: dict[Place, int] = {}
    below: defaultdict[int, list[int]] = defaultdict(list)
    parents: set[Place] = set()
    for position, row in enumerate(rows):
        covering = list(above(row.place))
        parents.update(covering)
        parent = next((latest[place] for place in covering if place in latest), None)
        if parent is not None:
            below[parent].append(position)
        latest[row.place] = position
    return _Tree(rows, dict(below), parents)


def _lines(form: Form, leaves: list[Row]) -> list[Row]:
    """Leaves without those that add up the accounts of other activities, as BELANJA LANGSUNG does."""
    over = {row.place.account[:length] for row in leaves for length in range(1, len(row.place.account))}
    return [row for row in leaves if row.place.account not in over or not _is_sum(form, row, leaves)]


def _is_sum(form: Form, row: Row, leaves: list[Row]) -> bool:
    parts = [each for each in leaves if each is not row and is_prefix(row.place.account, each.place.account)]
    return all(is_met(form, row.figures[each], [_added(parts, each)]) for each in form.measures)


def _sums(leaves: Iterable[Row], measure: str) -> Counter[Place]:
    """Sum of the leaves under every place, the account alone and the whole (an empty place) among them."""
    sums: Counter[Place] = Counter()
    for row in leaves:
        value = row.figures[measure] or 0
        for place in {*above(row.place), row.place, Place((), row.place.account), Place()}:
            sums[place] += value
    return sums


def _repeats(form: Form, tree: _Tree) -> list[int]:
    """Rows that stand twice below a row, which counts them once."""
    found = []
    for parent, below in tree.below.items():
        seen: set[tuple[object, ...]] = set()
        twins = []
        for position in below:
            row = tree.rows[position]
            mark = (row.place, *row.figures.values())
            twins += [position] if mark in seen and any(row.figures.values()) else []
            seen.add(mark)
        once = [tree.rows[position] for position in below if position not in twins]
        if twins and all(is_met(form, tree.rows[parent].figures[each], [_added(once, each)]) for each in form.measures):
            found += twins
    return found


def _added(rows: Iterable[Row], measure: str) -> int:
    return sum(row.figures[measure] or 0 for row in rows)


def _missed(form: Form, row: Row, below: list[Row], sums: dict[str, Counter[Place]]) -> list[Finding]:
    """A warning per measure whose printed sum is neither that of the rows below nor that of the leaves."""
    findings = []
    for measure in (each for each in form.measures if each not in ("selisih", "sisa")):
        printed = row.figures[measure]
        expected = _possible(row, sums[measure]) + ([_added(below, measure)] if below else [])
        if not is_met(form, printed, expected):
            rule = f"jumlah ini tidak sama dengan jumlah barisnya, {expected[0]}; yang dipakai adalah barisnya"
            remedy = "periksa baris di bawahnya atau rumus jumlahnya"
            findings.append(form.finding("peringatan", row, measure, str(printed), rule, remedy))
    return findings


def _possible(row: Row, sums: Counter[Place]) -> list[int]:
    if not row.is_total:
        return [sums[row.place], sums[Place((), row.place.account)]]
    name = row.name.lower()
    account = 4 if "pendapatan" in name else 5 if "belanja" in name else 6 if "pembiayaan" in name else 0
    return [sums[Place((), (account,))]] if account else [sums[Place()], sums[Place((), (5,))]]


def _repeated(form: Form, row: Row) -> Finding:
    rule = f"baris ini berulang ({row.name}) dan tidak dihitung dua kali, sesuai jumlah di atasnya"
    return form.finding("catatan", row, "", "", rule, "hapus baris yang berulang")


def _twice(form: Form, leaves: list[Row]) -> list[Finding]:
    first: dict[Place, Row] = {}
    findings = []
    for row in leaves:
        earlier = first.setdefault(row.place, row)
        if earlier is not row:
            rule = f"kode ini sudah ada di baris {earlier.row}; keduanya dihitung"
            findings.append(form.finding("peringatan", row, "", _written(row), rule, "hapus salah satu bila ganda"))
    return findings


def _shallow(form: Form, leaves: list[Row]) -> list[Finding]:
    """A note per belanja leaf with a short account among full ones: the row below it may be lost."""
    spending = [row for row in leaves if row.place.account[:1] == (SPENDING,)]
    if not any(is_account(row.code.account) for row in spending):
        return []
    rule, remedy = "rekening ini tanpa rincian di bawahnya, padahal yang lain enam ruas", "periksa baris yang hilang"
    return [
        form.finding("catatan", row, "", _written(row), rule, remedy)
        for row in spending if len(row.place.account) < FULL and any(row.figures.values())
    ]  # fmt: skip


def _unknown(form: Form, leaves: list[Row]) -> list[Finding]:
    """A warning per belanja leaf of a kelompok that there is not."""
    rule, remedy = "akun, kelompok atau jenis rekening ini tidak dikenal", "periksa kode di berkas asal"
    return [
        form.finding("peringatan", row, "", _written(row), rule, remedy)
        for row in leaves if row.place.account[:1] == (SPENDING,) and not is_known_kind(row.place.account)
    ]  # fmt: skip


def _written(row: Row) -> str:
    return ".".join(part for part in (row.code.activity, row.code.account) if part)


def _codeless(form: Form) -> list[Finding]:
    """An error per row with figures and no code that is no sum."""
    rule, remedy = "baris berangka tanpa kode rekening", "tulis kode rekeningnya, atau hapus barisnya"
    return [
        form.finding("galat", row, "", row.name, rule, remedy)
        for row in form.rows
        if row.place == Place() and not row.is_total and not LEFT_OUT.search(row.name) and any(row.figures.values())
    ]


TABLES_SPENDING = 5
FIRST_YEAR = 2021
"""First budget year of today's numbering of accounts and activities."""
_DEPTHS = {"bidang_urusan": 2, "program": 3, "kegiatan": 5, "sub_kegiatan": 6}


def lines(form: Form, leaves: Sequence[Row]) -> pd.DataFrame:
    """One row per belanja leaf, with its keys, its names and rupiah per measure of the form."""
    spending = [row for row in leaves if row.place.account[:1] == (TABLES_SPENDING,)]
    frame = pd.DataFrame([_keys(form, row) for row in spending])
    figures = {each: pd.array([row.figures[each] for row in spending], dtype="Int64") for each in form.measures}
    return frame.assign(**figures)


def _keys(form: Form, row: Row) -> dict[str, str | int | None]:
    is_known = len(row.place.activity) <= max(_DEPTHS.values())
    segments = codes.canonical_activity(row.code.activity).split(".") if row.code.activity and is_known else []
    keys: dict[str, str | int | None] = {}
    for level, depth in _DEPTHS.items():
        keys[f"kode_{level}"] = ".".join(segments[:depth]) if len(segments) >= depth else ""
        keys[f"nama_{level}"] = row.names.get(depth, "") if is_known else ""
    return keys | {
        "tahun": form.head.year, "kode_opd": form.head.code, "nama_opd": form.head.name, "kode_sub_unit": "",
        "nama_sub_unit": "", "kode_sumber_dana": "", "nama_sumber_dana": "", "paket": "",
        "kode_rekening": codes.canonical(row.code.account), "kode_rekening_asli": row.code.account,
        "nama_rekening": row.name, "lembar": form.sheet, "baris": row.row,
    }  # fmt: skip


def organisation(form: Form) -> pd.DataFrame:
    """The ``opd`` row of the form."""
    row = {"kode_opd": form.head.code, "nama_opd": form.head.name, "lembar": form.sheet, "baris": form.columns.row + 1}
    return pd.DataFrame([row])


def refusals(form: Form, leaves: Sequence[Row]) -> list[Finding]:
    """Errors that keep a form out: no OPD, no year, no belanja, or codes of an older numbering."""
    accounts = [row.code.account for row in form.rows if row.code.account]
    old = _numbering(accounts, form.head.year)
    spending = any(row.place.account[:1] == (TABLES_SPENDING,) for row in leaves)
    checks = (
        (not form.head.code, "kepala berkas tidak menyebut perangkat daerah",
         "tulis nama OPD di atas tabel; laporan seluruh daerah tidak disimpan sebagai milik satu OPD"),
        (form.head.year is None, "tahun anggaran tidak tertulis", "tulis 'TAHUN ANGGARAN …' di atas tabel"),
        (not spending and not old, "tidak ada baris belanja berkode rekening", "periksa kolom kode rekening"),
        (bool(old), f"kode rekening memakai penomoran {old}, yang artinya berbeda, sehingga tidak disimpan",
         "unduh ulang dengan kode rekening pemutakhiran (sub rincian objek 4 digit)"),
    )  # fmt: skip
    return [
        Finding("galat", form.file, form.sheet, "", "", "", rule, remedy) for fails, rule, remedy in checks if fails
    ]


def _numbering(accounts: Sequence[str], year: int | None) -> str:
    if codes.is_2019_numbering(accounts):
        return "Permendagri 90/2019"
    if codes.is_2006_numbering(accounts):
        return "Permendagri 13/2006"
    return f"sebelum tahun anggaran {FIRST_YEAR}" if year and year < FIRST_YEAR else ""

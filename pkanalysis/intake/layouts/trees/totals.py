"""Leaves of a form with subtotals as tidy rows, and its control totals: a row above others must add them up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from pkanalysis import codes
from pkanalysis.codes import is_account, is_known_kind, is_prefix
from pkanalysis.intake.findings import Finding, finding
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
    findings: list[Finding] = []
    for column, pairs in {"selisih": ends, "sisa": [pair for pair in ends if pair in REMAINDERS]}.items():
        if not pairs or column not in own:
            continue
        printed = [row.figures.get(column) for row in form.rows]
        actual = [
            [sign * ((row.figures[after] or 0) - (row.figures[before] or 0)) for row in form.rows]
            for after, before in pairs
            for sign in (1, -1)
        ]
        best = max(actual, key=lambda way: sum(map(lambda one, two: is_met(form, one, [two]), printed, way)))
        findings += [
            form.finding("SELISIH_TERCETAK_SALAH", row, column, one, benar=two)
            for row, one, two in zip(form.rows, printed, best, strict=True)
            if not is_met(form, one, [two])
        ]
    return findings


LOOK_ROWS = 300
SPENDING, FULL = 5, 6
TOTALS = (("pendapatan", 4), ("belanja", SPENDING), ("pembiayaan", 6))
"""Akun that a JUMLAH without a code is of, by a word of its name."""


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
    return bool(_Tree(rows).below) or any(
        is_account(row.code.account) and row.place.account[0] == SPENDING for row in rows
    )


class _Tree:
    """Rows with a code in order, per row (by position) the rows right below it, and the places that cover any."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows
        self.below: defaultdict[int, list[int]] = defaultdict(list)
        self.parents: set[Place] = set()
        latest: dict[Place, int] = {}
        for position, row in enumerate(rows):  # the nearest row so far that covers a row is the one above it
            covering = list(above(row.place))
            self.parents.update(covering)
            parent = next((latest[place] for place in covering if place in latest), None)
            if parent is not None:
                self.below[parent].append(position)
            latest[row.place] = position

    def is_leaf(self, position: int) -> bool:
        return position not in self.below and self.rows[position].place not in self.parents

    def lowest(self, position: int) -> list[int]:
        """Leaves under a row, itself when it is one."""
        under = self.below.get(position, [])
        return [leaf for each in under for leaf in self.lowest(each)] if under else [position]


def settle(form: Form) -> Settled:
    """Leaves of ``form`` and the findings of its control totals."""
    tree = _Tree([row for row in form.rows if row.place != Place()])
    repeated = {leaf for position in _repeats(form, tree) for leaf in tree.lowest(position)}
    kept = [position for position in range(len(tree.rows)) if position not in repeated]
    leaves = [tree.rows[position] for position in kept if tree.is_leaf(position)]
    over = {row.place.account[:length] for row in leaves for length in range(1, len(row.place.account))}
    leaves = [row for row in leaves if row.place.account not in over or not _is_sum(form, row, leaves)]
    sums = {measure: _sums(leaves, measure) for measure in form.measures}
    findings = [
        form.finding("BARIS_BERULANG", row, nama=row.name) for row in map(tree.rows.__getitem__, sorted(repeated))
    ]
    for position in kept:
        if not tree.is_leaf(position):
            below = [tree.rows[each] for each in tree.below.get(position, []) if each not in repeated]
            findings += _missed(form, tree.rows[position], below, sums)
    findings += [each for row in form.rows if row.is_total for each in _missed(form, row, [], sums)]
    return Settled(leaves, [*findings, *_doubts(form, leaves), *differences(form)])


def _is_sum(form: Form, row: Row, leaves: list[Row]) -> bool:
    """Whether a leaf adds up the accounts of other activities, as BELANJA LANGSUNG does."""
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
    name = row.name.lower()
    account = next((number for word, number in TOTALS if word in name), 0)
    places = [row.place, Place((), row.place.account)]
    if row.is_total:
        places = [Place((), (account,))] if account else [Place(), Place((), (SPENDING,))]
    findings = []
    for measure in (each for each in form.measures if each not in ("selisih", "sisa")):
        expected = [sums[measure][place] for place in places] + ([_added(below, measure)] if below else [])
        printed = row.figures[measure]
        if not is_met(form, printed, expected):
            findings.append(form.finding("JUMLAH_BERJENJANG_BEDA", row, measure, printed, jumlah=expected[0]))
    return findings


def _doubts(form: Form, leaves: list[Row]) -> list[Finding]:
    """Codes that stand twice, are short among full ones, of an unknown kelompok or missing beside figures."""

    def written(row: Row) -> str:
        return ".".join(part for part in (row.code.activity, row.code.account) if part)

    first: dict[Place, Row] = {}
    spending = [row for row in leaves if row.place.account[:1] == (SPENDING,)]
    is_full = any(is_account(row.code.account) for row in spending)
    return [
        *(form.finding("KODE_BERULANG", row, "", written(row), baris=earlier.row)
          for row in leaves if (earlier := first.setdefault(row.place, row)) is not row),
        *(form.finding("REKENING_TANPA_RINCIAN", row, "", written(row))
          for row in spending if is_full and len(row.place.account) < FULL and any(row.figures.values())),
        *(form.finding("JENIS_TIDAK_DIKENAL_DI_POHON", row, "", written(row))
          for row in spending if not is_known_kind(row.place.account)),
        *(form.finding("ANGKA_TANPA_KODE", row, "", row.name)
          for row in form.rows
          if row.place == Place() and not row.is_total and not LEFT_OUT.search(row.name) and any(row.figures.values())),
    ]  # fmt: skip


FIRST_YEAR = 2021
"""First budget year of today's numbering of accounts and activities."""
_DEPTHS = {"bidang_urusan": 2, "program": 3, "kegiatan": 5, "sub_kegiatan": 6}


def lines(form: Form, leaves: Sequence[Row]) -> pd.DataFrame:
    """One row per belanja leaf, with its keys, its names and rupiah per measure of the form."""
    spending = [row for row in leaves if row.place.account[:1] == (SPENDING,)]
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
    year = form.head.year
    accounts = [row.code.account for row in form.rows if row.code.account]
    numberings = (
        (codes.is_2019_numbering(accounts), "Permendagri 90/2019"),
        (codes.is_2006_numbering(accounts), "Permendagri 13/2006"),
        (bool(year) and (year or 0) < FIRST_YEAR, f"sebelum tahun anggaran {FIRST_YEAR}"),
    )
    old = next((name for is_so, name in numberings if is_so), "")
    spending = any(row.place.account[:1] == (SPENDING,) for row in leaves)
    failed: list[tuple[bool, str, dict[str, str]]] = [
        (not form.head.code, "KEPALA_TANPA_OPD", {}),
        (year is None, "TANPA_TAHUN_DI_KEPALA", {}),
        (not spending and not old, "TANPA_BELANJA", {}),
        (bool(old), "PENOMORAN_LAMA", {"penomoran": old}),
    ]
    return [finding(code, form.file, form.sheet, **values) for fails, code, values in failed if fails]

"""Leaves and control totals: a row above others is no line, and must say what they add up to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pkanalysis.codes import is_account, is_known_kind, is_prefix
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.layouts.tiers.differences import differences, is_met
from pkanalysis.intake.layouts.tiers.keys import Place, above
from pkanalysis.intake.layouts.tiers.rows import LEFT_OUT, Form, Row

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

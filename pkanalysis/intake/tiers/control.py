"""Leaves and control totals: a row above others is no line, and must say what they add up to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pkanalysis.codes import is_prefix
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.tiers.keys import Place, above
from pkanalysis.intake.tiers.rows import LEFT_OUT, Form, Row

LOOK_ROWS = 300


@dataclass(frozen=True)
class Settled:
    """Leaf rows, each once, and every control total that they do not meet."""

    leaves: list[Row]
    findings: list[Finding]

    def total(self, measure: str) -> int:
        """Sum of the leaves, in rupiah."""
        return sum(row.figures.get(measure) or 0 for row in self.leaves)


def has_subtotals(form: Form) -> bool:
    """Whether rows stand above others, as the forms of this package have them."""
    return bool(_tree([row for row in form.rows[:LOOK_ROWS] if row.place != Place()]).below)


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
    return Settled(leaves, [*findings, *_twice(form, leaves), *_codeless(form), *_differences(form)])


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
    return all(_is_met(form, row.figures[each], [_added(parts, each)]) for each in form.measures)


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
        if twins and all(
            _is_met(form, tree.rows[parent].figures[each], [_added(once, each)]) for each in form.measures
        ):
            found += twins
    return found


def _added(rows: Iterable[Row], measure: str) -> int:
    return sum(row.figures[measure] or 0 for row in rows)


def _is_met(form: Form, printed: int | None, sums: Iterable[int]) -> bool:
    return printed is None or any(abs(printed - value) <= form.slack for value in sums)


def _missed(form: Form, row: Row, below: list[Row], sums: dict[str, Counter[Place]]) -> list[Finding]:
    """A warning per measure whose printed sum is neither that of the rows below nor that of the leaves."""
    findings = []
    for measure in (each for each in form.measures if each != "selisih"):
        printed = row.figures[measure]
        expected = ([_added(below, measure)] if below else []) + _possible(row, sums[measure])
        if not _is_met(form, printed, expected):
            rule = f"jumlah ini tidak sama dengan jumlah barisnya, {expected[0]}; yang dipakai adalah barisnya"
            remedy = "periksa baris di bawahnya atau rumus jumlahnya"
            findings.append(form.finding("peringatan", row.row, measure, str(printed), rule, remedy))
    return findings


def _possible(row: Row, sums: Counter[Place]) -> list[int]:
    if not row.is_total:
        return [sums[row.place], sums[Place((), row.place.account)]]
    name = row.name.lower()
    account = 4 if "pendapatan" in name else 5 if "belanja" in name else 6 if "pembiayaan" in name else 0
    return [sums[Place((), (account,))]] if account else [sums[Place()], sums[Place((), (5,))]]


def _repeated(form: Form, row: Row) -> Finding:
    rule = f"baris ini berulang ({row.name}) dan tidak dihitung dua kali, sesuai jumlah di atasnya"
    return form.finding("catatan", row.row, "", "", rule, "hapus baris yang berulang")


def _twice(form: Form, leaves: list[Row]) -> list[Finding]:
    first: dict[Place, Row] = {}
    findings = []
    for row in leaves:
        earlier = first.setdefault(row.place, row)
        if earlier is not row:
            rule = f"kode ini sudah ada di baris {earlier.row}; keduanya dihitung"
            findings.append(form.finding("peringatan", row.row, "", _written(row), rule, "hapus salah satu bila ganda"))
    return findings


def _written(row: Row) -> str:
    return ".".join(part for part in (row.code.activity, row.code.account) if part)


def _codeless(form: Form) -> list[Finding]:
    """An error per row with figures and no code that is no sum."""
    rule, remedy = "baris berangka tanpa kode rekening", "tulis kode rekeningnya, atau hapus barisnya"
    return [
        form.finding("galat", row.row, "", row.name, rule, remedy)
        for row in form.rows
        if row.place == Place() and not row.is_total and not LEFT_OUT.search(row.name) and any(row.figures.values())
    ]


def _differences(form: Form) -> list[Finding]:
    """A warning per row whose printed difference is not the difference of its figures."""
    pairs = (("sesudah", "sebelum"), ("realisasi", "anggaran"))
    after, before = next((pair for pair in pairs if set(pair) <= set(form.measures)), ("", ""))
    if not after or "selisih" not in form.measures:
        return []
    findings = []
    for row in form.rows:
        printed = row.figures["selisih"]
        actual = (row.figures[after] or 0) - (row.figures[before] or 0)
        if not _is_met(form, printed, (actual, -actual) if after == "realisasi" else (actual,)):
            rule = f"selisih yang benar {actual}"
            findings.append(
                form.finding("peringatan", row.row, "selisih", str(printed), rule, "periksa kedua angka di baris ini")
            )
    return findings

"""Leaves of a form with subtotals as tidy rows, and its control totals: a row above others must add them up."""

from __future__ import annotations

from collections import Counter
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
    return bool(_below(rows)) or any(is_account(row.code.account) and row.place.account[0] == SPENDING for row in rows)


def _below(rows: list[Row]) -> dict[int, list[int]]:
    """Per row that has any (by position) the rows right below it; the nearest above that covers a row has it."""
    below: dict[int, list[int]] = {}
    latest: dict[Place, int] = {}
    for position, row in enumerate(rows):
        parent = next((latest[place] for place in above(row.place) if place in latest), None)
        if parent is not None:
            below.setdefault(parent, []).append(position)
        latest[row.place] = position
    return below


def settle(form: Form) -> Settled:
    """Leaves of ``form`` and the findings of its control totals."""
    rows = [row for row in form.rows if row.place != Place()]
    below, covering = _below(rows), {place for row in rows for place in above(row.place)}
    repeated = _repeated(form, rows, below)
    kept = [(position, row) for position, row in enumerate(rows) if position not in repeated]
    inner = {position for position, row in kept if position in below or row.place in covering}
    lowest = [row for position, row in kept if position not in inner]
    over = {row.place.account[:length] for row in lowest for length in range(1, len(row.place.account))}
    leaves = []
    for row in lowest:
        if row.place.account in over:  # BELANJA LANGSUNG adds up the accounts of other activities: it is no leaf
            parts = [each for each in lowest if each is not row and is_prefix(row.place.account, each.place.account)]
            if all(is_met(form, row.figures[each], [_added(parts, each)]) for each in form.measures):
                continue
        leaves.append(row)

    sums: dict[str, Counter[Place]] = {measure: Counter() for measure in form.measures}
    for row in leaves:
        for place in {*above(row.place), row.place, Place((), row.place.account), Place()}:
            for measure, added in sums.items():
                added[place] += row.figures[measure] or 0
    findings = [
        form.finding("BARIS_BERULANG", rows[position], nama=rows[position].name) for position in sorted(repeated)
    ]
    for position in sorted(inner):
        under = [rows[each] for each in below.get(position, []) if each not in repeated]
        findings += _missed(form, rows[position], under, sums)
    findings += [each for row in form.rows if row.is_total for each in _missed(form, row, [], sums)]
    return Settled(leaves, [*findings, *_doubts(form, leaves), *differences(form)])


def _repeated(form: Form, rows: list[Row], below: dict[int, list[int]]) -> set[int]:
    """Lowest rows of those that stand twice below a row, which counts them once."""
    found: set[int] = set()
    for parent, under in below.items():
        marks = {position: (rows[position].place, *rows[position].figures.values()) for position in under}
        first = {mark: position for position, mark in reversed(marks.items())}
        twins = {each for each, mark in marks.items() if first[mark] != each and any(rows[each].figures.values())}
        once = [rows[position] for position in under if position not in twins]
        if twins and all(is_met(form, rows[parent].figures[each], [_added(once, each)]) for each in form.measures):
            found |= twins
    for position in sorted(below):  # a parent stands before what is below it
        found.update(below[position] if position in found else ())
    return found - below.keys()


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
    first: dict[Place, Row] = {}
    spending = [row for row in leaves if row.place.account[:1] == (SPENDING,)]
    is_full = any(is_account(row.code.account) for row in spending)
    coded: list[tuple[str, Row, dict[str, int]]] = [
        *(("KODE_BERULANG", row, {"baris": earlier.row})
          for row in leaves if (earlier := first.setdefault(row.place, row)) is not row),
        *(("REKENING_TANPA_RINCIAN", row, {})
          for row in spending if is_full and len(row.place.account) < FULL and any(row.figures.values())),
        *(("JENIS_TIDAK_DIKENAL_DI_POHON", row, {}) for row in spending if not is_known_kind(row.place.account)),
    ]  # fmt: skip
    return [
        *(form.finding(rule, row, "", ".".join(filter(None, (row.code.activity, row.code.account))), **values)
          for rule, row, values in coded),
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
    keys: list[dict[str, str | int | None]] = []
    for row in spending:
        is_known = len(row.place.activity) <= max(_DEPTHS.values())
        segments = codes.canonical_activity(row.code.activity).split(".") if row.code.activity and is_known else []
        own: dict[str, str | int | None] = {}
        for level, depth in _DEPTHS.items():
            own[f"kode_{level}"] = ".".join(segments[:depth]) if len(segments) >= depth else ""
            own[f"nama_{level}"] = row.names.get(depth, "") if is_known else ""
        keys.append(own | {
            "tahun": form.head.year, "kode_opd": form.head.code, "nama_opd": form.head.name, "kode_sub_unit": "",
            "nama_sub_unit": "", "kode_sumber_dana": "", "nama_sumber_dana": "", "paket": "",
            "kode_rekening": codes.canonical(row.code.account), "kode_rekening_asli": row.code.account,
            "nama_rekening": row.name, "lembar": form.sheet, "baris": row.row,
        })  # fmt: skip
    figures = {each: pd.array([row.figures[each] for row in spending], dtype="Int64") for each in form.measures}
    return pd.DataFrame(keys).assign(**figures)


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

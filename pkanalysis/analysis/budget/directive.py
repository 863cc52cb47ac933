"""The seven points of Inpres 1/2025 diktum KEEMPAT as one table.

One step between two stages in its parts: chosen or transfer, by sector, on limited accounts, unexplained.

Figures of a step by name, to hold those against that were announced earlier.

What other cut rates would save, as arithmetic beside what was done.

Why a line changed: what the OPD said, else what the funding source or the account shows.

A cut forced by the transfer (TKD, KMK 29/2025) is no saving: that money is gone.

Why lines changed, as the OPD said it (``sebab``); what nobody explained stays unexplained.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from pkanalysis import codes, reference
from pkanalysis.analysis import claims
from pkanalysis.analysis.budget.accounts import by_prefix, classify, is_targeted
from pkanalysis.analysis.budget.changes import AMOUNTS, OTHER, sector
from pkanalysis.analysis.budget.rates import BINDING, is_travel, rate_cut

KEY = ["tahap_sebelum", "tahap_sesudah", "kode_opd", "kode_sub_kegiatan", "kode_rekening"]


def by_cause(steps: pd.DataFrame, causes: pd.DataFrame) -> pd.DataFrame:
    """Line changes of every step summed by stated cause.

    Parameters
    ----------
    steps : DataFrame
        Result of :func:`pkanalysis.analysis.budget.changes.steps`.
    causes : DataFrame
        Rows of ``perubahan_anggaran`` of the same year.

    Returns
    -------
    DataFrame
        ``tahap_sebelum``, ``tahap_sesudah``, ``sebab`` ("" = not given), and the five amounts of the
        lines that changed, gross at line level; stages in order, the largest decrease first.

    Examples
    --------
    >>> line = {"tahap_sebelum": "a", "tahap_sesudah": "b", "kode_opd": "X", "kode_sub_kegiatan": "1"}
    >>> amounts = {name: 5 for name in AMOUNTS}
    >>> steps = pd.DataFrame([line | {"kode_rekening": code} | amounts for code in ("p", "q")])
    >>> stated = pd.DataFrame([line | {"kode_rekening": "p", "sebab": "tkd"}])
    >>> by_cause(steps, stated)[["sebab", "pengurangan_rp"]].values.tolist()
    [['tkd', 5], ['', 5]]
    """
    changed = steps[steps["pengurangan_rp"].gt(0) | steps["penambahan_rp"].gt(0)]
    stated = changed.merge(causes[[*KEY, "sebab"]], "left", KEY, validate="many_to_one")
    sums = stated.fillna({"sebab": ""}).groupby([*KEY[:2], "sebab"], sort=False)[AMOUNTS].sum().reset_index()
    order = {stage: place for place, stage in enumerate(steps["tahap_sesudah"].unique())}
    sums = sums.sort_values("pengurangan_rp", ascending=False, kind="stable")
    return sums.sort_values("tahap_sesudah", key=lambda stages: stages.map(order), kind="stable", ignore_index=True)


def carried_by(steps: pd.DataFrame, is_counted: pd.Series) -> pd.DataFrame:
    """Who carries the gross decrease over the counted lines, the largest first.

    Returns
    -------
    DataFrame
        By ``kode_opd``: ``pengurangan_rp`` (whole rupiah), ``pangsa_pct`` of all, and
        ``kumulatif_pct``, the share of this OPD and those before it.

    Examples
    --------
    >>> steps = pd.DataFrame({"kode_opd": ["A", "B", "B"], "pengurangan_rp": [1, 2, 4]})
    >>> carried_by(steps, pd.Series([True, True, False])).round(1).reset_index().values.tolist()
    [['B', 2, 66.7, 66.7], ['A', 1, 33.3, 100.0]]
    """
    sums = steps[is_counted].groupby("kode_opd")["pengurangan_rp"].sum().sort_values(ascending=False, kind="stable")
    total = float(sums.sum()) or float("nan")
    return pd.DataFrame({
        "pengurangan_rp": sums,
        "pangsa_pct": 100 * sums / total,
        "kumulatif_pct": 100 * sums.cumsum() / total,
    })  # fmt: skip


BY_SOURCE = "tkd_menurut_sumber_dana"
BY_ACCOUNT = "pos_sasaran_inpres"
TRANSFER = ("tkd", BY_SOURCE)
"""Reasons that make a decrease one of the transfer and not of the region's choice."""


def transfer_kind(sources: pd.Series | Sequence[str]) -> pd.Series:
    """Kind of transfer that KMK 29/2025 adjusts, by the code of the funding source; "" for the others.

    A source that is known by name only has no code to judge by and gives "".

    Examples
    --------
    >>> transfer_kind(pd.Series(["2.2.1.01.03.0012", "2.2.1.1.2.6", "2.2.1.01.02.0004", "1.1.01", "PAD"])).tolist()
    ['DAK Fisik', 'DAU yang ditentukan penggunaannya', '', '', '']
    """
    return by_prefix(sources, reference.transfer_sources().set_index("kode_prefix")["jenis"])


def sources_of(changes: pd.DataFrame) -> pd.Series:
    """The funding source of each row; "" where the rows are not kept apart by it."""
    none = pd.Series("", index=changes.index, dtype="str")
    return changes.get("sumber_dana", none)


def reasons(changes: pd.DataFrame, causes: pd.DataFrame | None = None) -> pd.Series:
    """The reason of every changed line.

    Parameters
    ----------
    changes : DataFrame
        Result of :func:`pkanalysis.analysis.budget.changes.steps`, or of ``compare`` with ``kode_rekening`` among
        its keys, where no cause is known; without ``sumber_dana`` no transfer can be told.
    causes : DataFrame, optional
        Rows of ``perubahan_anggaran`` of the same year.

    Returns
    -------
    Series of str
        Index of ``changes``: the ``sebab`` that the OPD gave; without one, for a decrease,
        :data:`BY_SOURCE` (a funding source of KMK 29/2025) or :data:`BY_ACCOUNT` ("berkurang pada pos
        sasaran Inpres"); else "". What the OPD said is never replaced.

    Examples
    --------
    >>> lines = pd.DataFrame({"kode_rekening": ["5.2.04.01.01.0004", "5.1.02.04.01.0001", "5.1.02.04.01.0001"],
    ...                       "sumber_dana": ["2.2.1.01.03", "1.1.01", "1.1.01"], "pengurangan_rp": [9, 5, 0]})
    >>> reasons(lines).tolist()
    ['tkd_menurut_sumber_dana', 'pos_sasaran_inpres', '']
    """
    claims.require(changes, ["kode_rekening", "pengurangan_rp"])
    is_less = changes["pengurangan_rp"].gt(0)
    seen = pd.Series("", index=changes.index, dtype="str")
    seen = seen.mask(is_less & is_targeted(changes["kode_rekening"]), BY_ACCOUNT)
    seen = seen.mask(is_less & transfer_kind(sources_of(changes)).ne(""), BY_SOURCE)
    if causes is None:
        return seen
    stated = changes[KEY].merge(causes[[*KEY, "sebab"]], "left", KEY, validate="many_to_one")["sebab"]
    return stated.set_axis(changes.index).where(changes["selisih_rp"].ne(0)).fillna(seen).astype("str")


CERTAINTIES = ("pasti", "taksiran", "perlu_telaah")
TRANSFER_POINT, SPREAD_POINT = 7, 5


def point(accounts: pd.Series) -> pd.Series:
    """The point (1-4, 6) that asks to limit an account, as far as accounts can say; missing for the others.

    Point 7 goes by funding source and point 5 by the spread over OPD.

    Examples
    --------
    >>> point(pd.Series(["5.1.02.04.01.0001", "5.1.02.01.01.0026", "5.1.01.01.01.0001"])).tolist()
    [2, 1, <NA>]
    """
    kinds = classify(accounts)
    return kinds["angka"].where(kinds["keyakinan"].isin(CERTAINTIES) & kinds["angka"].ne(TRANSFER_POINT))


def seven_points(changes: pd.DataFrame, causes: pd.DataFrame | None = None) -> pd.DataFrame:
    """What each of the seven points asks for, before and after, and how certain the accounts are.

    A decrease of the transfer (see :func:`pkanalysis.analysis.budget.directive.reasons`) counts in point 7
    only, never among the chosen ones. Before, after and persen are those of all lines of a point, so
    sebelum - sesudah is more than pengurangan - penambahan where a decrease counts in another point, or
    where an OPD gave another reason for a decrease of a transfer line.

    Parameters
    ----------
    changes : DataFrame
        One step of :func:`pkanalysis.analysis.budget.changes.steps`: gross figures are at line level.
    causes : DataFrame, optional
        Rows of ``perubahan_anggaran``.

    Returns
    -------
    DataFrame
        ``angka``, ``kunci``, ``ketentuan``, ``pagu_sebelum_rp``, ``pagu_sesudah_rp``, ``selisih_rp``,
        ``pengurangan_rp``, ``penambahan_rp`` (whole rupiah, missing for point 5), ``persen`` (selisih of
        sebelum), ``pasti_rp``, ``taksiran_rp``, ``perlu_telaah_rp`` (they add up to
        ``pengurangan_rp``; missing for points 5 and 7) and ``dasar``.

    References
    ----------
    Inpres 1/2025 diktum KEEMPAT; the account's point is the ``angka`` of its efficiency category.

    Examples
    --------
    >>> lines = pd.DataFrame({"kode_rekening": ["5.1.02.04.01.0001", "5.2.04.01.01.0004"],
    ...     "sumber_dana": ["1.1.01", "2.2.1.01.03"], "pagu_sebelum_rp": [100, 80], "pagu_sesudah_rp": [50, 60],
    ...     "selisih_rp": [-50, -20], "pengurangan_rp": [50, 20], "penambahan_rp": [0, 0]})
    >>> seven_points(lines).set_index("angka").loc[[2, 7], ["pengurangan_rp", "persen"]].values.tolist()
    [[50, -50.0], [20, -25.0]]
    """
    claims.require(changes, ["kode_rekening", *AMOUNTS])
    is_cut_by_transfer = reasons(changes, causes).isin(TRANSFER) & changes["pengurangan_rp"].gt(0)
    chosen = changes.assign(angka=point(changes["kode_rekening"]))
    chosen["pengurangan_rp"] = chosen["pengurangan_rp"].mask(is_cut_by_transfer, 0)
    certainty = classify(changes["kode_rekening"])["keyakinan"]
    for name in CERTAINTIES:
        chosen[f"{name}_rp"] = chosen["pengurangan_rp"].where(certainty.eq(name), 0)
    by_point = _sums(chosen.dropna(subset="angka"), [*AMOUNTS, *(f"{name}_rp" for name in CERTAINTIES)])
    is_transfer = transfer_kind(sources_of(changes)).ne("") | is_cut_by_transfer
    passed_on = changes[is_transfer].assign(angka=TRANSFER_POINT)
    passed_on["pengurangan_rp"] = passed_on["pengurangan_rp"].where(is_cut_by_transfer, 0)
    known = pd.concat([by_point.drop(index=TRANSFER_POINT), _sums(passed_on, AMOUNTS).loc[[TRANSFER_POINT]]])
    rules = reference.directive()
    rules["angka"] = rules["angka"].astype("int64")
    table = rules.merge(known, "left", left_on="angka", right_index=True)
    base = table["pagu_sebelum_rp"].astype("Float64")
    table["persen"] = 100 * table["selisih_rp"] / base.mask(base.eq(0))
    return table[[*rules.columns.drop("dasar"), *known.columns, "persen", "dasar"]]


def _sums(lines: pd.DataFrame, amounts: list[str]) -> pd.DataFrame:
    numbers = reference.directive()["angka"].astype("int64")
    sums = lines.groupby(lines["angka"].astype("int64"))[amounts].sum().reindex(numbers, fill_value=0)
    return sums.astype("Int64").drop(index=SPREAD_POINT)


@dataclass(frozen=True)
class Parts:
    """Sums of one step in whole rupiah; gross figures are those of the lines.

    ``transfer_rp`` is the part of ``decrease_rp`` that the transfer took (KMK 29/2025). ``limited_rp`` of the
    additions lie on accounts that were to be limited, at ``limited_offices`` OPD; ``unsourced_rp`` of the decrease lie
    on lines whose funding source has no code, so that no transfer can be told from it. ``decrease_by_reason`` and
    ``added_by_sector`` add up to decrease and increase, the largest first.
    """

    before_rp: int
    after_rp: int
    decrease_rp: int
    increase_rp: int
    transfer_rp: int
    limited_rp: int
    limited_offices: int
    unsourced_rp: int
    decrease_by_reason: pd.Series
    added_by_sector: pd.Series

    @property
    def net_rp(self) -> int:
        """After less before."""
        return self.after_rp - self.before_rp

    @property
    def chosen_rp(self) -> int:
        """The decrease without what the transfer took."""
        return self.decrease_rp - self.transfer_rp

    @property
    def unused_rp(self) -> int:
        """Chosen decrease beyond the additions; 0 or less where the additions are larger."""
        return self.chosen_rp - self.increase_rp

    @property
    def unexplained_rp(self) -> int:
        """Decrease for which no OPD gave a cause."""
        return sum(self.because(reason) for reason in ("", BY_ACCOUNT, BY_SOURCE))

    def because(self, reason: str) -> int:
        """Decrease for one reason of :func:`pkanalysis.analysis.budget.directive.reasons`."""
        return int(self.decrease_by_reason.get(reason, 0))


def parts(step: pd.DataFrame, causes: pd.DataFrame | None = None, own: Mapping[str, str] | None = None) -> Parts:
    """Take one step apart.

    Parameters
    ----------
    step : DataFrame
        One step of :func:`pkanalysis.analysis.budget.changes.steps`.
    causes : DataFrame, optional
        Rows of ``perubahan_anggaran``.
    own : mapping of str to str, optional
        As for :func:`pkanalysis.analysis.budget.changes.sector`.

    Examples
    --------
    >>> step = pd.DataFrame({"kode_opd": "A", "kode_sub_kegiatan": "1.01.02.2.01.0001", "sumber_dana": ["1.1", "1.1",
    ...     "2.2.1.01.03"], "kode_rekening": ["5.1.02.04.01.0001", "5.2.03.01.01.0010", "5.2.04.01.01.0004"],
    ...     "pagu_sebelum_rp": [100, 0, 90], "pagu_sesudah_rp": [50, 30, 80], "selisih_rp": [-50, 30, -10],
    ...     "pengurangan_rp": [50, 0, 10], "penambahan_rp": [0, 30, 0]})
    >>> found = parts(step)
    >>> found.chosen_rp, found.transfer_rp, found.net_rp, found.unused_rp
    (50, 10, -30, 20)
    >>> found.added_by_sector.to_dict()
    {'pendidikan': 30}
    """
    claims.require(step, ["kode_opd", "kode_sub_kegiatan", "kode_rekening", *AMOUNTS])
    why, added = reasons(step, causes), step["penambahan_rp"]
    is_limited = is_targeted(step["kode_rekening"]) & added.gt(0)
    sums = {
        name: int(step[f"{name}_rp"].sum()) for name in ("pagu_sebelum", "pagu_sesudah", "pengurangan", "penambahan")
    }
    return Parts(
        before_rp=sums["pagu_sebelum"],
        after_rp=sums["pagu_sesudah"],
        decrease_rp=sums["pengurangan"],
        increase_rp=sums["penambahan"],
        transfer_rp=int(step.loc[why.isin(TRANSFER), "pengurangan_rp"].sum()),
        limited_rp=int(added[is_limited].sum()),
        limited_offices=int(step.loc[is_limited, "kode_opd"].nunique()),
        unsourced_rp=int(step.loc[~codes.keys(sources_of(step)).astype("bool"), "pengurangan_rp"].sum()),
        decrease_by_reason=_ordered(step["pengurangan_rp"].groupby(why).sum()),
        added_by_sector=_ordered(added.groupby(sector(step["kode_sub_kegiatan"], own)).sum()),
    )


def _ordered(sums: pd.Series) -> pd.Series:
    return sums[sums.ne(0)].sort_values(ascending=False, kind="stable")


def measures(
    step: pd.DataFrame,
    causes: pd.DataFrame | None = None,
    rated: Collection[str] = (),
    own: Mapping[str, str] | None = None,
) -> pd.Series:
    """What a figure that was announced may have measured, in whole rupiah.

    Parameters
    ----------
    step, causes, own
        As for :func:`pkanalysis.analysis.budget.directive.parts`.
    rated : collection of str
        Categories with a cut rate, for ``pengurangan_bertarif``.

    Returns
    -------
    Series
        By the names of :data:`pkanalysis.config.MEASURES`. ``pengurangan_sasaran`` and
        ``pengurangan_bertarif`` are gross on target accounts; what the transfer took is in neither.

    Examples
    --------
    >>> step = pd.DataFrame({"kode_opd": "A", "kode_sub_kegiatan": "5.01.01.2.06.0009", "sumber_dana": "1.1",
    ...     "kode_rekening": ["5.1.02.04.01.0001"], "pagu_sebelum_rp": [100], "pagu_sesudah_rp": [40],
    ...     "selisih_rp": [-60], "pengurangan_rp": [60], "penambahan_rp": [0]})
    >>> measures(step, rated=["perjalanan_dinas"])[["pengurangan_bertarif", "perjalanan_sesudah"]].tolist()
    [60, 40]
    """
    claims.require(step, ["kode_opd", "kode_sub_kegiatan", "kode_rekening"])
    whole, why = parts(step, causes, own), reasons(step, causes)
    down = step["pengurangan_rp"].where(~why.isin(TRANSFER), 0)
    is_target, trip = is_targeted(step["kode_rekening"]), step[is_travel(step["kode_rekening"])]
    is_rated = is_target & classify(step["kode_rekening"])["kategori"].isin(list(rated))
    is_priority = sector(step["kode_sub_kegiatan"], own).ne(OTHER)
    found = {
        "pagu_sebelum": whole.before_rp,
        "pagu_sesudah": whole.after_rp,
        "pengurangan": whole.decrease_rp,
        "pengurangan_pilihan": whole.chosen_rp,
        "pengurangan_tkd": whole.transfer_rp,
        "pengurangan_sasaran": down[is_target].sum(),
        "pengurangan_bertarif": down[is_rated].sum(),
        "penambahan": whole.increase_rp,
        "penambahan_prioritas": step.loc[is_priority, "penambahan_rp"].sum(),
        "perjalanan_sebelum": trip["pagu_sebelum_rp"].sum(),
        "perjalanan_sesudah": trip["pagu_sesudah_rp"].sum(),
        "perjalanan_berkurang": -trip["selisih_rp"].sum(),
    }
    return pd.Series(found).astype("int64")


def what_if(changes: pd.DataFrame, rates: Mapping[str, float]) -> pd.DataFrame:
    """What other rates would save, per OPD and category, beside what was done.

    Arithmetic on the earlier stage, not a forecast: whether an OPD could do its work with what
    is left is another question.

    Parameters
    ----------
    changes : DataFrame
        As for :func:`rate_cut`.
    rates : mapping of str to float
        Efficiency category -> share to be cut (0-1).

    Returns
    -------
    DataFrame
        ``kode_opd``, ``kategori``, ``tarif``, ``pagu_sebelum_rp``, ``simulasi_rp`` (what the rate would
        save), ``dilakukan_rp`` (net cut that was made; negative = increased), ``selisih_rp`` =
        simulasi - dilakukan; OPD without the category are left out.

    Examples
    --------
    >>> rows = pd.DataFrame({"kode_opd": "A", "kode_rekening": ["5.1.02.04.01.0001"],
    ...                      "pagu_sebelum_rp": [100], "pagu_sesudah_rp": [50]})
    >>> what_if(rows, {"perjalanan_dinas": 0.6})[["simulasi_rp", "dilakukan_rp", "selisih_rp"]].values.tolist()
    [[60, 50, 10]]
    """
    tests = [rate_cut(changes, category, rate) for category, rate in rates.items()]
    if not tests:
        return what_if(changes, {BINDING: 0.5}).iloc[:0]
    rows = pd.concat(tests, ignore_index=True).query("cakupan == 'opd' and status != 'tidak_berlaku'")
    saved, done = rows["pagu_sebelum_rp"] - rows["batas_rp"], -rows["selisih_rp"]
    rows = rows.assign(simulasi_rp=saved, dilakukan_rp=done, selisih_rp=saved - done)
    names = ["kode_opd", "kategori", "tarif", "pagu_sebelum_rp", "simulasi_rp", "dilakukan_rp", "selisih_rp"]
    return rows[names].reset_index(drop=True)

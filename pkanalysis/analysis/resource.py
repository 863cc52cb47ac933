"""Use of resources: money held against what was reached with it; a budget cut is no efficiency.

Efficiency as the Ministry of Finance computes it, the variants of the LKjIP side by side, and the cascade that links
achievement to programmes, kegiatan and sub kegiatan (tables g and h of the LKjIP).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from pkanalysis.analysis import claims
from pkanalysis.analysis.achievement.averages import means
from pkanalysis.analysis.achievement.formulas import as_input
from pkanalysis.analysis.claims import Level, Refusal, refusal, worded
from pkanalysis.analysis.spending import outturn, prognosis, same_month

__all__ = [
    "ACTIVITY", "achieved", "by_activity", "efficiency", "funds", "heads", "linked", "outturn", "prognosis",
    "reach_down", "resource_use", "same_month", "supporting", "supporting_activities",
]  # fmt: skip

LIMIT = 20.0
PLAUSIBLE = 10.0
"""An achievement beyond this ratio (1,000 %) was probably given in per cent."""
Amounts = float | Sequence[float] | npt.NDArray[np.float64] | pd.Series


@dataclass(frozen=True)
class Efficiency:
    """``e_raw`` in per cent, NaN where ``refusals`` say why; ``n`` outputs were summed."""

    e_raw: float
    n: int
    refusals: tuple[Refusal, ...] = ()
    claim: Level = "L1"

    @property
    def e(self) -> float:
        """E truncated to [-20, 20] per cent."""
        return float(np.clip(self.e_raw, -LIMIT, LIMIT))

    @property
    def ne(self) -> float:
        """Value of E, 0-100: ``50 + E/20 * 50``."""
        return 50 + self.e / LIMIT * 50


def efficiency(
    ceiling: Amounts, achievement: Amounts, spent: Amounts, original_ceiling: Amounts | None = None
) -> Efficiency:
    r"""Efficiency over outputs: :math:`E = 100 \sum (P_i C_i - R_i) / \sum P_i C_i`.

    A ceiling that was cut in mid-year lowers E by arithmetic alone: use the revised one, give the
    original too, and show E on both. A rise of E after a cut is no better management.

    Parameters
    ----------
    ceiling, achievement, spent : float or array of shape (n,)
        Revised ceiling (Rp), achievement of the output as a ratio (1.22 = 122 %), spending (Rp).
    original_ceiling : float or array of shape (n,), optional
        Only to say ``PAGU_BERUBAH`` where it differs from ``ceiling``.

    Returns
    -------
    Efficiency
        ``.e`` (per cent, truncated), ``.e_raw``, ``.ne`` (0-100), ``.refusals``; NaN where a value is
        missing (``REALISASI_KOSONG``) or the sum of ceiling x achievement is not positive
        (``PAGU_CAPAIAN_NOL``). ``CAPAIAN_BUKAN_RASIO`` where an achievement looks like per cent.

    Raises
    ------
    ValueError
        The arrays differ in length, are no figures, or hold one beyond 1e20.

    References
    ----------
    PMK 214/PMK.02/2017 annex b and c; PMK 22/PMK.02/2021 (for ministries, not binding for regions).

    Examples
    --------
    >>> found = efficiency([4e9, 1e9, 5e9], [1.22, 0.80, 1.42], [3.8e9, 0.975e9, 4.725e9])
    >>> round(found.e_raw, 2), found.e, found.ne
    (25.67, 20.0, 100.0)
    >>> [item.code for item in efficiency(100, 0, 10).refusals]
    ['PAGU_CAPAIAN_NOL']
    """
    parts = {"pagu": ceiling, "capaian": achievement, "realisasi": spent}
    p, c, r = (as_input(claims.numbers(values, name))[0] for name, values in parts.items())
    first = p if original_ceiling is None else claims.numbers(original_ceiling, "pagu murni")
    if not p.shape == first.shape == c.shape == r.shape:
        raise ValueError(f"banyaknya pagu ({p.size}), capaian ({c.size}) dan realisasi ({r.size}) harus sama")
    if not np.isfinite(p + c + r).all():
        return Efficiency(float("nan"), p.size, (refusal("REALISASI_KOSONG"),))
    expected = float(p @ c)
    if expected <= 0:
        return Efficiency(float("nan"), p.size, (refusal("PAGU_CAPAIAN_NOL"),))
    doubts = {"PAGU_BERUBAH": not np.array_equal(p, first), "CAPAIAN_BUKAN_RASIO": bool((np.abs(c) > PLAUSIBLE).any())}
    found = tuple(refusal(code) for code, is_so in doubts.items() if is_so)
    return Efficiency(100 * (expected - float(r.sum())) / expected, p.size, found)


KEY = ["kode_opd", "kode_program"]
LEVELS = ("program", "kegiatan", "sub_kegiatan")
"""Levels of the budget that a link may point to."""


def share(spent: pd.Series, ceiling: pd.Series) -> pd.Series:
    """Spending in per cent of a ceiling; missing where that is 0 or missing."""
    base = ceiling.astype("Float64")
    return 100 * spent.astype("Float64") / base.mask(base.eq(0))


LAST_MONTH = 12


def achieved(card: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Achievement of indicators by group: mean against the PK in force, uncapped, of those measured.

    Parameters
    ----------
    card : DataFrame
        :func:`pkanalysis.analysis.achievement.scorecard.scorecard`.
    by : sequence of str
        For example ``["kode_opd"]``.

    Returns
    -------
    DataFrame
        ``by``, ``n``, ``n_terukur``, ``capaian_pct``, ``capaian_murni_pct``, and ``is_tercapai``: every measured
        indicator reached its target (missing where none was measured).

    Examples
    --------
    >>> card = pd.DataFrame({"kode_opd": ["A", "A"], "capaian_berlaku": [110.0, 90.0],
    ...                      "capaian_murni": [100.0, 90.0], "is_tercapai": [True, False]})
    >>> achieved(card, ["kode_opd"]).values.tolist()
    [['A', 2, 2, 100.0, 95.0, False]]
    """
    reached = card.assign(is_tercapai=card["is_tercapai"].astype("boolean"))
    groups = reached.groupby(list(by), sort=False)
    mean = means(reached, by, ["capaian_berlaku", "capaian_murni"], sort=False)
    found = pd.DataFrame({
        "n": groups.size(),
        "n_terukur": groups["capaian_berlaku"].count(),
        "capaian_pct": mean["capaian_berlaku"],
        "capaian_murni_pct": mean["capaian_murni"],
        "is_tercapai": groups["is_tercapai"].min(),
    })  # fmt: skip
    return found.assign(is_tercapai=found["is_tercapai"].astype("boolean")).reset_index()


def funds(original: pd.DataFrame, current: pd.DataFrame, spending: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Ceilings and spending by group; missing where a table has no row of the group.

    Parameters
    ----------
    original, current : DataFrame
        Rows of ``anggaran`` of murni and of the stage in force.
    spending : DataFrame
        Rows of ``realisasi_anggaran`` to the data date.

    Examples
    --------
    >>> lines = pd.DataFrame({"kode_opd": ["A"], "pagu_rp": [100]})
    >>> spent = pd.DataFrame({"kode_opd": ["A"], "realisasi_rp": [60]})
    >>> funds(lines, lines, spent, ["kode_opd"]).values.tolist()
    [['A', 100, 100, 60]]
    """
    tables = {"pagu_murni_rp": original, "pagu_perubahan_rp": current, "realisasi_rp": spending}
    keys = list(by)
    sums = [
        lines.groupby(keys)["realisasi_rp" if "realisasi_rp" in lines else "pagu_rp"].sum().rename(name)
        for name, lines in tables.items()
    ]
    return pd.concat(sums, axis=1).astype("Int64").rename_axis(keys).reset_index()


def heads(lines: pd.DataFrame, spending: pd.DataFrame, originals: Mapping[int, str]) -> pd.DataFrame:
    """Original budget and spending per OPD of completed years, as :func:`outturn` takes them.

    Parameters
    ----------
    lines, spending : DataFrame
        Rows of ``anggaran`` and ``realisasi_anggaran`` of all years.
    originals : mapping of int to str
        Code of the original stage of every year that is over; a year counts where its spending reaches December.

    Examples
    --------
    >>> lines = pd.DataFrame({"tahun": [2024], "tahap": ["murni"], "kode_opd": ["A"], "pagu_rp": [100]})
    >>> spent = pd.DataFrame({"tahun": [2024], "bulan": [12], "kode_opd": ["A"], "realisasi_rp": [90]})
    >>> heads(lines, spent, {2024: "murni"}).values.tolist()
    [[2024, 'A', 100, 90]]
    """
    until = spending.groupby("tahun")["bulan"].max()
    years = [year for year in originals if until.get(year, 0) == LAST_MONTH]
    is_original = lines["tahap"].eq(lines["tahun"].map(originals)) & lines["tahun"].isin(years)
    keys = ["tahun", "kode_opd"]
    sums = [
        lines[is_original].groupby(keys)["pagu_rp"].sum().rename("anggaran_rp"),
        spending[spending["tahun"].isin(years)].groupby(keys)["realisasi_rp"].sum(),
    ]
    found = pd.concat(sums, axis=1).fillna(0).astype("int64").rename_axis(["tahun", "kepala"])
    return found.reset_index()


def linked(card: pd.DataFrame, links: pd.DataFrame, money: pd.DataFrame, by: str) -> pd.DataFrame:
    """Achievement of programmes or sasaran with the money of the programmes that the cascade links to them.

    Parameters
    ----------
    card : DataFrame
        Scorecard.
    links : DataFrame
        Rows of ``kaskade``; those to a programme, or to a kegiatan or sub kegiatan of it.
    money : DataFrame
        :func:`funds` by ``kode_opd`` and ``kode_program``.
    by : {"kode_program", "sasaran"}
        A programme that serves several sasaran counts in full at each: the rows do not add up.

    Returns
    -------
    DataFrame
        ``kode_opd``, ``by``, the columns of :func:`achieved` and of :func:`funds`; no rows without links.

    Examples
    --------
    >>> card = pd.DataFrame({"kode_indikator": ["i"], "kode_opd": ["A"], "sasaran": ["S"], "capaian_berlaku": [104.0],
    ...                      "capaian_murni": [100.0], "is_tercapai": [True]})
    >>> links = pd.DataFrame({"kode_indikator": ["i"], "kode_induk": ["1.01.02"], "jenis_induk": ["program"]})
    >>> money = pd.DataFrame({"kode_opd": ["A"], "kode_program": ["1.01.02"], "pagu_murni_rp": [9],
    ...                       "pagu_perubahan_rp": [8], "realisasi_rp": [7]})
    >>> linked(card, links, money, "sasaran")[["sasaran", "capaian_pct", "realisasi_rp"]].values.tolist()
    [['S', 104.0, 7]]
    """
    pairs = card.merge(to_programmes(links), "inner", "kode_indikator")
    keys = list(dict.fromkeys(["kode_opd", by]))
    scores = achieved(pairs.drop_duplicates([*keys, "kode_indikator"]), keys)
    programmes = pairs[list(dict.fromkeys([*keys, "kode_program"]))].drop_duplicates().merge(money, "left", KEY)
    amounts = [column for column in money.columns if column not in KEY]
    sums = programmes.groupby(keys)[amounts].sum(min_count=1).reset_index()
    return scores.merge(sums, "left", keys)


def to_programmes(links: pd.DataFrame) -> pd.DataFrame:
    """Indicator and programme of every link to a programme, or to a kegiatan or sub kegiatan of it.

    Examples
    --------
    >>> links = pd.DataFrame({"kode_indikator": ["i", "j"], "kode_induk": ["1.01.02", "1.01.02.2.01.0003"],
    ...                       "jenis_induk": ["program", "sub_kegiatan"]})
    >>> to_programmes(links)["kode_program"].tolist()
    ['1.01.02', '1.01.02']
    """
    own = links[links["jenis_induk"].isin(LEVELS)]
    above = own["kode_induk"].str.split(".").str[:3].str.join(".")
    code = own["kode_induk"].where(own["jenis_induk"].eq("program"), above)
    return own[["kode_indikator"]].assign(kode_program=code).drop_duplicates()


ROUNDING = 1e-9
"""Achievement of 100 that arithmetic made 99.999999999... is 100."""

VERDICTS = {
    (True, True): "efisien",
    (True, False): "efektif",
    (False, True): "perlu_perhatian",
    (False, False): "tidak_efisien",
}
"""Whether the target was reached and spending stayed below the ceiling -> the verdict."""


def resource_use(rows: pd.DataFrame, cap: float = 100.0) -> pd.DataFrame:
    """Four readings of "efisiensi penggunaan sumber daya"; none says "efisien" where the target was missed.

    Spending less than the ceiling with a missed target is no efficiency, and a cut of the ceiling in
    mid-year lifts absorption by arithmetic: both bases are shown, and A-C are on the ceiling in force.

    Parameters
    ----------
    rows : DataFrame
        Per sasaran or programme: ``capaian_pct`` (uncapped), ``pagu_murni_rp``, ``pagu_perubahan_rp``,
        ``realisasi_rp``, and optionally ``is_tercapai`` (otherwise: capaian of 100 and more).
    cap : float
        Achievement counts up to this per cent in B, so that a soft target adds nothing.

    Returns
    -------
    DataFrame
        ``rows`` and ``serapan_murni_pct``, ``serapan_perubahan_pct``; ``varian_a_pct`` = 100 - serapan where
        the target was reached (else missing); ``varian_b_pct`` = capped capaian - serapan (points);
        ``varian_c`` (efisien, efektif, perlu_perhatian, tidak_efisien); ``varian_d_e``, ``varian_d_ne`` on
        the ceiling in force and ``varian_d_e_murni``, ``varian_d_ne_murni`` on the original one;
        ``is_efisien`` (missing where data are); ``keterangan`` (Indonesian, names why bases differ).

    References
    ----------
    A: LKjIP practice (efficient only if reached); B: customary; C: a reading of A; D: PMK 22/2021, see
    :func:`pkanalysis.analysis.resource.efficiency.efficiency`.

    Examples
    --------
    >>> rows = pd.DataFrame({"capaian_pct": [104.0, 95.0], "pagu_murni_rp": [120, 100],
    ...                      "pagu_perubahan_rp": [100, 100], "realisasi_rp": [90, 80]})
    >>> resource_use(rows)[["varian_a_pct", "varian_b_pct", "varian_c", "is_efisien"]].values.tolist()
    [[10.0, 10.0, 'efisien', True], [<NA>, 15.0, 'perlu_perhatian', False]]
    """
    claims.require(rows, ["capaian_pct", "pagu_murni_rp", "pagu_perubahan_rp", "realisasi_rp"])
    achieved = rows["capaian_pct"].astype("Float64")
    original, current = (share(rows["realisasi_rp"], rows[f"pagu_{stage}_rp"]) for stage in ("murni", "perubahan"))
    reached = (rows["is_tercapai"] if "is_tercapai" in rows else achieved >= 100 - ROUNDING).astype("boolean")
    pairs = zip(reached, current < 100, strict=True)
    verdicts = [None if pd.isna(done) or pd.isna(below) else VERDICTS[bool(done), bool(below)] for done, below in pairs]
    table = rows.assign(
        serapan_murni_pct=original,
        serapan_perubahan_pct=current,
        varian_a_pct=(100 - current).where(reached.fillna(False)),
        varian_b_pct=achieved.clip(upper=cap) - current,
        varian_c=pd.Series(verdicts, index=rows.index, dtype="str"),
        is_efisien=reached & (current < 100),
    )
    for suffix, stage in (("", "perubahan"), ("_murni", "murni")):
        columns = rows[f"pagu_{stage}_rp"], achieved / 100, rows["realisasi_rp"]
        arrays = [column.astype("Float64").to_numpy(dtype="float64", na_value=np.nan) for column in columns]
        found = [efficiency(*map(float, values)) for values in zip(*arrays, strict=True)]
        table[f"varian_d_e{suffix}"] = [each.e for each in found]
        table[f"varian_d_ne{suffix}"] = [each.ne for each in found]
    is_changed = rows["pagu_murni_rp"].ne(rows["pagu_perubahan_rp"]).fillna(False)
    remarks = [
        worded(f"PENGGUNAAN_{(verdict or 'tanpa_data').upper()}") + worded("PENGGUNAAN_PAGU_BERUBAH") * bool(changed)
        for verdict, changed in zip(verdicts, is_changed, strict=True)
    ]
    return table.assign(keterangan=pd.Series(remarks, index=rows.index, dtype="str"))


ACTIVITY = ["kode_opd", *(f"kode_{level}" for level in LEVELS)]


def supporting_activities(card: pd.DataFrame, links: pd.DataFrame, money: pd.DataFrame) -> pd.DataFrame:
    """The cascade of one OPD down to sub kegiatan: what each indicator serves above, and what pays for it below.

    Parameters
    ----------
    card : DataFrame
        Scorecard.
    links : DataFrame
        Rows of ``kaskade``; a link to a programme or kegiatan holds for every sub kegiatan of it.
    money : DataFrame
        :func:`pkanalysis.resource.funds` by ``kode_opd``, ``kode_program``, ``kode_kegiatan``, ``kode_sub_kegiatan``.

    Returns
    -------
    DataFrame
        ``sasaran``, ``kode_indikator``, ``nama_indikator``, ``is_tercapai``, ``induk`` (codes of the indicators that it
        serves, comma separated), the columns of ``money`` and ``serapan_pct``; last the sub kegiatan behind no
        indicator. One that several indicators share stands at each, so the rows do not add up.

    Examples
    --------
    >>> card = pd.DataFrame({"kode_opd": ["A"], "sasaran": ["S"], "kode_indikator": ["i"], "nama_indikator": ["IKM"],
    ...                      "is_tercapai": [True]})
    >>> links = pd.DataFrame({"kode_indikator": "i", "kode_induk": ["K1", "1.01.02"],
    ...                       "jenis_induk": ["indikator", "program"]})
    >>> money = pd.DataFrame({"kode_opd": "A", "kode_program": "1.01.02", "kode_kegiatan": "1.01.02.2.01",
    ...     "kode_sub_kegiatan": ["1.01.02.2.01.0001"], "pagu_perubahan_rp": [8], "realisasi_rp": [6]})
    >>> supporting_activities(card, links, money)[["induk", "nama_indikator", "serapan_pct"]].values.tolist()
    [['K1', 'IKM', 75.0]]
    """
    money = _zero_where_known(money)
    shown = card[["kode_opd", "sasaran", "kode_indikator", "nama_indikator", "is_tercapai"]]
    pairs = shown.merge(links[["kode_indikator", "kode_induk", "jenis_induk"]], on="kode_indikator")
    above = pairs[pairs["jenis_induk"].eq("indikator")].groupby("kode_indikator")["kode_induk"]
    below = [
        pairs[pairs["jenis_induk"].eq(level)].merge(
            money, left_on=["kode_opd", "kode_induk"], right_on=["kode_opd", f"kode_{level}"]
        )
        for level in LEVELS
    ]
    rows = pd.concat(below).drop_duplicates(["kode_indikator", *ACTIVITY])
    rows = rows.sort_values(["sasaran", "kode_indikator", *ACTIVITY], kind="stable")
    loose = money.merge(rows[ACTIVITY].drop_duplicates(), "left", ACTIVITY, indicator="asal")
    loose = loose[loose["asal"].eq("left_only")].drop(columns="asal").sort_values(ACTIVITY)
    every = pd.concat([rows, loose] if len(loose) else [rows], ignore_index=True)
    names = above.agg(lambda codes: ", ".join(sorted(set(codes))))
    return every.drop(columns=["kode_induk", "jenis_induk"]).assign(
        induk=every["kode_indikator"].map(names), serapan_pct=share(every["realisasi_rp"], every["pagu_perubahan_rp"])
    )


def _zero_where_known(money: pd.DataFrame) -> pd.DataFrame:
    """0 where the table has rows of the OPD but none of this sub kegiatan; missing where it has no row of the OPD."""
    amounts = money.filter(like="_rp")
    known = amounts.notna().groupby(money["kode_opd"]).transform("any")
    return money.assign(**amounts.mask(amounts.isna() & known, 0))


def reach_down(card: pd.DataFrame, links: pd.DataFrame, money: pd.DataFrame) -> pd.DataFrame:
    """How far the cascade of each IKU kota reaches: IKU of OPD, indicators of programmes, programmes, sub kegiatan.

    Parameters
    ----------
    card, links, money : DataFrame
        As in :func:`supporting_activities`, of all OPD.

    Returns
    -------
    DataFrame
        ``kode_indikator``, ``nama_indikator`` of the IKU kota, ``n_opd``, ``n_iku_opd``, ``n_indikator_program``,
        ``n_program``, ``n_sub_kegiatan``, ``pagu_perubahan_rp`` (each sub kegiatan once); what supports several IKU
        kota counts at each.

    Examples
    --------
    >>> card = pd.DataFrame({"kode_opd": ["P", "A"], "sasaran": "S", "kode_indikator": ["K", "i"], "is_tercapai": True,
    ...                      "nama_indikator": ["Kota", "IKM"], "tingkat": ["iku_kota", "iku_opd"]})
    >>> links = pd.DataFrame({"kode_indikator": "i", "kode_induk": ["K", "1.01.02"],
    ...                       "jenis_induk": ["indikator", "program"]})
    >>> money = pd.DataFrame({"kode_opd": "A", "kode_program": "1.01.02", "kode_kegiatan": "1.01.02.2.01",
    ...     "kode_sub_kegiatan": ["1.01.02.2.01.0001"], "pagu_perubahan_rp": [8], "realisasi_rp": [6]})
    >>> reach_down(card, links, money)[["n_iku_opd", "n_program", "pagu_perubahan_rp"]].values.tolist()
    [[1, 1, 8]]
    """
    tops = card.loc[card["tingkat"].eq("iku_kota"), ["kode_indikator", "nama_indikator"]]
    pairs = _below(tops["kode_indikator"], links).merge(card[["kode_indikator", "kode_opd", "tingkat"]])
    paid = supporting_activities(card, links, money).dropna(subset="kode_indikator")
    paid = pairs[["puncak", "kode_indikator"]].merge(paid, on="kode_indikator").drop_duplicates(["puncak", *ACTIVITY])
    counts = {
        "n_opd": pairs.groupby("puncak")["kode_opd"].nunique(),
        "n_iku_opd": pairs[pairs["tingkat"].eq("iku_opd")].groupby("puncak").size(),
        "n_indikator_program": pairs[pairs["tingkat"].eq("program")].groupby("puncak").size(),
        "n_program": paid.drop_duplicates(["puncak", *KEY]).groupby("puncak").size(),
        "n_sub_kegiatan": paid.groupby("puncak").size(),
        "pagu_perubahan_rp": paid.groupby("puncak")["pagu_perubahan_rp"].sum(),
    }
    found = {name: tops["kode_indikator"].map(values).astype("Int64").fillna(0) for name, values in counts.items()}
    return tops.assign(**found).reset_index(drop=True)


def _below(tops: pd.Series, links: pd.DataFrame) -> pd.DataFrame:
    """Every indicator below each top, however many steps down; a loop in the links ends the walk."""
    steps = links.loc[links["jenis_induk"].eq("indikator"), ["kode_induk", "kode_indikator"]].drop_duplicates()
    found = pd.DataFrame({"puncak": tops.to_numpy(), "kode_indikator": tops.to_numpy()}, dtype=object)
    size = 0
    while size < len(found):
        size = len(found)
        deeper = found.rename(columns={"kode_indikator": "kode_induk"}).merge(steps, on="kode_induk")
        found = pd.concat([found, deeper[found.columns]]).drop_duplicates()
    return found[found["puncak"].ne(found["kode_indikator"])].reset_index(drop=True)


AMOUNTS = {"pagu_sebelum_rp": "pagu_rp", "pagu_sesudah_rp": "pagu_rp", "realisasi_rp": "realisasi_rp"}


def by_activity(original: pd.DataFrame, current: pd.DataFrame, spending: pd.DataFrame) -> pd.DataFrame:
    """Budget before and after, and spending, of every programme, kegiatan and sub kegiatan, and their total last.

    Parameters
    ----------
    original, current : DataFrame
        Rows of ``anggaran`` of one OPD, of murni and of the stage in force.
    spending : DataFrame
        Rows of ``realisasi_anggaran`` to the data date.

    Returns
    -------
    DataFrame
        ``kode``, ``nama``, ``tingkat``, ``pagu_sebelum_rp``, ``pagu_sesudah_rp``, ``selisih_rp``, ``realisasi_rp``,
        ``serapan_pct`` and ``sisa_rp`` (of the stage in force). 0 where a table has rows but none of this code; missing
        where the table has no row at all.

    Examples
    --------
    >>> codes = {"kode_program": "1.01.02", "nama_program": "P", "kode_kegiatan": "1.01.02.2.01", "nama_kegiatan": "K",
    ...          "kode_sub_kegiatan": "1.01.02.2.01.0001", "nama_sub_kegiatan": "S"}
    >>> first = pd.DataFrame([codes | {"pagu_rp": 100}])
    >>> found = by_activity(first, first.assign(pagu_rp=80), pd.DataFrame([codes | {"realisasi_rp": 60}]))
    >>> found[["kode", "selisih_rp", "serapan_pct", "sisa_rp"]].values.tolist()[-2:]
    [['1.01.02.2.01.0001', -20, 75.0, 20], ['', -20, 75.0, 20]]
    """
    tables = dict(zip(AMOUNTS, (original, current, spending), strict=True))
    levels = [_level(tables, level) for level in LEVELS]
    rows = pd.concat(levels, ignore_index=True).sort_values("kode", kind="stable")
    if rows.empty:
        return _finished(rows)
    total = {name: lines[AMOUNTS[name]].sum() if len(lines) else pd.NA for name, lines in tables.items()}
    whole = pd.DataFrame([{"kode": "", "nama": "Jumlah", "tingkat": "jumlah"} | total])
    return _finished(pd.concat([rows, whole.astype(rows.dtypes)], ignore_index=True))


def _level(tables: dict[str, pd.DataFrame], level: str) -> pd.DataFrame:
    code, name = f"kode_{level}", f"nama_{level}"
    sums = pd.concat(
        [lines.groupby(code)[AMOUNTS[column]].sum().rename(column) for column, lines in tables.items()], axis=1
    ).astype("Int64")
    known = {column for column, lines in tables.items() if len(lines)}
    sums = sums.fillna(dict.fromkeys(known, 0))
    told = pd.concat([tables["pagu_sesudah_rp"], tables["pagu_sebelum_rp"], tables["realisasi_rp"]])
    names = told.drop_duplicates(code).set_index(code)[name].astype("str")
    return sums.rename_axis("kode").reset_index().assign(nama=lambda rows: rows["kode"].map(names), tingkat=level)


def _finished(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(
        selisih_rp=rows["pagu_sesudah_rp"] - rows["pagu_sebelum_rp"],
        serapan_pct=share(rows["realisasi_rp"], rows["pagu_sesudah_rp"]),
        sisa_rp=rows["pagu_sesudah_rp"] - rows["realisasi_rp"],
    ).reset_index(drop=True)


def supporting(card: pd.DataFrame, links: pd.DataFrame, money: pd.DataFrame) -> pd.DataFrame:
    """Which programme the cascade puts behind which indicator, and the programmes that it puts behind none.

    Parameters
    ----------
    card : DataFrame
        Scorecard.
    links : DataFrame
        Rows of ``kaskade``; those to a programme, or to a kegiatan or sub kegiatan of it.
    money : DataFrame
        :func:`pkanalysis.resource.funds` by ``kode_opd`` and ``kode_program``.

    Returns
    -------
    DataFrame
        ``kode_opd``, ``sasaran``, ``nama_indikator``, ``is_tercapai``, ``kode_program``, the columns of ``money``,
        ``serapan_pct`` (of ``pagu_perubahan_rp``) and ``is_terkait``; a programme that several indicators share stands
        at each, so the rows do not add up.

    Examples
    --------
    >>> card = pd.DataFrame({"kode_opd": ["A"], "sasaran": ["S"], "kode_indikator": ["i"], "nama_indikator": ["IKM"],
    ...                      "is_tercapai": [True]})
    >>> links = pd.DataFrame({"kode_indikator": ["i"], "kode_induk": ["1.01.02"], "jenis_induk": ["program"]})
    >>> money = pd.DataFrame({"kode_opd": "A", "kode_program": ["1.01.02", "1.01.03"], "pagu_murni_rp": [9, 5],
    ...                       "pagu_perubahan_rp": [8, 5], "realisasi_rp": [6, 1]})
    >>> supporting(card, links, money)[["nama_indikator", "kode_program", "serapan_pct", "is_terkait"]].values.tolist()
    [['IKM', '1.01.02', 75.0, True], [nan, '1.01.03', 20.0, False]]
    """
    shown = card[["kode_opd", "sasaran", "kode_indikator", "nama_indikator", "is_tercapai"]]
    pairs = shown.merge(to_programmes(links), on="kode_indikator")
    rows = pairs.merge(money, "outer", KEY, indicator="asal")
    order = ["is_lepas", "kode_opd", "sasaran", "kode_indikator", "kode_program"]
    rows = rows.assign(is_lepas=rows["asal"].eq("right_only"), is_terkait=rows["asal"].ne("right_only"))
    rows["serapan_pct"] = share(rows["realisasi_rp"], rows["pagu_perubahan_rp"])
    return rows.sort_values(order, kind="stable", ignore_index=True).drop(columns=["asal", "is_lepas"])

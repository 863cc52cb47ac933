"""Budget changes between stages, at any level.

Exact decomposition of a budget change: general, mix of spending, own to the unit (shift-share).

How much moved within a budget: gross, net, and what only went round. Never who gave to whom.

Where the money went: additions by OPD, sub kegiatan and priority sector. Never "from A to B".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from pkanalysis import codes, reference
from pkanalysis.analysis import claims
from pkanalysis.analysis.budget.accounts import by_prefix, classify, comparable, is_targeted, keyed

AMOUNTS = ["pagu_sebelum_rp", "pagu_sesudah_rp", "selisih_rp", "pengurangan_rp", "penambahan_rp"]
LINE = ["kode_opd", "kode_sub_unit", "kode_sub_kegiatan", "kode_rekening", "sumber_dana"]
"""The finest level of comparison: one budget line."""
SOURCE = ["kode_sumber_dana", "nama_sumber_dana"]


def compare(before: pd.DataFrame, after: pd.DataFrame, by: str | Sequence[str]) -> pd.DataFrame:
    """Two stages side by side at the level ``by``, with what decreased, increased, came and went.

    Parameters
    ----------
    before, after : DataFrame
        Rows of ``anggaran`` of one stage each (``pagu_rp`` in whole rupiah and the columns ``by``).
    by : str or sequence of str
        The level, for example ``["kode_opd", "kode_rekening"]``. Gross figures belong to this level:
        the finer, the larger.

    Returns
    -------
    DataFrame
        Columns ``by`` and ``pagu_sebelum_rp``, ``pagu_sesudah_rp``, ``selisih_rp`` (after - before),
        ``pengurangan_rp`` = max(0, -selisih), ``penambahan_rp`` = max(0, selisih), ``persen`` =
        100 * selisih / sebelum (missing where sebelum = 0), ``status`` (tetap, berubah, baru,
        dihapus). Net = penambahan - pengurangan = selisih, at every level. Codes of accounts and sub kegiatan
        are compared, and come back, in one form; in ``.attrs["catatan"]`` stand the reasons, if any, not to
        compare these stages by account (:func:`pkanalysis.analysis.budget.accounts.comparable`).

    Raises
    ------
    ValueError
        A column is missing, a key is text in one stage and a figure in the other, or ``pagu_rp`` is empty, no
        number or no whole rupiah.

    Examples
    --------
    >>> murni = pd.DataFrame({"pos": ["a", "b"], "pagu_rp": [100, 40]})
    >>> geser = pd.DataFrame({"pos": ["a", "c"], "pagu_rp": [60, 25]})
    >>> compare(murni, geser, ["pos"])[["pos", "selisih_rp", "persen", "status"]].values.tolist()
    [['a', -40, -40.0, 'berubah'], ['b', -40, -100.0, 'dihapus'], ['c', 25, nan, 'baru']]
    """
    keys = claims.level(by)
    sides = {"pagu_sebelum_rp": keyed(before, keys), "pagu_sesudah_rp": keyed(after, keys)}
    claims.alike(sides.values(), keys)
    sums = [
        claims.rupiah(frame["pagu_rp"]).groupby([frame[key] for key in keys]).sum().astype("Int64").rename(name)
        for name, frame in sides.items()
    ]
    joined = pd.concat(sums, axis=1).fillna(0).astype("int64").sort_index().reset_index()
    joined.columns = pd.Index([*keys, *sides])
    if "kode_rekening" in keys:
        joined.attrs["catatan"] = [found.sentence for found in comparable(before, after)]
    first, last = joined["pagu_sebelum_rp"], joined["pagu_sesudah_rp"]
    change = last - first
    return joined.assign(
        selisih_rp=change,
        pengurangan_rp=(-change).clip(lower=0),
        penambahan_rp=change.clip(lower=0),
        persen=(100 * change / first.astype("float64").where(first != 0)),
        status=np.select(
            [first.eq(last), first.eq(0), last.eq(0)], ["tetap", "baru", "dihapus"], default="berubah"
        ),
    )  # fmt: skip


def steps(lines: pd.DataFrame, stages: Sequence[str]) -> pd.DataFrame:
    """Compare each stage with the one before it, line by line (level :data:`LINE`).

    An OPD without a single row in one of the two stages has not delivered that stage; it is left
    out of that comparison, since a budget that is not known has not been cut to nothing.

    Parameters
    ----------
    lines : DataFrame
        Rows of ``anggaran`` of one year.
    stages : sequence of str
        Stage codes in order.

    Returns
    -------
    DataFrame
        ``tahap_sebelum``, ``tahap_sesudah`` and the columns of :func:`compare`. ``sumber_dana`` is
        the code of the funding source, or its name where the file gives no code; keys that ``lines`` does not
        have are "".

    Examples
    --------
    >>> from pkanalysis.tables import conform
    >>> rows = {"tahun": 2025, "tahap": ["murni", "geser"], "kode_opd": "A", "pagu_rp": [100, 70]}
    >>> found = steps(conform("anggaran", pd.DataFrame(rows)), ["murni", "geser"])
    >>> found[["tahap_sesudah", "selisih_rp"]].values.tolist()
    [['geser', -30]]
    """
    claims.require(lines, ["tahap", "kode_opd", "pagu_rp"])
    full = lines.assign(**{name: "" for name in (*LINE[:-1], *SOURCE) if name not in lines})
    sourced = full.assign(sumber_dana=full[SOURCE[0]].replace("", None).fillna(full[SOURCE[1]]))
    pairs = [
        compare(*in_both(sourced, before, after), LINE).assign(tahap_sebelum=before, tahap_sesudah=after)
        for before, after in pairwise(stages)
    ]
    nothing = compare(sourced.iloc[:0], sourced.iloc[:0], LINE).assign(tahap_sebelum="", tahap_sesudah="")
    return pd.concat(pairs, ignore_index=True) if pairs else nothing


def in_both(lines: pd.DataFrame, before: str, after: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The lines of two stages, of the OPD that have rows in both.

    Examples
    --------
    >>> rows = pd.DataFrame({"kode_opd": ["A", "A", "B"], "tahap": ["murni", "geser", "murni"]})
    >>> [frame["kode_opd"].tolist() for frame in in_both(rows, "murni", "geser")]
    [['A'], ['A']]
    """
    first, last = lines[lines["tahap"].eq(before)], lines[lines["tahap"].eq(after)]
    known = set(first["kode_opd"]) & set(last["kode_opd"])
    return first[first["kode_opd"].isin(known)], last[last["kode_opd"].isin(known)]


def absent(lines: pd.DataFrame, stages: Sequence[str]) -> pd.Series:
    """How many OPD have rows in some stage but none in this one, by stage code.

    Examples
    --------
    >>> rows = pd.DataFrame({"kode_opd": ["A", "A", "B"], "tahap": ["murni", "geser", "murni"]})
    >>> absent(rows, ["murni", "geser"]).to_dict()
    {'murni': 0, 'geser': 1}
    """
    present = (
        lines[lines["tahap"].isin(stages)].groupby("tahap")["kode_opd"].nunique().reindex(list(stages), fill_value=0)
    )
    return lines.loc[lines["tahap"].isin(stages), "kode_opd"].nunique() - present


def total(changes: pd.DataFrame, by: str | Sequence[str]) -> pd.DataFrame:
    """Sum change rows by ``by``; gross figures stay those of the finer level.

    Parameters
    ----------
    changes : DataFrame
        Result of :func:`compare` or :func:`steps`, with the columns ``by``.
    by : str or sequence of str

    Returns
    -------
    DataFrame
        ``by``, the five amounts (Rp) and ``persen``; with several keys the largest decrease first.

    Examples
    --------
    >>> rows = pd.DataFrame({"opd": ["A", "A"], "pagu_sebelum_rp": [10, 30], "pagu_sesudah_rp": [5, 35],
    ...                      "selisih_rp": [-5, 5], "pengurangan_rp": [5, 0], "penambahan_rp": [0, 5]})
    >>> total(rows, ["opd"])[["pengurangan_rp", "penambahan_rp", "selisih_rp", "persen"]].values.tolist()
    [[5.0, 5.0, 0.0, 0.0]]
    """
    keys = claims.level(by)
    claims.require(changes, [*keys, *AMOUNTS])
    sums = changes.groupby(keys, sort=False, dropna=False)[AMOUNTS].sum().reset_index()
    base = sums["pagu_sebelum_rp"].astype("float64")
    sums["persen"] = 100 * sums["selisih_rp"] / base.where(base != 0)
    return sums if len(keys) == 1 else sums.sort_values("pengurangan_rp", ascending=False, kind="stable")


def targeted_decrease(step: pd.DataFrame) -> pd.Series:
    """Gross decrease of a step by category, on accounts that the Inpres asks to limit, largest first.

    Whole rupiah at line level.

    Examples
    --------
    >>> rows = {"kode_rekening": ["5.1.02.04.01.0001", "5.1.01.01.01.0001"], "pengurangan_rp": [30, 9]}
    >>> targeted_decrease(pd.DataFrame(rows)).to_dict()
    {'perjalanan_dinas': 30}
    """
    own = step[is_targeted(step["kode_rekening"])]
    sums = own["pengurangan_rp"].groupby(classify(own["kode_rekening"])["kategori"]).sum()
    return sums.sort_values(ascending=False, kind="stable")


def decompose(before: pd.DataFrame, after: pd.DataFrame, unit: str, category: str) -> pd.DataFrame:
    r"""Split the change of every unit into three parts that add up to it.

    With :math:`B_0, B_1` the ceilings of a unit, :math:`k` a category, :math:`G` the rate of change
    of the whole and :math:`G_k` that of the category over all units:

    .. math::
        B_1 - B_0 = B_0 G + \sum_k B_{0k} (G_k - G) + \sum_k (B_{1k} - B_{0k} (1 + G_k))

    A category without a base has no rate: what it brings stands in ``khusus``, and ``catatan`` names
    it. A unit without a row in one stage counts as nothing there, and ``catatan`` says so. The parts
    describe, they do not explain: ``khusus`` is no verdict on the unit. With the end as base instead,
    exchange ``before`` and ``after`` and turn the signs.

    Parameters
    ----------
    before, after : DataFrame
        Rows of one stage each: ``unit``, ``category``, ``pagu_rp`` (whole rupiah).
    unit, category : str
        Columns, for example ``kode_opd`` and ``kategori``.

    Returns
    -------
    DataFrame
        One row per unit: ``unit``, ``umum``, ``susunan``, ``khusus`` (rupiah, float), ``selisih_rp``
        (whole rupiah, their sum) and ``catatan``. The rates :math:`G` and :math:`G_k` stand in
        ``.attrs["laju_umum"]`` and ``.attrs["laju_kategori"]`` (ratios; NaN where undefined).

    References
    ----------
    Dunn (1960), Esteban-Marquillas (1972): shift-share identity.

    Examples
    --------
    >>> before = pd.DataFrame({"opd": ["A", "A", "B"], "pos": ["x", "y", "x"], "pagu_rp": [60, 40, 100]})
    >>> after = before.assign(pagu_rp=[60, 20, 80])
    >>> decompose(before, after, "opd", "pos").round(1).drop(columns="catatan").values.tolist()
    [['A', -20.0, -7.5, 7.5, -20], ['B', -20.0, 7.5, -7.5, -20]]
    """
    before, after = (keyed(stage, [unit, category]) for stage in (before, after))
    cells = compare(before, after, [unit, category])
    base, change = (cells[name].astype("float64") for name in ("pagu_sebelum_rp", "selisih_rp"))
    by_category = compare(before, after, [category]).set_index(category)
    rates = by_category["selisih_rp"] / by_category["pagu_sebelum_rp"].astype("float64").replace(0, float("nan"))
    general = change.sum() / base.sum() if base.sum() else float("nan")
    used = 0.0 if pd.isna(general) else general
    rate = cells[category].map(rates).fillna(used)
    parts = pd.DataFrame({
        unit: cells[unit],
        "umum": base * used,
        "susunan": base * (rate - used),
        "khusus": change - base * rate,
        "selisih_rp": cells["selisih_rp"],
    })  # fmt: skip
    found = parts.groupby(unit, sort=False).sum().reset_index()
    is_new = cells[category].map(rates).isna() & cells["selisih_rp"].ne(0)
    new = {key: ", ".join(map(str, own)) for key, own in cells[is_new].groupby(unit)[category]}
    sides = {"sebelum": set(before[unit]), "sesudah": set(after[unit])}
    remarks = []
    for key in found[unit]:
        said = [f"tidak ada pada tahap {name}" for name, own in sides.items() if key not in own]
        if new.get(key):
            said.append(f"tanpa pagu sebelum, seluruhnya khusus: {new[key]}")
        remarks.append("; ".join(said))
    found["catatan"] = remarks
    found.attrs = {"laju_umum": float(general), "laju_kategori": {str(key): float(rates[key]) for key in rates.index}}
    return found


@dataclass(frozen=True)
class Reallocation:
    """Movement at one level, in whole rupiah.

    ``naik`` and ``turun`` are the sums of the groups that rose and fell (both >= 0), ``neto`` = naik -
    turun, ``bruto`` = naik + turun, ``perputaran`` = bruto - |neto|: decreases and increases that
    cancel. ``rows`` has one row per group: its keys, ``selisih_rp`` and ``arah`` (penggunaan = net use,
    sumber = net source, tetap), the largest use first. ``level`` names the keys: all depend on it.
    """

    naik: int
    turun: int
    rows: pd.DataFrame
    level: tuple[str, ...]

    @property
    def neto(self) -> int:
        """Rise minus fall."""
        return self.naik - self.turun

    @property
    def bruto(self) -> int:
        """Rise plus fall."""
        return self.naik + self.turun

    @property
    def perputaran(self) -> int:
        """What went round: twice the smaller of rise and fall."""
        return self.bruto - abs(self.neto)


def reallocation(changes: pd.DataFrame, by: str | Sequence[str]) -> Reallocation:
    """Net sources and uses at the level ``by``; the data do not show which rupiah went where.

    Parameters
    ----------
    changes : DataFrame
        Result of :func:`pkanalysis.analysis.budget.changes.compare` or ``steps`` of one pair of stages, at
        this level or a finer one, with the columns ``by``.
    by : str or sequence of str
        For example ``"sektor"`` or ``["kode_opd", "kode_rekening"]``; report it at two levels at least.

    Examples
    --------
    >>> changes = pd.DataFrame({"opd": ["A", "A", "B"], "selisih_rp": [-50, 10, 30]})
    >>> found = reallocation(changes, "opd")
    >>> found.naik, found.turun, found.neto, found.bruto, found.perputaran
    (30, 40, -10, 70, 60)
    >>> found.rows.values.tolist()
    [['B', 30, 'penggunaan'], ['A', -40, 'sumber']]
    """
    keys = claims.level(by)
    claims.require(changes, [*keys, "selisih_rp"])
    change = claims.rupiah(changes["selisih_rp"])
    rows = change.groupby([changes[key] for key in keys], dropna=False).sum().reset_index()
    net = rows["selisih_rp"]
    rows["arah"] = pd.Series(np.select([net > 0, net < 0], ["penggunaan", "sumber"], "tetap"), dtype="str")
    rows = rows.sort_values("selisih_rp", ascending=False, kind="stable", ignore_index=True)
    return Reallocation(int(net.clip(lower=0).sum()), int((-net).clip(lower=0).sum()), rows, tuple(keys))


OTHER = "lainnya"


def sector(activities: pd.Series | Sequence[str], own: Mapping[str, str] | None = None) -> pd.Series:
    """Priority sector of SE Mendagri 900/833/SJ of sub kegiatan, by their bidang urusan or program.

    Parameters
    ----------
    activities : Series or sequence of str
        Codes of sub kegiatan.
    own : mapping of str to str, optional
        What a region decided itself: code prefix -> sector; it goes before the shipped one of the same code.

    Returns
    -------
    Series of str
        pendidikan, kesehatan, infrastruktur_sanitasi, inflasi_pangan, cadangan_pangan; ``lainnya`` for
        the rest. Which bidang belongs to which sector is a judgement (``reference/bidang_prioritas.csv``).

    Examples
    --------
    >>> sector(pd.Series(["1.01.02.2.01.0001", "2.11.11.2.01.0009", "4.01.01.2.06.0009", "X.XX.01.2.06.0009"])).tolist()
    ['pendidikan', 'infrastruktur_sanitasi', 'lainnya', 'lainnya']
    >>> sector(pd.Series(["2.15.02.2.02.0002"]), {"2.15": "infrastruktur_sanitasi"}).tolist()
    ['infrastruktur_sanitasi']
    """
    rows = reference.priority_fields()
    shipped = dict(zip(rows["kode_prefix"], rows["sektor"], strict=True))
    return by_prefix(activities, shipped | dict(own or {}), OTHER)


def is_support(activities: pd.Series) -> pd.Series:
    """Whether a sub kegiatan is of the support programme (.01), whatever its bidang.

    Examples
    --------
    >>> is_support(pd.Series(["1.01.01.2.06.0009", "1.01.02.2.01.0001"])).tolist()
    [True, False]
    """
    return codes.keys(activities).map(lambda key: key[2:3] == (1,)).astype("bool")


def additions(changes: pd.DataFrame, own: Mapping[str, str] | None = None) -> pd.DataFrame:
    """What rose, per OPD and sub kegiatan, the largest first: the question that a DPRD asks.

    Parameters
    ----------
    changes : DataFrame
        One step of :func:`pkanalysis.analysis.budget.changes.steps`: gross at line level.
    own : mapping of str to str, optional
        As for :func:`sector`.

    Returns
    -------
    DataFrame
        ``kode_opd``, ``kode_sub_kegiatan``, ``penambahan_rp``, ``dibatasi_rp`` (the part on accounts that
        were to be limited), ``baru_rp`` (the part on lines that did not exist), ``sektor``,
        ``is_prioritas`` (of a sector that the SE names), ``is_penunjang`` (support programme, although
        the bidang may be a priority).

    Examples
    --------
    >>> lines = pd.DataFrame({"kode_opd": "A", "kode_sub_kegiatan": "1.01.02.2.01.0001", "status": "berubah",
    ...     "kode_rekening": ["5.2.03.01.01.0010", "5.1.02.04.01.0001"], "penambahan_rp": [70, 5]})
    >>> additions(lines)[["penambahan_rp", "dibatasi_rp", "sektor", "is_prioritas"]].values.tolist()
    [[75, 5, 'pendidikan', True]]
    """
    claims.require(changes, ["kode_opd", "kode_sub_kegiatan", "kode_rekening", "penambahan_rp", "status"])
    risen = changes[changes["penambahan_rp"].gt(0)]
    amount = risen["penambahan_rp"]
    rows = risen.assign(
        dibatasi_rp=amount.where(is_targeted(risen["kode_rekening"]), 0),
        baru_rp=amount.where(risen["status"].eq("baru"), 0),
    )
    sums = rows.groupby(["kode_opd", "kode_sub_kegiatan"])[["penambahan_rp", "dibatasi_rp", "baru_rp"]].sum()
    sums = sums.astype("int64").sort_values("penambahan_rp", ascending=False, kind="stable").reset_index()
    field = sector(sums["kode_sub_kegiatan"], own)
    return sums.assign(sektor=field, is_prioritas=field.ne(OTHER), is_penunjang=is_support(sums["kode_sub_kegiatan"]))

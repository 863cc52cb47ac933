"""Money and achievement brought together: per OPD, and per programme or sasaran where the cascade links them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

KEY = ["kode_opd", "kode_program"]
LEVELS = ("program", "kegiatan", "sub_kegiatan")
"""Levels of the budget that a link may point to."""


def share(spent: pd.Series, ceiling: pd.Series) -> pd.Series:
    """Spending in per cent of a ceiling; missing where that is 0 or missing."""
    base = ceiling.astype("Float64")
    return 100 * spent.astype("Float64") / base.mask(base.eq(0))


LAST_MONTH = 12


def achieved(card: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Achievement of indicators by group: simple mean against the PK in force, uncapped, of those measured.

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
    found = pd.DataFrame({
        "n": groups.size(),
        "n_terukur": groups["capaian_berlaku"].count(),
        "capaian_pct": groups["capaian_berlaku"].mean(),
        "capaian_murni_pct": groups["capaian_murni"].mean(),
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

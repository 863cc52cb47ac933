"""Programmes behind indicators: table g of the LKjIP."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.resource.gathering import KEY, share, to_programmes


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

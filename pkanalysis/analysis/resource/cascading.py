"""The cascade down to sub kegiatan: of one OPD (table g of the LKjIP in full), and below each IKU of the region."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.resource.gathering import KEY, LEVELS, share

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

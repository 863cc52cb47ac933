"""Programmes behind indicators, and the budget down to sub kegiatan: tables g and h of the LKjIP."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.resource.gathering import KEY, LEVELS, share, to_programmes

ACTIVITY = ["kode_opd", *(f"kode_{level}" for level in LEVELS)]
AMOUNTS = {"pagu_sebelum_rp": "pagu_rp", "pagu_sesudah_rp": "pagu_rp", "realisasi_rp": "realisasi_rp"}


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

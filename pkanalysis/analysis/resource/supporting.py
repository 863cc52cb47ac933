"""Programmes behind indicators, and the budget down to sub kegiatan: tables g and h of the LKjIP."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.resource.gathering import KEY, share

LEVELS = ("program", "kegiatan", "sub_kegiatan")
AMOUNTS = {"pagu_sebelum_rp": "pagu_rp", "pagu_sesudah_rp": "pagu_rp", "realisasi_rp": "realisasi_rp"}


def supporting(card: pd.DataFrame, links: pd.DataFrame, money: pd.DataFrame) -> pd.DataFrame:
    """Which programme the cascade puts behind which indicator, and the programmes that it puts behind none.

    Parameters
    ----------
    card : DataFrame
        Scorecard.
    links : DataFrame
        Rows of ``kaskade``; only those to a ``program`` count.
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
    own = links.loc[links["jenis_induk"].eq("program"), ["kode_indikator", "kode_induk"]]
    shown = card[["kode_opd", "sasaran", "kode_indikator", "nama_indikator", "is_tercapai"]]
    pairs = shown.merge(own.drop_duplicates().rename(columns={"kode_induk": "kode_program"}), on="kode_indikator")
    rows = pairs.merge(money, "outer", KEY, indicator="asal")
    order = ["is_lepas", "kode_opd", "sasaran", "kode_indikator", "kode_program"]
    rows = rows.assign(is_lepas=rows["asal"].eq("right_only"), is_terkait=rows["asal"].ne("right_only"))
    rows["serapan_pct"] = share(rows["realisasi_rp"], rows["pagu_perubahan_rp"])
    return rows.sort_values(order, kind="stable", ignore_index=True).drop(columns=["asal", "is_lepas"])


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

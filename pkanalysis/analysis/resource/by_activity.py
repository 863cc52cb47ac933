"""The budget down to sub kegiatan: table h of the LKjIP."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.resource.gathering import LEVELS, share

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

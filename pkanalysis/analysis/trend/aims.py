"""Which targets lie ahead, and how far values are towards them."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.achievement.formulas import percent

MEDIUM = ("rpd", "renstra", "rpjmd")
"""Documents of several years, the one that is taken first where two speak of the same year."""
KEY = "kode_indikator"


def medium_targets(targets: pd.DataFrame, year: int, is_every: bool = False) -> pd.DataFrame:
    """The nearest medium-term target of each indicator in ``year`` or later, or that of every document.

    Parameters
    ----------
    targets : DataFrame
        Table ``target``.
    year : int
    is_every : bool
        The last year of each document (RPD, Renstra, RPJMD) instead of the nearest target only.

    Returns
    -------
    DataFrame
        ``kode_indikator``, ``dokumen``, ``tahun_target``, ``target``, ``target_atas``, ``target_huruf``.

    Examples
    --------
    >>> rows = pd.DataFrame({"kode_indikator": "a", "dokumen": ["rpjmd", "rpd"], "tahun": [2029, 2026], "ke": 0,
    ...     "periode": "tahunan", "nilai": [90.0, 85.0], "nilai_atas": None, "nilai_huruf": None})
    >>> medium_targets(rows, 2025)[["dokumen", "tahun_target", "target"]].to_numpy().tolist()
    [['rpd', 2026, 85.0]]
    >>> medium_targets(rows, 2025, is_every=True)["dokumen"].tolist()
    ['rpd', 'rpjmd']
    """
    rows = targets[targets["dokumen"].isin(MEDIUM) & targets["tahun"].ge(year) & targets["periode"].eq("tahunan")]
    rows = rows.assign(urutan=rows["dokumen"].map(MEDIUM.index)).sort_values(["tahun", "urutan", "ke"], kind="stable")
    named = {"tahun": "tahun_target", "nilai": "target", "nilai_atas": "target_atas", "nilai_huruf": "target_huruf"}
    chosen = rows.drop_duplicates([KEY, "dokumen"], keep="last") if is_every else rows.drop_duplicates(KEY)
    return chosen.rename(columns=named)[[KEY, "dokumen", *named.values()]].reset_index(drop=True)


def agreed_targets(card: pd.DataFrame, year: int) -> pd.DataFrame:
    """The targets of the PK in force for the whole of ``year``, in the form of :func:`medium_targets`."""
    is_revised = card["ke"].gt(0)
    parts = {
        f"target{part}": card[f"target_perubahan{part}"].where(is_revised, card[f"target_murni{part}"])
        for part in ("", "_atas", "_huruf")
    }
    rows = card[[KEY]].assign(dokumen=is_revised.map({True: "pk_perubahan", False: "pk"}), tahun_target=year, **parts)
    return rows[rows["target"].notna() | rows["target_huruf"].notna()].reset_index(drop=True)


def ahead(agreed: pd.DataFrame, medium: pd.DataFrame, after: int) -> pd.DataFrame:
    """The targets of a PK and of the medium term whose year lies after the last measured one.

    Examples
    --------
    >>> one = pd.DataFrame({"kode_indikator": ["a"], "tahun_target": [2025]})
    >>> ahead(one, one.assign(tahun_target=2026), 2025)["tahun_target"].tolist()
    [2026]
    """
    rows = pd.concat([part for part in (agreed, medium) if len(part)] or [agreed], ignore_index=True)
    return rows[rows["tahun_target"].gt(after)].reset_index(drop=True)


def progress(aims: pd.DataFrame, series: pd.DataFrame, card: pd.DataFrame, until: int) -> pd.DataFrame:
    """How far the values of the year ``until`` are towards their targets (tingkat kemajuan).

    Parameters
    ----------
    aims : DataFrame
        As :func:`medium_targets`.
    series : DataFrame
        ``kode_indikator``, ``tahun``, ``realisasi``.
    card : DataFrame
        ``kode_indikator``, ``polaritas``, ``rumus``.
    until : int

    Returns
    -------
    DataFrame
        ``aims`` of the indicators in ``card`` with ``realisasi``, ``realisasi_huruf`` (missing where there is none) and
        ``kemajuan_pct``, by the indicator's own formula.

    Examples
    --------
    >>> aims = pd.DataFrame({"kode_indikator": ["a"], "target": [80.0], "target_atas": [None]})
    >>> series = pd.DataFrame({"kode_indikator": ["a"], "tahun": [2025], "realisasi": [60.0]})
    >>> card = pd.DataFrame({"kode_indikator": ["a"], "polaritas": ["naik_baik"], "rumus": [None]})
    >>> progress(aims, series, card, 2025)["kemajuan_pct"].tolist()
    [75.0]
    """
    last = series[series["tahun"].eq(until)].set_index(KEY)
    letters = last["realisasi_huruf"] if "realisasi_huruf" in last else pd.Series(dtype="str")
    rows = aims.merge(card[[KEY, "polaritas", "rumus"]], on=KEY)
    rows = rows.assign(
        realisasi=rows[KEY].map(last["realisasi"]).astype("float64"), realisasi_huruf=rows[KEY].map(letters)
    )
    formula = rows["rumus"].fillna("deviasi")
    return rows.assign(
        kemajuan_pct=percent(rows["realisasi"], rows["target"], rows["polaritas"], rows["target_atas"], formula)
    )

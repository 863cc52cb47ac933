"""Published figures: sources, series by year and stated against recomputed percentages.

Nothing here judges a trend: the series have too few comparable years (design of the claims).
"""

from __future__ import annotations

import pandas as pd

MINIMUM_YEARS = 3
"""A series is laid out by year from this many years with a value; fewer stay a list."""

_SEPARATOR = r"\s*\|\s*"


def sources(figures: pd.DataFrame) -> pd.DataFrame:
    """Every source once, numbered in order of first use.

    Parameters
    ----------
    figures : pandas.DataFrame
        Rows of ``angka_terbit``; ``sumber`` holds one address, or several with ``|`` between them.

    Returns
    -------
    pandas.DataFrame
        ``nomor`` (1, 2, ...), ``situs`` (short host) and ``alamat``.

    Examples
    --------
    >>> sources(pd.DataFrame({"sumber": ["https://www.a.id/1 | https://b.com/2", "https://b.com/2"]}))
       nomor  situs              alamat
    0      1   a.id  https://www.a.id/1
    1      2  b.com     https://b.com/2
    """
    address = figures["sumber"].dropna().str.split(_SEPARATOR, regex=True).explode().drop_duplicates()
    host = address.str.extract(r"^https?://(?:www\.)?([^/:]+?)\.?(?:[/:]|$)", expand=False)
    numbered = pd.DataFrame({"situs": host.fillna(address), "alamat": address}).reset_index(drop=True)
    numbered.insert(0, "nomor", range(1, len(numbered) + 1))
    return numbered


def cite(figures: pd.DataFrame, known: pd.DataFrame) -> pd.Series:
    """The sources of each row as ``"[1] [2]"``, numbered by :func:`sources`.

    Examples
    --------
    >>> rows = pd.DataFrame({"sumber": ["https://www.a.id/1 | https://b.com/2"]})
    >>> cite(rows, sources(rows)).tolist()
    ['[1] [2]']
    """
    labels = ("[" + known["nomor"].astype("str") + "]").set_axis(known["alamat"])
    parts = figures["sumber"].str.split(_SEPARATOR, regex=True).explode().map(labels).astype("str")
    return parts.groupby(level=0).agg(" ".join).astype("str")


def numbers(cited: pd.Series) -> str:
    """The numbers of several citations, each once, in order: ``"[1] [4]"``.

    Examples
    --------
    >>> numbers(pd.Series(["[4]", "[1] [4]"]))
    '[1] [4]'
    """
    found = sorted({int(number) for number in cited.str.extractall(r"\[(\d+)\]")[0]})
    return " ".join(f"[{number}]" for number in found)


def series(figures: pd.DataFrame, topic: str = "makro") -> pd.DataFrame:
    """Values of ``topic`` that form a series: rows with a year, of things with enough years.

    Returns
    -------
    pandas.DataFrame
        The rows in their order, with ``urutan`` (1 for the first value of a thing and year, 2 for
        a second source), ``is_seri_lama`` and ``ruas``: only points of one ``ruas`` may be joined by
        a line, for a gap, a disputed value and a change of method each end it.
    """
    rows = figures[figures["topik"].eq(topic) & figures["tahun"].notna()].copy()
    rows = rows[rows["uraian"].map(years(rows)).ge(MINIMUM_YEARS)]
    rows = rows.assign(urutan=rows.groupby(["uraian", "tahun"]).cumcount() + 1)
    rows["is_seri_lama"] = rows["catatan"].str.contains("seri lama", na=False)
    ends = rows["nilai"].isna() | rows["is_konflik"] | rows["is_seri_lama"]
    before = rows.groupby("uraian")
    starts = ends | before["tahun"].diff().ne(1) | ends.groupby(rows["uraian"]).shift(fill_value=True)
    return rows.assign(ruas=starts.groupby(rows["uraian"]).cumsum())


def years(rows: pd.DataFrame) -> pd.Series:
    """How many years of each series have a value."""
    return rows[rows["nilai"].notna()].groupby("uraian")["tahun"].nunique()


def by_year(rows: pd.DataFrame, cell: str = "nilai") -> pd.DataFrame:
    """Series laid out by year: a row per thing and source variant, a column per year, gaps kept.

    Parameters
    ----------
    rows : pandas.DataFrame
        Result of :func:`series`.
    cell : str
        The column whose values fill the cells.

    Returns
    -------
    pandas.DataFrame
        ``uraian``, ``satuan``, ``urutan``, one column per calendar year from first to last (missing
        where nothing was found), and ``konflik``: the disputed years of that row, as text.
    """
    key = ["uraian", "satuan", "urutan"]
    if rows.empty:
        return pd.DataFrame(columns=[*key, "konflik"])
    wide = rows.pivot(index=key, columns="tahun", values=cell)
    wide = wide.reindex(columns=range(rows["tahun"].min(), rows["tahun"].max() + 1))
    wide = wide.reindex(pd.MultiIndex.from_frame(rows[key].drop_duplicates()))
    disputed = rows[rows["is_konflik"]].groupby(key)["tahun"].agg(lambda years: ", ".join(map(str, years)))
    return wide.assign(konflik=disputed.reindex(wide.index).fillna("")).reset_index()


def recomputed(figures: pd.DataFrame) -> pd.DataFrame:
    """Performance figures of offices with ``hitungan_pct`` = 100 * nilai / target beside what the source prints.

    Left empty where lower is better, or where a target or value was not published.
    """
    rows = figures[figures["topik"].eq("kinerja_opd")].copy()
    return rows.assign(hitungan_pct=(100 * rows["nilai"] / rows["target"]).where(rows["arah"].eq("naik")))


def fullest_day(figures: pd.DataFrame) -> pd.DataFrame:
    """The largest set of performance figures with target and value for one office and one date, best first."""
    rows = recomputed(figures).dropna(subset=["hitungan_pct"])
    size = rows.groupby(["pelaku", "tahun", "periode"])["uraian"].transform("size")
    return rows[size.eq(size.max())].sort_values("hitungan_pct", ascending=False)

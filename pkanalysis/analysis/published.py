"""Published figures: sources, series by year, and the arithmetic that they allow.

Nothing here judges a trend: the series have too few comparable years (design of the claims).
"""

from __future__ import annotations

import pandas as pd

from pkanalysis import reference, vocabulary

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
    rows["is_seri_lama"] = marked(rows, "seri_lama")
    ends = rows["nilai"].isna() | rows["is_konflik"] | rows["is_seri_lama"]
    before = rows.groupby("uraian")
    starts = ends | before["tahun"].diff().ne(1) | ends.groupby(rows["uraian"]).shift(fill_value=True)
    return rows.assign(ruas=starts.groupby(rows["uraian"]).cumsum())


def marked(rows: pd.DataFrame, mark: str) -> pd.Series:
    """Whether the compiler marked a row of ``angka_terbit`` with ``mark``, one of :data:`pkanalysis.vocabulary.MARKS`.

    Examples
    --------
    >>> marked(pd.DataFrame({"tanda": ["seri_lama", None]}), "seri_lama").tolist()
    [True, False]
    """
    vocabulary.known("tanda", mark)
    return rows["tanda"].eq(mark).fillna(False).astype(bool)


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
    rows = figures[figures["topik"].eq("kinerja_opd")]
    return rows.assign(hitungan_pct=(100 * rows["nilai"] / rows["target"]).where(rows["arah"].eq("naik")))


def fullest_day(figures: pd.DataFrame) -> pd.DataFrame:
    """The largest set of performance figures with target and value for one office and one date, best first."""
    rows = recomputed(figures).dropna(subset=["hitungan_pct"])
    size = rows.groupby(["pelaku", "tahun", "periode"])["uraian"].transform("size")
    return rows[size.eq(size.max())].sort_values("hitungan_pct", ascending=False)


COLUMNS = ["uji", "tertulis", "hitungan", "selisih", "satuan", "hasil", "sumber"]
VALUES = {"apbd": "target", "efisiensi": "nilai"}
"""The column of ``angka_terbit`` that holds the figure of a topic."""


def sums(figures: pd.DataFrame, page: str) -> pd.DataFrame:
    """Every sum of a page (``apbd``, ``efisiensi``) in ``reference/uji_terbit.toml`` whose figures are all there.

    Returns
    -------
    pandas.DataFrame
        ``uji``, ``tertulis`` (rupiah; missing where nothing was stated), ``hitungan`` (rupiah),
        ``selisih`` = hitungan - tertulis, ``satuan``, ``hasil`` ("cocok", "tidak cocok", or "hitungan"
        where there is nothing to compare with) and ``sumber``.
    """
    rows = []
    for check in reference.published_sums()[page]:
        topic = check.get("topik", page)
        plus, minus = ([_rows(figures, topic, term) for term in check.get(side, ())] for side in ("tambah", "kurang"))
        own = [_rows(figures, topic, check["tertulis"])] if "tertulis" in check else []
        if all(map(len, [*own, *plus, *minus])):
            value = sum(part["angka"].sum() for part in plus) - sum(part["angka"].sum() for part in minus)
            stated = float(own[0]["angka"].sum()) if own else None
            result = "hitungan" if stated is None else "cocok" if value == stated else "tidak cocok"
            difference = None if stated is None else value - stated
            addresses = _addresses(*own, *plus, *minus)
            rows.append((check["uji"], stated, float(value), difference, "rupiah", result, addresses))
    return pd.DataFrame(rows, columns=COLUMNS)


def saving(figures: pd.DataFrame, offices: pd.DataFrame) -> pd.DataFrame:
    """Whether announced savings, rates and additions agree with each other; columns as :func:`sums`.

    After the sums the travel rate, and what is left per other office: the rest of the saving can only hold if its
    average over the other offices stays under the stated bound.

    Parameters
    ----------
    figures, offices : pandas.DataFrame
        Tables ``angka_terbit`` and ``opd``; ``bagian`` are parts of an office and not counted.
    """
    terms = reference.published_sums()["suku"].items()
    found = {name: _rows(figures, "efisiensi", term) for name, term in terms}
    rows: list[tuple[object, ...]] = [*sums(figures, "efisiensi").itertuples(index=False, name=None)]
    if not all(map(len, found.values())):
        return pd.DataFrame(rows, columns=COLUMNS)
    amount = {name: float(part["angka"].sum()) for name, part in found.items()}
    stated, value = amount["tarif"], 100 * (amount["sebelum"] - amount["sesudah"]) / amount["sebelum"]
    label = "Tarif potong perjalanan dinas = (sebelum − sesudah) / sebelum"
    result = "cocok" if value == stated else "tidak cocok"
    addresses = _addresses(*(found[name] for name in ("tarif", "sebelum", "sesudah")))
    rows.append((label, stated, value, value - stated, "persen", result, addresses))
    rest, bound = amount["total"] - amount["setwan"], amount["batas"]
    others = offices[~offices["jenis"].isin(["bagian"]) & offices["singkatan"].ne("SETWAN")]
    for name, count in (("tanpa RSUD", int(others["jenis"].ne("rsud").sum())), ("dengan RSUD", len(others))):
        if count:
            label = f"Rata-rata {count} SKPD selain Setwan ({name}) terhadap batas yang diumumkan"
            result = "mungkin, tetapi ketat" if rest / count < bound else "tidak mungkin"
            addresses = _addresses(*(found[name] for name in ("total", "setwan", "batas")))
            rows.append((label, bound, rest / count, None, "rupiah", result, addresses))
    return pd.DataFrame(rows, columns=COLUMNS)


def _rows(figures: pd.DataFrame, topic: str, where: dict[str, str | int]) -> pd.DataFrame:
    """Rows of the topic whose columns have the values in ``where``, their figure as ``angka``; none without one."""
    chosen = figures["topik"].eq(topic)
    for column, wanted in where.items():
        chosen &= figures[column].eq(wanted).fillna(False).astype(bool)
    return figures.assign(angka=figures[VALUES[topic]])[chosen].dropna(subset="angka")


def _addresses(*parts: pd.DataFrame) -> str:
    return " | ".join(dict.fromkeys(pd.concat(parts)["sumber"].str.split(_SEPARATOR, regex=True).explode()))

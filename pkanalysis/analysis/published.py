"""Published figures: sources, series by year and stated against recomputed percentages.

Nothing here judges a trend: the series have too few comparable years (design of the claims).

Arithmetic that published figures allow: do the parts add up, does the announced rate follow.

What published figures say about each other: terms to add up, and the sums they should give.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Term:
    """Published rows to add up: those of ``topic`` whose columns have the values in ``where``."""

    topic: str
    value: str
    where: tuple[tuple[str, str | int], ...]

    def rows(self, figures: pd.DataFrame) -> pd.DataFrame:
        """The rows that this term adds up; those without a number are left out."""
        chosen = figures["topik"].eq(self.topic)
        for column, wanted in self.where:
            chosen &= figures[column].eq(wanted).fillna(False).astype(bool)
        return figures[chosen & figures[self.value].notna()]

    def total(self, figures: pd.DataFrame) -> float:
        """Sum of the rows."""
        return float(self.rows(figures)[self.value].sum())


@dataclass(frozen=True)
class Check:
    """``stated`` (or nothing) against the sum of ``plus`` less the sum of ``minus``."""

    label: str
    stated: Term | None
    plus: tuple[Term, ...]
    minus: tuple[Term, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        """Every term, the stated one first."""
        return (*((self.stated,) if self.stated else ()), *self.plus, *self.minus)


def _budget(what: str, year: int, version: str) -> Term:
    return Term("apbd", "target", (("uraian", what), ("tahun", year), ("periode", version)))


def _saving(what: str) -> Term:
    return Term("efisiensi", "nilai", (("uraian", what),))


def _spending(year: int, version: str) -> Check:
    parts = ("Belanja Operasi", "Belanja Modal", "Belanja Tidak Terduga")
    label = f"Belanja {year}, {version} = operasi + modal + tidak terduga"
    return Check(label, _budget("Belanja Daerah", year, version), tuple(_budget(part, year, version) for part in parts))


def _revenue(year: int, version: str) -> Check:
    parts = ("Pendapatan Asli Daerah", "Pendapatan Transfer")
    total = _budget("Pendapatan Daerah", year, version)
    return Check(
        f"Pendapatan {year}, {version} = PAD + transfer", total, tuple(_budget(p, year, version) for p in parts)
    )


DRAFT, FIRST = "rancangan murni (24 Okt 2024)", "murni (31 Des 2025)"
SOCIAL = "Dinas Sosial: perjalanan dinas "
TOTAL = _saving("Total penghematan APBD 2025 Pemkot Jambi (Inpres 1/2025)")
COUNCIL = _saving("Kontribusi Sekretariat DPRD")
BOUND = _saving("Penghematan tiap OPD lain")
BEFORE, AFTER = _saving("Perjalanan dinas sebelum"), _saving("Perjalanan dinas sesudah")
RATE = _saving("Perjalanan dinas")
ADDED = Term("efisiensi", "nilai", (("kelompok", "realokasi OPD"),))
CLAIMED = Term("efisiensi", "nilai", (("kelompok", "realokasi total"),))

BUDGET = (
    _spending(2023, "murni"),
    _spending(2024, "rancangan murni (Okt 2023)"),
    _spending(2025, DRAFT),
    _revenue(2025, DRAFT),
    _revenue(2026, FIRST),
    Check(
        f"Defisit 2026, {FIRST} = belanja − pendapatan",
        _budget("Defisit", 2026, FIRST),
        (_budget("Belanja Daerah", 2026, FIRST),),
        (_budget("Pendapatan Daerah", 2026, FIRST),),
    ),
    Check(
        "Perjalanan dinas Dinas Sosial = dalam kota + luar kota",
        _budget(SOCIAL + "total", 2025, "RKA murni"),
        (_budget(SOCIAL + "dalam kota", 2025, "RKA murni"), _budget(SOCIAL + "luar kota", 2025, "RKA murni")),
    ),
)

SAVING = (
    Check(
        "Perjalanan dinas = luar daerah + dalam daerah",
        _budget("Perjalanan Dinas (total)", 2025, "murni 1 Jan 2025"),
        (
            _budget("Perjalanan Dinas luar daerah", 2025, "murni 1 Jan 2025"),
            _budget("Perjalanan Dinas dalam daerah", 2025, "murni 1 Jan 2025"),
        ),
    ),
    Check("Perjalanan dinas dipangkas = sebelum − sesudah", _saving("Perjalanan dinas dipangkas"), (BEFORE,), (AFTER,)),
    Check("Sisa penghematan di luar Setwan, paling banyak", None, (TOTAL,), (COUNCIL,)),
    Check("Tambahan sembilan OPD (klaim) = jumlah rinciannya", CLAIMED, (ADDED,)),
    Check("Penghematan yang belum disebut tujuannya, menurut rincian klaim", None, (TOTAL,), (ADDED,)),
)


COLUMNS = ["uji", "tertulis", "hitungan", "selisih", "satuan", "hasil", "sumber"]


def budget(figures: pd.DataFrame) -> pd.DataFrame:
    """Whether published parts of the APBD add up to the published totals; columns as :func:`sums`."""
    return sums(figures, BUDGET)


def saving(figures: pd.DataFrame, offices: pd.DataFrame) -> pd.DataFrame:
    """Whether announced savings, rates and additions agree with each other; columns as :func:`sums`."""
    parts = [part for part in (sums(figures, SAVING), shares(figures, offices)) if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=COLUMNS)


def sums(figures: pd.DataFrame, checks: tuple[Check, ...]) -> pd.DataFrame:
    """Every check whose figures are all there.

    Returns
    -------
    pandas.DataFrame
        ``uji``, ``tertulis`` (rupiah; missing where nothing was stated), ``hitungan`` (rupiah),
        ``selisih`` = hitungan - tertulis, ``satuan``, ``hasil`` ("cocok", "tidak cocok", or "hitungan"
        where there is nothing to compare with) and ``sumber``.
    """
    rows = [_sum(figures, check) for check in checks if all(len(term.rows(figures)) for term in check.terms)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _sum(figures: pd.DataFrame, check: Check) -> tuple[object, ...]:
    value = sum(term.total(figures) for term in check.plus) - sum(term.total(figures) for term in check.minus)
    stated = check.stated.total(figures) if check.stated else None
    result = "hitungan" if stated is None else "cocok" if value == stated else "tidak cocok"
    difference = None if stated is None else value - stated
    return check.label, stated, value, difference, "rupiah", result, _addresses(figures, *check.terms)


def shares(figures: pd.DataFrame, offices: pd.DataFrame) -> pd.DataFrame:
    """The travel rate, and what is left per other office; columns as :func:`sums`.

    Parameters
    ----------
    figures, offices : pandas.DataFrame
        Tables ``angka_terbit`` and ``opd``; ``bagian`` are parts of an office and not counted.
    """
    needed = (TOTAL, COUNCIL, BOUND, BEFORE, AFTER, RATE)
    if not all(len(term.rows(figures)) for term in needed):
        return pd.DataFrame(columns=COLUMNS)
    return pd.DataFrame([_rate(figures), *_averages(figures, offices)], columns=COLUMNS)


def _rate(figures: pd.DataFrame) -> tuple[object, ...]:
    before, stated = BEFORE.total(figures), RATE.total(figures)
    value = 100 * (before - AFTER.total(figures)) / before
    result = "cocok" if value == stated else "tidak cocok"
    label = "Tarif potong perjalanan dinas = (sebelum − sesudah) / sebelum"
    return label, stated, value, value - stated, "persen", result, _addresses(figures, RATE, BEFORE, AFTER)


def _averages(figures: pd.DataFrame, offices: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    """Rest of the saving per other office; it can only hold if the average stays under the stated bound."""
    rest, bound = TOTAL.total(figures) - COUNCIL.total(figures), BOUND.total(figures)
    others = offices[~offices["jenis"].isin(["bagian"]) & offices["singkatan"].ne("SETWAN")]
    for name, count in (("tanpa RSUD", int(others["jenis"].ne("rsud").sum())), ("dengan RSUD", len(others))):
        if count:
            label = f"Rata-rata {count} SKPD selain Setwan ({name}) terhadap batas yang diumumkan"
            result = "mungkin, tetapi ketat" if rest / count < bound else "tidak mungkin"
            yield label, bound, rest / count, None, "rupiah", result, _addresses(figures, TOTAL, COUNCIL, BOUND)


def _addresses(figures: pd.DataFrame, *terms: Term) -> str:
    found = pd.concat([term.rows(figures)["sumber"] for term in terms])
    return " | ".join(dict.fromkeys(found.str.split(r"\s*\|\s*", regex=True).explode()))

"""Published figures: CSV files of press and other secondary figures, every row with its source.

The shapes in which published figures are written down: header names and what they mean to us.

Rows of ``angka_terbit``: values exactly as published, their precision, and where sources disagree.

Rows of ``opd`` and ``alias_opd`` from a published list of offices.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from pkanalysis.config import Config
from pkanalysis.intake.book import Book, text
from pkanalysis.intake.findings import Finding
from pkanalysis.intake.reading import Layout, Reading, Slice
from pkanalysis.tables import TABLES, conform

_SHARED = {"catatan": "catatan", "source": "sumber", "sumber": "sumber"}
_INDICATOR = {"indikator": "uraian", "satuan": "satuan", "arah": "arah", "arah_lebih_baik": "arah", "tahun": "tahun"}


@dataclass(frozen=True)
class Shape:
    """One shape: its ``topic``, the header names that tell it apart, and header name -> our column.

    ``unit`` is the unit where the file has no such column; ``is_dated`` marks figures that carry a
    date instead of a year and qualify their unit ("rupiah (lebih dari)").
    """

    topic: str
    needed: tuple[str, ...]
    columns: dict[str, str]
    unit: str = ""
    is_dated: bool = False

    @property
    def table(self) -> str:
        """The table that its rows go to."""
        return "opd" if self.topic == "opd" else "angka_terbit"

    @property
    def subject(self) -> str:
        """Our column that says what a row is about; a row without it is a blank line."""
        return "nama_opd" if self.topic == "opd" else "uraian"


SHAPES = (
    Shape(
        "kinerja_opd",
        ("opd", "indikator", "tahun", "target", "realisasi"),
        {"opd": "pelaku", **_INDICATOR, "periode": "periode", "target": "target", "realisasi": "nilai",
         "capaian_persen_sumber": "capaian_pct", **_SHARED},
    ),
    Shape(
        "iku_kota",
        ("indikator", "tahun", "target", "realisasi"),
        {**_INDICATOR, "target": "target", "realisasi": "nilai", "status": "status", **_SHARED},
    ),
    Shape("makro", ("indikator", "tahun", "nilai"), {**_INDICATOR, "nilai": "nilai", **_SHARED}),
    Shape(
        "efisiensi",
        ("kategori", "uraian", "nilai", "satuan"),
        {"kategori": "kelompok", "uraian": "uraian", "nilai": "nilai", "satuan": "satuan", "status": "status",
         "tanggal": "periode", **_SHARED},
        is_dated=True,
    ),
    Shape(
        "apbd",
        ("tahun", "versi", "uraian", "anggaran", "realisasi"),
        {"tahun": "tahun", "versi": "periode", "uraian": "uraian", "anggaran": "target", "realisasi": "nilai",
         "presisi": "presisi", **_SHARED},
        unit="rupiah",
    ),
    Shape(
        "opd",
        ("nama", "singkatan", "jenis"),
        {"nama": "nama_opd", "singkatan": "singkatan", "jenis": "jenis", "kode": "kode_opd", **_SHARED},
    ),
)  # fmt: skip


def headers(book: Book) -> list[str]:
    """Header names of the first sheet, lower case and trimmed; empty for a book without rows."""
    cells = next(iter(book.sheets.values()), [])
    return [str(cell).strip().casefold() for cell in cells[0]] if cells else []


def matching(book: Book) -> Shape | None:
    """The shape of the only sheet of ``book``, or ``None``; a source column is required."""
    found = set(headers(book))
    if len(book.sheets) != 1 or not found & {"source", "sumber"}:
        return None
    return next((shape for shape in SHAPES if found.issuperset(shape.needed)), None)


_NUMBERS = ("target", "nilai", "capaian_pct")
_YEAR = r"(?:19|20)\d\d(?:\.0+)?"
_THING = ["uraian", "pelaku", "tahun", "periode", "satuan"]


def figures_read(book: Book, rows: pd.DataFrame, shape: Shape) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """Turn text ``rows`` into ``angka_terbit``; a value that is no number is a finding."""
    full = _dated(rows) if shape.is_dated else rows.assign(satuan=rows["satuan"].fillna(shape.unit or pd.NA))
    full["presisi"] = full["presisi"].fillna(_decimals(full["nilai"].fillna(full["target"])))
    full["arah"] = full["arah"].str.extract(r"^(\S+)", expand=False)
    full["nilai_huruf"] = full["nilai"].where(~full["nilai"].str.contains(r"\d", na=True))
    full["nilai"] = full["nilai"].where(full["nilai_huruf"].isna())
    findings = _not_years(book, full) + [finding for name in _NUMBERS for finding in _not_numbers(book, full, name)]
    full["tahun"] = full["tahun"].where(full["tahun"].str.fullmatch(_YEAR, na=False))
    full = full.assign(**{name: pd.to_numeric(full[name], errors="coerce") for name in ("tahun", *_NUMBERS)})
    full["is_konflik"] = _disputed(full)
    return {"angka_terbit": conform("angka_terbit", full.assign(topik=shape.topic))}, findings


def _dated(rows: pd.DataFrame) -> pd.DataFrame:
    """The year out of the date as written, and the qualifier out of the unit into ``presisi``."""
    parts = rows["satuan"].str.extract(r"^(?P<satuan>[^(]+?)(?: \((?P<presisi>.+)\))?$")
    return rows.assign(**parts, tahun=rows["periode"].str.extract(r"(20\d\d)", expand=False))


def _decimals(published: pd.Series) -> pd.Series:
    """``"2 desimal"`` for ``"6.70"``: the digits that a float would forget; missing for whole numbers."""
    digits = published.str.extract(r"^-?\d+\.(\d+)$", expand=False).str.len()
    return (digits.astype("Int64").astype("str") + " desimal").where(digits.notna())


def _not_numbers(book: Book, rows: pd.DataFrame, name: str) -> list[Finding]:
    wrong = rows[rows[name].notna() & pd.to_numeric(rows[name], errors="coerce").isna()]
    rule, remedy = "harus angka dengan titik desimal, tanpa pemisah ribuan", "tulis misalnya 75.5 atau 44000000000"
    return [
        Finding("galat", book.name, "", f"baris {row}", name, value, rule, remedy)
        for row, value in zip(wrong["baris"], wrong[name], strict=True)
    ]


def _not_years(book: Book, rows: pd.DataFrame) -> list[Finding]:
    wrong = rows[rows["tahun"].notna() & ~rows["tahun"].str.fullmatch(_YEAR, na=True)]
    return [
        Finding("galat", book.name, "", f"baris {row}", "tahun", value, "bukan tahun", "tulis misalnya 2024")
        for row, value in zip(wrong["baris"], wrong["tahun"], strict=True)
    ]


def _disputed(rows: pd.DataFrame) -> pd.Series:
    """Rows whose note says KONFLIK, the row whose value that note contradicts, and things with two values."""
    things = rows.groupby(_THING, dropna=False)
    several = (things["nilai"].transform("nunique") > 1) | (things["target"].transform("nunique") > 1)
    noted = rows["catatan"].str.contains("KONFLIK", na=False)
    other = rows["catatan"].str.extract(r"KONFLIK dgn (\d+(?:,\d+)?)\)?(?:$|[:;])", expand=False).str.replace(",", ".")
    contradicted = set(zip(rows["uraian"], pd.to_numeric(other), strict=True))
    named = [pair in contradicted for pair in zip(rows["uraian"], rows["nilai"], strict=True)]
    return several | noted | pd.Series(named, index=rows.index)


def offices_read(book: Book, rows: pd.DataFrame, region: str) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """Offices of ``region``; an office without a published SIPD code gets a stable stand-in.

    ``"BKBP/Kesbangpol"`` is one abbreviation and one other name. Abbreviations may clash; codes do not.
    """
    names = rows["singkatan"].str.split("/")
    full = rows.assign(singkatan=names.str[0], jenis=rows["jenis"].str.extract(r"^(\S+)", expand=False))
    stand_in = _stand_in(full, region)
    has_none = full["kode_opd"].isna()
    full["kode_opd"] = full["kode_opd"].fillna(stand_in)
    full["kode_induk"] = _parents(full)
    alias = full.assign(nama_asli=names.str[1:]).explode("nama_asli").dropna(subset=["nama_asli"])
    tables = {
        "opd": conform("opd", full.drop(columns=["catatan", "sumber"])),
        "alias_opd": conform("alias_opd", alias[["nama_asli", "kode_opd", "lembar", "baris"]]),
    }
    return tables, [_no_code(book, int(has_none.sum()))] if has_none.any() else []


def slug(text: str) -> str:
    """Capital letters and digits, joined by hyphens.

    Examples
    --------
    >>> slug("Kec. Alam Barajo")
    'KEC-ALAM-BARAJO'
    """
    return re.sub(r"[^A-Z0-9]+", "-", text.upper()).strip("-")


def _stand_in(offices: pd.DataFrame, region: str) -> pd.Series:
    """``JAMBI-DINKES``; the whole name where the abbreviation is missing or used twice."""
    place = slug(re.sub(r"^(Kota|Kabupaten|Provinsi)\s+", "", region))
    is_unique = offices["singkatan"].notna() & ~offices["singkatan"].duplicated(keep=False)
    return place + "-" + offices["singkatan"].where(is_unique, offices["nama_opd"]).map(slug)


def _parents(offices: pd.DataFrame) -> pd.Series:
    """The code of the office that the note calls its superior ("unit di bawah Setda, ...")."""
    both = pd.concat([offices.set_index("nama_opd")["kode_opd"], offices.set_index("singkatan")["kode_opd"]])
    codes = {str(name).casefold(): code for name, code in both.items()}
    superior = offices["catatan"].str.extract(r"di bawah ([^,;]+)", expand=False)
    return superior.str.strip().str.casefold().map(codes)


def _no_code(book: Book, count: int) -> Finding:
    rule = f"kode SKPD SIPD {count} OPD tidak diterbitkan, dipakai kode pengganti"
    remedy = "isi kolom kode setelah kode SIPD diketahui, lalu impor lagi"
    return Finding("catatan", book.name, "", "", "kode", "", rule, remedy)


NAME = "angka_terbit"


def recognise(book: Book) -> str | None:
    """Why ``book`` holds published figures, or ``None``."""
    found = matching(book)
    if found is None:
        return None
    return f"judul kolom {', '.join(found.needed)} dan kolom sumber: angka terbit, topik {found.topic}"


def read(book: Book, config: Config, stage: str) -> Reading:  # noqa: ARG001 - published figures have no stage
    """Rows of ``angka_terbit`` (or ``opd`` and ``alias_opd``) of one CSV file.

    The slice is the topic, so that a corrected ``makro.csv`` replaces the old one and leaves ``apbd.csv`` alone.
    """
    shape = matching(book)
    if shape is None:
        raise ValueError("read() dipanggil untuk berkas yang tidak dikenali recognise()")
    rows = _rows(book, shape)
    findings = _unknown_columns(book, shape) + _overlong(book) + _nameless(book, rows, shape) + _twice(book, rows)
    rows = rows.dropna(subset=[shape.subject])
    findings += _without_source(book, rows)
    if shape.topic == "opd":
        tables, more = offices_read(book, rows, config.daerah)
        codes = tuple(tables["opd"]["kode_opd"])
    else:
        tables, more = figures_read(book, rows, shape)
        codes = ()
    piece = Slice(NAME, None, shape.topic, codes)
    return Reading(NAME, recognise(book) or "", tables, findings + more, (piece,))


def _rows(book: Book, shape: Shape) -> pd.DataFrame:
    """Every row as text under the names of our columns; empty cells missing, the place kept."""
    sheet, cells = next(iter(book.sheets.items()))
    heads = headers(book)
    lines = [[text(cell) for cell in row][: len(heads)] for row in cells[1:]]
    padded = [line + [""] * (len(heads) - len(line)) for line in lines]
    raw = pd.DataFrame(padded, columns=heads, dtype="str")
    named = raw[[name for name in raw if name in shape.columns]].rename(columns=shape.columns).replace("", pd.NA)
    full = named.reindex(columns=[*TABLES[shape.table].names, *named.columns.difference(TABLES[shape.table].names)])
    placed = full.astype("str").assign(lembar=sheet, baris=range(2, len(full) + 2))
    return placed[full.notna().any(axis=1)]


def _unknown_columns(book: Book, shape: Shape) -> list[Finding]:
    unknown = [name for name in headers(book) if name not in shape.columns]
    remedy = f"pakai salah satu: {', '.join(shape.columns)}"
    return [
        Finding("peringatan", book.name, "", "baris 1", name, "", "kolom ini tidak dikenal dan tidak dibaca", remedy)
        for name in unknown
    ]


def _overlong(book: Book) -> list[Finding]:
    _, *lines = next(iter(book.sheets.values()))
    width = len(headers(book))
    rule, remedy = "baris ini lebih panjang daripada judulnya", "apit isi yang memuat pemisah dengan tanda kutip"
    return [
        Finding("galat", book.name, "", f"baris {row}", "", text(line[width]), rule, remedy)
        for row, line in enumerate(lines, start=2)
        if any(text(cell) for cell in line[width:])
    ]


def _nameless(book: Book, rows: pd.DataFrame, shape: Shape) -> list[Finding]:
    rule, remedy = "baris ini tidak menyebut yang diukur", "isi namanya atau hapus barisnya"
    heading = next(name for name, column in shape.columns.items() if column == shape.subject)
    return [
        Finding("galat", book.name, "", f"baris {row}", heading, "", rule, remedy)
        for row in rows.loc[rows[shape.subject].isna(), "baris"]
    ]


def _twice(book: Book, rows: pd.DataFrame) -> list[Finding]:
    is_again = rows.drop(columns="baris").duplicated()
    return [
        Finding("peringatan", book.name, "", f"baris {row}", "", "", "sama dengan baris sebelumnya", "hapus salah satu")
        for row in rows.loc[is_again, "baris"]
    ]


def _without_source(book: Book, rows: pd.DataFrame) -> list[Finding]:
    rule, remedy = "setiap angka terbit harus punya sumber", "isi alamat sumbernya atau hapus barisnya"
    return [
        Finding("galat", book.name, "", f"baris {row}", "source", "", rule, remedy)
        for row in rows.loc[rows["sumber"].isna(), "baris"]
    ]


LAYOUT = Layout(
    name=NAME,
    title="Angka terbit (CSV bersumber)",
    looked_for="CSV dengan kolom source/sumber dan salah satu susunan: "
    + "; ".join(f"{shape.topic} ({', '.join(shape.needed)})" for shape in SHAPES),
    recognise=recognise,
    read=read,
)

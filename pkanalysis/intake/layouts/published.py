"""Published figures: CSV files of press and other secondary figures, every row with its source."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from pkanalysis.config import Config
from pkanalysis.intake.book import Book, text
from pkanalysis.intake.findings import Finding, finding
from pkanalysis.intake.reading import Layout, Reading, Slice
from pkanalysis.tables import TABLES, conform

NAME = "angka_terbit"
_SHARED = {"catatan": "catatan", "source": "sumber", "sumber": "sumber"}
_FIGURE = {"tanda": "tanda", **_SHARED}
_INDICATOR = {"indikator": "uraian", "satuan": "satuan", "arah": "arah", "arah_lebih_baik": "arah", "tahun": "tahun"}
_NUMBERS = ("target", "nilai", "capaian_pct")
_YEAR = r"(?:19|20)\d\d(?:\.0+)?"


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
    table: str = "angka_terbit"
    subject: str = "uraian"
    """Our column that says what a row is about; a row without it is a blank line."""


SHAPES = (
    Shape(
        "kinerja_opd",
        ("opd", "indikator", "tahun", "target", "realisasi"),
        {"opd": "pelaku", **_INDICATOR, "periode": "periode", "target": "target", "realisasi": "nilai",
         "capaian_persen_sumber": "capaian_pct", **_FIGURE},
    ),
    Shape(
        "iku_kota",
        ("indikator", "tahun", "target", "realisasi"),
        {**_INDICATOR, "target": "target", "realisasi": "nilai", "status": "status", **_FIGURE},
    ),
    Shape("makro", ("indikator", "tahun", "nilai"), {**_INDICATOR, "nilai": "nilai", **_FIGURE}),
    Shape(
        "efisiensi",
        ("kategori", "uraian", "nilai", "satuan"),
        {"kategori": "kelompok", "uraian": "uraian", "nilai": "nilai", "satuan": "satuan", "status": "status",
         "tanggal": "periode", **_FIGURE},
        is_dated=True,
    ),
    Shape(
        "apbd",
        ("tahun", "versi", "uraian", "anggaran", "realisasi"),
        {"tahun": "tahun", "versi": "periode", "uraian": "uraian", "anggaran": "target", "realisasi": "nilai",
         "presisi": "presisi", **_FIGURE},
        unit="rupiah",
    ),
    Shape(
        "opd",
        ("nama", "singkatan", "jenis"),
        {"nama": "nama_opd", "singkatan": "singkatan", "jenis": "jenis", "kode": "kode_opd", **_SHARED},
        table="opd",
        subject="nama_opd",
    ),
)  # fmt: skip


def matching(book: Book) -> Shape | None:
    """The shape of the only sheet of ``book``, or ``None``; a source column is required."""
    cells = next(iter(book.sheets.values()), [])
    found = {str(cell).strip().casefold() for cell in (cells[0] if cells else ())}
    if len(book.sheets) != 1 or not found & {"source", "sumber"}:
        return None
    return next((shape for shape in SHAPES if found.issuperset(shape.needed)), None)


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
    sheet, cells = next(iter(book.sheets.items()))
    heads, columns = [str(cell).strip().casefold() for cell in cells[0]], TABLES[shape.table].names
    lines = [[text(cell) for cell in row] for row in cells[1:]]
    raw = pd.DataFrame(
        [line[: len(heads)] + [""] * (len(heads) - len(line)) for line in lines], columns=heads, dtype="str"
    )
    named = raw[[name for name in raw if name in shape.columns]].rename(columns=shape.columns).replace("", pd.NA)
    full = named.reindex(columns=[*columns, *named.columns.difference(columns)])
    rows = full.astype("str").assign(lembar=sheet, baris=range(2, len(full) + 2))[full.notna().any(axis=1)]

    known = ", ".join(shape.columns)
    subject = next(name for name, column in shape.columns.items() if column == shape.subject)
    strange = [name for name in heads if name not in shape.columns]
    findings = [finding("TERBIT_KOLOM_ASING", book.name, "", "baris 1", name, kolom=known) for name in strange]
    findings += [
        finding("TERBIT_BARIS_LEBIH_PANJANG", book.name, "", f"baris {row}", "", line[len(heads)])
        for row, line in enumerate(lines, start=2)
        if any(line[len(heads) :])
    ]
    findings += _told(book, "TERBIT_TANPA_NAMA", rows[rows[shape.subject].isna()], subject)
    findings += _told(book, "TERBIT_BARIS_SAMA", rows[rows.drop(columns="baris").duplicated()])
    if shape.table == "angka_terbit" and not shape.is_dated and "tanda" not in heads and rows["catatan"].notna().any():
        findings.append(finding("TERBIT_TANPA_TANDA", book.name, "", "baris 1", "tanda"))
    rows = rows.dropna(subset=[shape.subject])
    findings += _told(book, "TERBIT_TANPA_SUMBER", rows[rows["sumber"].isna()], "source")
    tables, more = _offices(book, rows, config.daerah) if shape.table == "opd" else _figures(book, rows, shape)
    codes = tuple(tables["opd"]["kode_opd"]) if "opd" in tables else ()
    piece = Slice(NAME, None, shape.topic, codes)
    return Reading(NAME, recognise(book) or "", tables, findings + more, (piece,))


LAYOUT = Layout(
    name=NAME,
    looked_for="CSV dengan kolom source/sumber dan salah satu susunan: "
    + "; ".join(f"{shape.topic} ({', '.join(shape.needed)})" for shape in SHAPES),
    recognise=recognise,
    read=read,
)


def _told(book: Book, code: str, rows: pd.DataFrame, column: str = "", written: str = "") -> list[Finding]:
    """A finding at every row, with what stands in our column ``written``."""
    values = rows[written] if written else [""] * len(rows)
    return [
        finding(code, book.name, "", f"baris {row}", column, value)
        for row, value in zip(rows["baris"], values, strict=True)
    ]


def _figures(book: Book, rows: pd.DataFrame, shape: Shape) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """Rows of ``angka_terbit``: values exactly as published, their precision, and where sources disagree."""
    full = rows.assign(satuan=rows["satuan"].fillna(shape.unit or pd.NA))
    if shape.is_dated:  # the year out of the date as written, and the qualifier out of the unit into ``presisi``
        parts = rows["satuan"].str.extract(r"^(?P<satuan>[^(]+?)(?: \((?P<presisi>.+)\))?$")
        full = rows.assign(**parts, tahun=rows["periode"].str.extract(r"(20\d\d)", expand=False))
    # "2 desimal" for "6.70": the digits that a float would forget; missing for whole numbers
    digits = full["nilai"].fillna(full["target"]).str.extract(r"^-?\d+\.(\d+)$", expand=False).str.len()
    decimals = (digits.astype("Int64").astype("str") + " desimal").where(digits.notna())
    full["presisi"] = full["presisi"].fillna(decimals)
    full["arah"] = full["arah"].str.extract(r"^(\S+)", expand=False)
    full["nilai_huruf"] = full["nilai"].where(~full["nilai"].str.contains(r"\d", na=True))
    full["nilai"] = full["nilai"].where(full["nilai_huruf"].isna())
    is_year = full["tahun"].str.fullmatch(_YEAR, na=False)
    numbers = {name: pd.to_numeric(full[name], errors="coerce") for name in _NUMBERS}
    findings = _told(book, "TERBIT_BUKAN_TAHUN", full[full["tahun"].notna() & ~is_year], "tahun", "tahun")
    for name, number in numbers.items():
        findings += _told(book, "TERBIT_BUKAN_ANGKA", full[full[name].notna() & number.isna()], name, name)
    full = full.assign(tahun=pd.to_numeric(full["tahun"].where(is_year)), topik=shape.topic, **numbers)
    # disputed: things with two values, and rows that the compiler marked on either side
    things = full.groupby(["uraian", "pelaku", "tahun", "periode", "satuan"], dropna=False)
    several = (things["nilai"].transform("nunique") > 1) | (things["target"].transform("nunique") > 1)
    is_disputed = several | full["tanda"].isin(["konflik", "dibantah"])
    return {"angka_terbit": conform("angka_terbit", full.assign(is_konflik=is_disputed))}, findings


def _offices(book: Book, rows: pd.DataFrame, region: str) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """Offices of ``region``; an office without a published SIPD code gets a stable stand-in (``JAMBI-DINKES``).

    ``"BKBP/Kesbangpol"`` is one abbreviation and one other name. Abbreviations may clash; codes do not: the whole
    name stands in where the abbreviation is missing or used twice.
    """
    names = rows["singkatan"].str.split("/")
    full = rows.assign(singkatan=names.str[0], jenis=rows["jenis"].str.extract(r"^(\S+)", expand=False))
    is_unique = full["singkatan"].notna() & ~full["singkatan"].duplicated(keep=False)
    place = slug(re.sub(r"^(Kota|Kabupaten|Provinsi)\s+", "", region))
    stand_in = place + "-" + full["singkatan"].where(is_unique, full["nama_opd"]).map(slug)
    without = int(full["kode_opd"].isna().sum())
    full["kode_opd"] = full["kode_opd"].fillna(stand_in)
    # "unit di bawah Setda, ..." in the note names the superior
    both = pd.concat([full.set_index(name)["kode_opd"] for name in ("nama_opd", "singkatan")])
    codes = {str(name).casefold(): code for name, code in both.items()}
    superior = full["catatan"].str.extract(r"di bawah ([^,;]+)", expand=False)
    full["kode_induk"] = superior.str.strip().str.casefold().map(codes)
    alias = full.assign(nama_asli=names.str[1:]).explode("nama_asli").dropna(subset=["nama_asli"])
    tables = {
        "opd": conform("opd", full.drop(columns=["catatan", "sumber"])),
        "alias_opd": conform("alias_opd", alias[["nama_asli", "kode_opd", "lembar", "baris"]]),
    }
    return tables, [finding("TERBIT_KODE_PENGGANTI", book.name, column="kode", banyak=without)] if without else []


def slug(text: str) -> str:
    """Capital letters and digits, joined by hyphens.

    Examples
    --------
    >>> slug("Kec. Alam Barajo")
    'KEC-ALAM-BARAJO'
    """
    return re.sub(r"[^A-Z0-9]+", "-", text.upper()).strip("-")

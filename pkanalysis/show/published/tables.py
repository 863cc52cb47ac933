"""Published figures as printed, and their tables; every row cites its sources by number."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd

from pkanalysis.analysis import published
from pkanalysis.frames import Column, Kind
from pkanalysis.show.tables import RowsOrBlock, table
from pkanalysis.show.values import Value, cells, is_missing, plain

if TYPE_CHECKING:
    from pkanalysis.store import Workspace

TOPICS = ("makro", "apbd", "efisiensi", "iku_kota", "kinerja_opd")
"""Topics in the order of the page, so that sources are numbered by first use."""
WHAT = Column("hal", "Uraian", wide=True)
VALUE = Column("cetak", "Nilai", "angka")
TARGET = Column("cetak_target", "Target", "angka")
ACTUAL = Column("cetak", "Realisasi", "angka")
STATUS = Column("status", "Kedudukan")
KINDS: dict[str, Kind] = {"rupiah": "rupiah", "persen": "persen"}
NUMBERED = "nomor dalam kurung siku menunjuk tabel sumber di akhir halaman"


def figures(ws: Workspace, topic: str = "") -> pd.DataFrame:
    """The published rows (of one topic) in page order, ready to print.

    ``hal`` is what is measured with its unit, ``cetak``, ``cetak_target`` and ``cetak_capaian`` hold
    :class:`Value`, ``keterangan`` says dispute, precision and note, ``kutipan`` the numbered sources.
    """
    rows = ws["angka_terbit"]
    order = rows["topik"].map({name: place for place, name in enumerate(TOPICS)})
    rows = rows.assign(urutan=order).sort_values(["urutan", "baris"], kind="stable", ignore_index=True)
    raw = rows.assign(
        angka=rows["nilai"].astype(object).where(rows["nilai"].notna(), rows["nilai_huruf"]),
        presisi_target=rows["presisi"].where(rows["nilai"].isna()),  # it is that of the value where there is one
        persen="persen",
    )
    # Digits after the comma show their own precision.
    precision = rows["presisi"].where(~rows["presisi"].str.endswith(" desimal", na=True), "")
    note = rows["catatan"].fillna("")
    is_unsaid = rows["is_konflik"].fillna(False).astype(bool) & ~published.marked(rows, "konflik")
    remarks = zip(is_unsaid.map({True: "bertentangan", False: ""}), precision, note, strict=True)
    rows = rows.drop(columns="urutan").assign(
        hal=with_unit(rows),
        kutipan=published.cite(rows, published.sources(rows)),
        cetak=cells(raw, printed, "angka", "satuan", "presisi"),
        cetak_target=cells(raw, printed, "target", "satuan", "presisi_target"),
        cetak_capaian=cells(raw, printed, "capaian_pct", "persen", "presisi_target"),
        keterangan=pd.Series(["; ".join(filter(None, parts)) for parts in remarks], rows.index, "str"),
        **{name: rows[name].fillna("") for name in ("kelompok", "periode", "status")},
    )
    return rows[rows["topik"].eq(topic)] if topic else rows


def with_unit(rows: pd.DataFrame) -> pd.Series:
    """What is measured, with its unit where the printed value does not show it."""
    shown = rows["satuan"].str.match("rupiah|persen").fillna(True).astype(bool)
    return rows["uraian"] + (" (" + rows["satuan"] + ")").where(~shown, "")


def printed(raw: Any, unit: str, precision: str | None = None) -> Value:
    """A value as published: letters as they are, a number in its unit with the digits that it has.

    ``precision`` ("2 desimal") keeps trailing zeros.

    Examples
    --------
    >>> str(printed(23.172, "indeks")), str(printed(6.7, "persen", "2 desimal")), str(printed("WTP", "opini"))
    ('23,172', '6,70%', 'WTP')
    >>> str(printed(474.0, "orang", "dibulatkan sumber"))
    '474'
    """
    if is_missing(raw) or isinstance(raw, str):
        return plain(raw)
    written = str(precision).split()
    stated = int(written[0]) if written[1:] == ["desimal"] else 0
    exponent = int(Decimal(str(raw)).normalize().as_tuple().exponent)
    return Value(raw, KINDS.get(str(unit).split()[0], "angka"), max(stated, -exponent))


@table("makro", "Angka makro menurut tahun", "",
       "– = tidak ditemukan atau tidak diukur, bukan nol. Angka yang bertentangan ditampilkan semuanya.",
       source=NUMBERED)  # fmt: skip
def macro(ws: Workspace) -> RowsOrBlock:
    """Macro series by year; gaps stay gaps, a second source has its own row."""
    rows = published.series(figures(ws))
    wide = published.by_year(rows, "cetak")
    cited = rows.groupby(["uraian", "urutan"])["kutipan"].agg(published.numbers)
    second = " (angka sumber ke-" + wide["urutan"].astype("str") + ")"
    wide = wide.assign(
        kutipan=cited.reindex(pd.MultiIndex.from_frame(wide[["uraian", "urutan"]])).to_numpy(),
        hal=with_unit(wide) + second.where(wide["urutan"].gt(1), ""),
    ).rename(columns=str)
    years = [Column(name, name, "angka") for name in wide.columns if name.isdigit()]
    return wide, {"columns": (WHAT, *years, "konflik", "kutipan")}


@table("makro-catatan", "Catatan deret makro", (WHAT, "tahun", VALUE, "keterangan", "kutipan"), source=NUMBERED)
def macro_notes(ws: Workspace) -> RowsOrBlock:
    """What the compiler noted on points of the series: disputes, methods, years not measured."""
    rows = published.series(figures(ws))
    return rows[rows["keterangan"].ne("")]


@table("makro-lain", f"Angka makro yang terbit kurang dari {published.MINIMUM_YEARS} tahun atau tanpa tahun",
       (WHAT, "tahun", VALUE, "keterangan", "kutipan"), source=NUMBERED)  # fmt: skip
def macro_others(ws: Workspace) -> RowsOrBlock:
    """Macro figures with too few years to be laid out as a series."""
    rows = figures(ws, "makro")
    return rows[~rows.index.isin(published.series(rows).index)]


@table("apbd", "Angka APBD yang terbit",
       ("tahun", WHAT, Column("cetak_target", "Anggaran", "rupiah"), Column("cetak", "Realisasi", "rupiah"),
        "keterangan", "kutipan"), source=NUMBERED, unit="rupiah")  # fmt: skip
def budget(ws: Workspace) -> RowsOrBlock:
    """Published APBD figures by year and version; budget and realisation side by side."""
    rows = figures(ws, "apbd").sort_values("tahun", kind="stable")
    return rows.assign(hal=rows["uraian"] + " – " + rows["periode"])


@table("efisiensi", "Efisiensi yang diumumkan", (WHAT, VALUE, "periode", STATUS, "keterangan", "kutipan"),
       "Kedudukan klaim: pernyataan pihak di luar pemerintah kota atau anggota Banggar, bukan dokumen resmi.",
       source=NUMBERED)  # fmt: skip
def saving(ws: Workspace) -> RowsOrBlock:
    """What was announced about the 2025 efficiency measures; claims are marked."""
    rows = figures(ws, "efisiensi")
    return rows.assign(hal=rows["kelompok"] + ": " + rows["uraian"])


@table("iku-kota", "Indikator kota yang terbit target atau realisasinya",
       (WHAT, "tahun", TARGET, ACTUAL, STATUS, "keterangan", "kutipan"), source=NUMBERED)  # fmt: skip
def indicators(ws: Workspace) -> RowsOrBlock:
    """Targets and results published for city indicators, with their standing as IKU."""
    return figures(ws, "iku_kota")


@table("kinerja-opd", "Kinerja OPD yang terbit",
       ("pelaku", WHAT, "masa", TARGET, ACTUAL, "cetak_capaian", "hitungan_pct", "keterangan", "kutipan"),
       "Realisasi ÷ target dihitung hanya bila makin tinggi makin baik serta target dan realisasinya terbit.",
       source=NUMBERED)  # fmt: skip
def performance(ws: Workspace) -> RowsOrBlock:
    """Performance figures of offices; the printed percentage beside the recomputed one."""
    rows = published.recomputed(figures(ws))
    year = (" " + rows["tahun"].astype("str")).where(~rows["periode"].str.contains(r"\d{4}"), "")
    return rows.assign(masa=rows["periode"] + year)


@table("sumber", "Daftar sumber", "nomor situs alamat", nomor=("No", "bulat", 0, False))
def source_list(ws: Workspace) -> RowsOrBlock:
    """Every source by number."""
    return published.sources(figures(ws))


CHECKED = (
    Column("uji", "Yang diuji", wide=True),
    "tertulis",
    "hitungan",
    Column("selisih", "Selisih", "rupiah"),
    Column("hasil", "Hasil"),
    "kutipan",
)


@table("uji-apbd", "Uji hitung: apakah rincian APBD sama dengan jumlahnya", CHECKED, source=NUMBERED)
def budget_checks(ws: Workspace) -> RowsOrBlock:
    """Whether the published parts of the APBD add up to the published totals."""
    return _checked(ws, published.sums(figures(ws), "apbd"))


@table("uji-efisiensi", "Uji hitung: apakah angka efisiensi saling cocok", CHECKED,
       "Paling banyak: bagian Setwan diumumkan sebagai lebih dari nilai itu, sehingga sisanya tidak lebih besar.",
       source=NUMBERED)  # fmt: skip
def saving_checks(ws: Workspace) -> RowsOrBlock:
    """Whether the announced savings, rates and additions agree with each other."""
    return _checked(ws, published.saving(figures(ws), ws["opd"]))


def _checked(ws: Workspace, found: pd.DataFrame) -> pd.DataFrame:
    """The figures in their unit (a difference of per cents in points), with their sources."""
    points: dict[str, Kind] = {"persen": "poin"}
    shown = {
        name: [Value(raw, kinds[unit]) for raw, unit in zip(found[name], found["satuan"], strict=True)]
        for name, kinds in (("tertulis", KINDS), ("hitungan", KINDS), ("selisih", KINDS | points))
    }
    printed = {name: pd.Series(values, found.index, "object") for name, values in shown.items()}
    return found.assign(kutipan=published.cite(found, published.sources(figures(ws))), **printed)

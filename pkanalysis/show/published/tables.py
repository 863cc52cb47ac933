"""Tables of published figures that are no series; every row cites its sources by number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pkanalysis.analysis import published
from pkanalysis.show.blocks import Column, Table
from pkanalysis.show.published.columns import ACTUAL, CITED, NOTE, STATUS, TARGET, VALUE, WHAT, YEAR, table
from pkanalysis.show.published.rows import figures, topic

if TYPE_CHECKING:
    from pkanalysis.store import Workspace


def budget(ws: Workspace) -> Table:
    """Published APBD figures by year and version; budget and realisation side by side."""
    columns = (
        YEAR,
        WHAT,
        Column("cetak_target", "Anggaran", "rupiah"),
        Column("cetak", "Realisasi", "rupiah"),
        NOTE,
        CITED,
    )
    rows = topic(ws, "apbd").sort_values("tahun", kind="stable")
    rows = rows.assign(hal=rows["uraian"] + " – " + rows["periode"])
    return table(ws, rows, columns, id="apbd", caption="Angka APBD yang terbit", unit="rupiah")


def saving(ws: Workspace) -> Table:
    """What was announced about the 2025 efficiency measures; claims are marked."""
    columns = (WHAT, VALUE, Column("periode", "Tanggal"), STATUS, NOTE, CITED)
    note = "Kedudukan klaim: pernyataan pihak di luar pemerintah kota atau anggota Banggar, bukan dokumen resmi."
    rows = topic(ws, "efisiensi")
    rows = rows.assign(hal=rows["kelompok"] + ": " + rows["uraian"])
    return table(ws, rows, columns, id="efisiensi", caption="Efisiensi yang diumumkan", note=note)


def indicators(ws: Workspace) -> Table:
    """Targets and results published for city indicators, with their standing as IKU."""
    columns = (WHAT, YEAR, TARGET, ACTUAL, STATUS, NOTE, CITED)
    caption = "Indikator kota yang terbit target atau realisasinya"
    return table(ws, topic(ws, "iku_kota"), columns, id="iku-kota", caption=caption)


def performance(ws: Workspace) -> Table:
    """Performance figures of offices; the printed percentage beside the recomputed one."""
    columns = (
        Column("pelaku", "OPD"),
        WHAT,
        Column("masa", "Periode"),
        TARGET,
        ACTUAL,
        Column("cetak_capaian", "Capaian menurut sumber", "persen"),
        Column("hitungan_pct", "Realisasi ÷ target", "persen", 1),
        NOTE,
        CITED,
    )
    note = "Realisasi ÷ target dihitung hanya bila makin tinggi makin baik serta target dan realisasinya terbit."
    rows = published.recomputed(figures(ws))
    year = (" " + rows["tahun"].astype("str")).where(~rows["periode"].str.contains(r"\d{4}"), "")
    rows = rows.assign(masa=rows["periode"] + year)
    return table(ws, rows, columns, id="kinerja-opd", caption="Kinerja OPD yang terbit", note=note)


def source_list(ws: Workspace) -> Table:
    """Every source by number."""
    columns = (Column("nomor", "No", "bulat"), Column("situs", "Situs"), Column("alamat", "Alamat", wide=True))
    found = published.sources(figures(ws))
    return table(ws, found, columns, id="sumber", caption="Daftar sumber", source="")

"""Spending and cash plans per month: low at first, a rush in December, never above what is allowed.

Also spending as SIPD prints it: "Laporan Realisasi Per Dokumen", one row per document and line.
"""

from __future__ import annotations

import datetime as dt
from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd
from babel.dates import format_date

from pkanalysis.sample.budget import stages
from pkanalysis.sample.catalogue import Floats, Ints, offices, stream
from pkanalysis.sample.opening import structure
from pkanalysis.tables import TABLES, conform

MONTHS = list(range(1, 13))
PROFILE = np.array([2, 4, 6, 7, 7, 8, 9, 8, 10, 11, 12, 16], dtype=float)
WAGES = np.array([7, 7, 7, 8, 8, 9, 9, 8, 8, 8, 8, 13], dtype=float)
BEHIND = ("DPUPR", "DISPORA", "DPP", "KEC07")
"""Planted: offices well behind their cash plan at TW3 2025."""
OVERSPENT = ("DKPS", "5.1.02.02.01.0061")
"""Planted (warning): the electricity bill of this office goes 2 % above its pagu in December 2025."""
ROUND = 1000
LARGE = 1_000_000_000
"""Lines of at least this many rupiah have documents in most months."""
IN_FORCE = ["murni"] * 3 + ["pergeseran"] * 5 + ["perubahan"] * 4
"""The stage of 2025 that is in force in each month."""


@cache
def plan() -> pd.DataFrame:
    """Rencana kas in rupiah: index (tahun, line), columns 1-12; on the last stage of 2024 and 2025."""
    parts = {}
    for year in (2024, 2025):
        pagu = stages()[year, "perubahan"].loc[lambda rupiah: rupiah > 0]
        wages = structure().loc[pagu.index, "peran"].eq("pegawai").to_numpy()[:, None]
        noise = stream(f"rencana kas {year}").lognormal(0, 0.15, (len(pagu), 12))
        up_to = _up_to(pagu.to_numpy(), np.where(wages, WAGES, PROFILE) * noise)
        up_to[:, -1] = pagu.to_numpy()
        parts[year] = pd.DataFrame(np.diff(up_to, axis=1, prepend=0), index=pagu.index, columns=MONTHS)
    return pd.concat(parts, names=["tahun", "baris"])


def _up_to(total: npt.ArrayLike, weights: Floats) -> Ints:
    """What ``total`` per line comes to by the end of each month, shape (lines, 12)."""
    share = weights.cumsum(axis=1) / weights.sum(axis=1, keepdims=True)
    rounded: Ints = np.floor(np.asarray(total)[:, None] * share / ROUND).astype(np.int64) * ROUND
    return rounded


@cache
def spent() -> pd.DataFrame:
    """Spending in rupiah: index (tahun, line), columns 1-12; 0 where nothing was spent.

    Never more than the budget in force, and no later one either, so that no stage is overspent but one line.
    """
    parts = {}
    for year in (2023, 2024, 2025):
        pagu, draw = stages()[year, "perubahan"].loc[lambda rupiah: rupiah > 0], stream(f"realisasi {year}")
        lines = structure().loc[pagu.index]
        wages = lines["peran"].eq("pegawai").to_numpy()[:, None]
        weights = np.where(wages, WAGES, PROFILE) * draw.lognormal(0, 0.15, (len(lines), 12))
        chance = np.where(pagu.to_numpy() >= LARGE, 0.8, 0.25)[:, None]
        # months with documents: wages always, large lines mostly
        active = (draw.random((len(lines), 12)) < chance) | wages
        active[:, -1] |= (draw.random(len(lines)) < 0.3) | ~active.any(axis=1)
        weights = weights * active
        if year == 2025:
            weights[lines["id"].isin(BEHIND).to_numpy(), :9] *= 0.35

        level = dict(zip(offices().index, draw.uniform(0.905, 0.955, len(offices())), strict=True))
        rate = lines["id"].map(level).to_numpy(dtype=float) + draw.normal(0, 0.012, len(lines))
        in_force = IN_FORCE if year == 2025 else ["perubahan"] * 12
        allowed = stages().loc[pagu.index, [(year, stage) for stage in in_force]].to_numpy()
        limits = np.minimum.accumulate(allowed[:, ::-1], axis=1)[:, ::-1]
        up_to = np.minimum(_up_to(pagu.to_numpy() * np.clip(rate, 0.8, 0.99), weights), limits)
        frame = pd.DataFrame(np.diff(up_to, axis=1, prepend=0), index=pagu.index, columns=MONTHS)
        if year == 2025:
            line = lines.index[(lines["id"] == OVERSPENT[0]) & (lines["kode_rekening"] == OVERSPENT[1])][0]
            frame.loc[line, 12] += int(pagu[line]) * 102 // 100 // ROUND * ROUND - int(frame.loc[line].sum())
        parts[year] = frame
    return pd.concat(parts, names=["tahun", "baris"])


def long(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """``frame`` (:func:`plan`, :func:`spent`) with one row per year, line and month, zeros left out."""
    rows = frame.reset_index().melt(["tahun", "baris"], var_name="bulan", value_name=name)
    rows = rows[rows[name] > 0].sort_values(["tahun", "baris", "bulan"], ignore_index=True)
    return rows.astype({"bulan": "int64"})


def plan_table() -> pd.DataFrame:
    """Table ``rencana_kas``."""
    rows = long(plan(), "rencana_rp")
    keys = ["kode_opd", "kode_sub_unit", "kode_sub_kegiatan", "kode_rekening", "kode_sumber_dana"]
    return conform("rencana_kas", rows.join(structure()[keys], on="baris").drop(columns="baris"))


def table() -> pd.DataFrame:
    """Table ``realisasi_anggaran``: per month and line; SIPD's report does not name the fund."""
    rows = long(spent(), "realisasi_rp")
    columns = [name for name in TABLES["realisasi_anggaran"].names if name in structure() and "sumber_dana" not in name]
    rows = rows.join(structure()[columns].drop(columns="paket"), on="baris").drop(columns="baris")
    keys = ["tahun", "bulan", "kode_opd", "kode_sub_unit", "kode_sub_kegiatan", "kode_rekening"]
    how = {str(name): "first" for name in rows if name not in keys} | {"realisasi_rp": "sum"}
    summed = rows.groupby(keys, sort=False, as_index=False).agg(how)
    downloaded = {year: dt.date(year + 1, 1, 10) for year in summed["tahun"].unique()}
    return conform("realisasi_anggaran", summed.assign(tanggal_data=pd.to_datetime(summed["tahun"].map(downloaded))))


RETURNED_SHARE = 0.003
"""Share of the documents of which part was paid back (Nilai Setoran)."""
RETURNED = 500_000
DIRECT = 75_000_000
"""Payments of at least this many rupiah are paid directly (LS), as wages are."""

COLUMNS = {
    "Kode SKPD": "kode_opd", "Nama SKPD": "nama_opd",
    "Kode Sub SKPD": "kode_sub_unit", "Nama Sub SKPD": "nama_sub_unit",
    "Kode Fungsi": "kode_fungsi", "Nama Fungsi": "nama_fungsi",
    "Kode Sub Fungsi": "kode_sub_fungsi", "Nama Sub Fungsi": "nama_sub_fungsi",
    "Kode Urusan": "kode_urusan", "Nama Urusan": "nama_urusan",
    "Kode Bidang Urusan": "kode_bidang_urusan", "Nama Bidang Urusan": "nama_bidang_urusan",
    "Kode Program": "kode_program", "Nama Program": "nama_program",
    "Kode Kegiatan": "kode_kegiatan", "Nama Kegiatan": "nama_kegiatan",
    "Kode Sub Kegiatan": "kode_sub_kegiatan", "Nama Sub Kegiatan": "nama_sub_kegiatan",
    "Kode Rekening": "kode_rekening", "Nama Rekening": "nama_rekening",
    "Nomor Dokumen": "nomor", "Jenis Dokumen": "jenis_dokumen", "Jenis Transaksi": "jenis_transaksi",
    "Nomor DPT": "kosong", "Tanggal Dokumen": "tanggal", "Keterangan Dokumen": "keterangan",
    "Nilai Realisasi": "nilai_realisasi", "Nilai Setoran": "nilai_setoran",
    "NIP Pegawai": "nip", "Nama Pegawai": "pegawai", "Tanggal Simpan": "disimpan",
    "Nomor SPD": "spd", "Periode SPD": "periode_spd", "Nilai SPD": "nilai_sp2d", "Tahapan SPD": "tahapan",
    "Nama Sub Tahapan Jadwal": "jadwal", "Tahapan APBD": "tahapan",
    "Nomor SPP": "spp", "Tanggal SPP": "tanggal", "Nomor SPM": "spm", "Tanggal SPM": "tanggal",
    "Nomor SP2D": "sp2d", "Tanggal SP2D": "tanggal", "Tanggal Transfer": "tanggal", "Nilai SP2D": "nilai_sp2d",
}  # fmt: skip
"""The 45 headings and where their values come from."""

CONSTANTS = {
    "kode_fungsi": "00", "nama_fungsi": "FUNGSI CONTOH",
    "kode_sub_fungsi": "00", "nama_sub_fungsi": "Sub fungsi contoh",
    "kosong": "-", "keterangan": "Pembayaran contoh", "tahapan": "Tahapan contoh", "jadwal": "Jadwal contoh",
    "nip": "198001010000000000 (contoh)", "pegawai": "Pegawai Contoh",
}  # fmt: skip


def report(year: int) -> pd.DataFrame:
    """The report of one year under its 45 headings; amounts as integers, dates as text: 2024 in words, else ISO.

    One SP2D pays several rows, and its value is repeated on each of them.
    """
    rows = long(spent(), "realisasi_rp").query("tahun == @year").drop(columns="tahun")
    rows = rows.join(structure(), on="baris").assign(**CONSTANTS)
    rows["periode_spd"] = "Triwulan " + ((rows["bulan"] + 2) // 3).astype(str)
    day = 5 + (rows["baris"] * 7 + rows["bulan"] * 3) % 20
    when = pd.to_datetime({"year": year, "month": rows["bulan"], "day": day})
    for name, days in (("tanggal", when), ("disimpan", when.where(rows["bulan"] < 12, pd.Timestamp(year + 1, 1, 10)))):
        words = {
            day: format_date(day, "d MMMM y", locale="id_ID") if year == 2024 else day.date().isoformat()
            for day in days.unique()
        }
        rows[name] = days.map(words)

    big = rows["realisasi_rp"] > 10 * RETURNED  # of some documents a part was paid back
    returned = np.where(big & (stream(f"setoran {year}").random(len(rows)) < RETURNED_SHARE), RETURNED, 0)
    paid = rows["realisasi_rp"] + returned
    wages = rows["peran"] == "pegawai"
    direct = wages | (paid >= DIRECT)
    kind = direct.map({True: "LS", False: "GU"})
    line, month = (rows[name].astype("str").str.zfill(width) for name, width in (("baris", 4), ("bulan", 2)))
    head, tail = "CONTOH/" + kind + "/" + rows["id"] + "/" + month + "/", f"/{year}"
    paper = head + line + tail
    warrant = paper.where(direct & ~wages, head + "0000" + tail)
    rows = rows.assign(
        nilai_setoran=returned, nilai_realisasi=paid, nilai_sp2d=paid.groupby(warrant).transform("sum"),
        nomor=warrant.where(direct, paper), jenis_dokumen=np.where(direct, "SPP", "TBP"), jenis_transaksi=kind,
        sp2d="SP2D/" + warrant, spp="SPP/" + warrant, spm="SPM/" + warrant, spd="SPD/" + warrant,
    )  # fmt: skip
    return pd.DataFrame({heading: rows[column] for heading, column in COLUMNS.items()})

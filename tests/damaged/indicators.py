"""Lists of IKU with target and realisasi, written as offices write numbers."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pandas as pd

from damaged import saving
from damaged.page import Page
from damaged.planting import Damage, Pages, Paper
from pkanalysis.sample.catalogue import offices
from pkanalysis.sample.files import truth

OFFICES = ("DINKES", "DINSOS", "DKPS")
TARGET, DONE, DIRECTION, NAME, UNIT = "Target 2025", "Realisasi 2025", "Arah", "Indikator", "Satuan"
UNITS = {"persen": "%", "indeks": "indeks", "nilai": "nilai", "per 1.000": "per 1.000"}
SIGNS = {"naik_baik": "+", "turun_baik": "-"}


def clean() -> Pages:
    """A list of the indicators of three offices: target of the PK and the last quarter's realisasi of 2025."""
    rows = _rows()
    body = [
        [row["nama_opd"], row["nama_indikator"], UNITS[row["satuan"]], SIGNS[row["polaritas"]],
         _written(row["target"]), _written(row["nilai"])]
        for row in rows.to_dict("records")
    ]  # fmt: skip
    return [Page("IKU CONTOH", [["OPD", NAME, UNIT, DIRECTION, TARGET, DONE], *body])]


@cache
def _rows() -> pd.DataFrame:
    tables, own = truth(), offices().loc[list(OFFICES)]
    known = tables["indikator"].merge(own[["kode_opd", "nama_opd"]], on="kode_opd")
    known = known[known["satuan"].isin(UNITS) & known["polaritas"].isin(SIGNS)]
    target = tables["target"].query("tahun == 2025 and periode == 'tahunan' and dokumen == 'pk'")
    done = tables["realisasi"].query("tahun == 2025 and periode == 'TW4'").dropna(subset="nilai")
    rows = known.merge(target[["kode_indikator", "nilai"]].rename(columns={"nilai": "target"}), on="kode_indikator")
    return rows.merge(done[["kode_indikator", "nilai"]], on="kode_indikator")


def _written(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def _undated() -> Pages:
    (page,) = clean()
    page.rows[0] = [title.removesuffix(" 2025") for title in page.rows[0]]
    return [page]


def _two_readings(page: Page) -> tuple[str, str]:
    page.put(2, UNIT, "orang")
    return page.put(2, TARGET, "149,152"), page.put(2, DONE, "274302")


def _copy(page: Page) -> str:
    copy = page.repeat(1, NAME)
    page.put(2, DONE, "99,90")
    return copy


def _fractions(page: Page) -> str:
    for line in range(1, len(page.rows)):
        if page.cell(line, UNIT) == "%":
            for heading in (TARGET, DONE):
                number = float(page.cell(line, heading).replace(",", "."))
                page.put(line, heading, f"{number / 100:.4f}".replace(".", ","))
    return ""


def _untold(page: Page) -> str:
    page.cut(DIRECTION)
    return ""


def _reversed(page: Page) -> str:
    line = next(line for line in range(1, len(page.rows)) if page.cell(line, DIRECTION) == "+")
    page.put(line, NAME, "Angka kemiskinan (contoh)")
    return page.place(line, DIRECTION)


def messy() -> Pages:
    """The list with values as offices write them: a range with its predicate, words for what is missing, a tab."""
    (page,) = clean()
    for line, value in ((1, "70-80 BB"), (4, "WTP")):
        page.put(line, TARGET, value)
    for line, value in ((2, "Belum Rilis BPS"), (3, "n/a"), (4, "WTP"), (6, "100%\t")):
        page.put(line, DONE, value)
    return [page]


def _percent(page: Page) -> str:
    line = next(line for line in range(1, len(page.rows)) if page.cell(line, UNIT) == "%")
    return page.put(line, DONE, "274302")


FILES = (
    Paper("iku_2025_CONTOH.xlsx", clean, saving.as_workbook),
    Paper("iku_2025_apa_adanya_CONTOH.xlsx", messy, saving.as_workbook),
    Paper("iku_2025_ragu_CONTOH.xlsx", clean, saving.as_workbook, (
        Damage("target 0", "peringatan", lambda page: page.put(1, TARGET, "0")),
        Damage("arah kosong", "peringatan", lambda page: page.put(2, DIRECTION, "")),
        Damage("arah tidak dikenal", "peringatan", lambda page: page.put(3, DIRECTION, "entah")),
        Damage("target kosong", "peringatan", lambda page: page.put(4, TARGET, "")),
        Damage("pemisah ganda", "peringatan", lambda page: page.put(5, TARGET, "4,.9")),
        Damage("realisasi kosong", "peringatan", lambda page: page.put(6, DONE, "")),
        Damage("predikat dibandingkan dengan angka", "peringatan", lambda page: page.put(7, DONE, "BB")),
        Damage("nama indikator kosong", "peringatan", lambda page: page.put(8, NAME, "")),
        Damage("bukan angka", "peringatan", lambda page: page.put(9, TARGET, "8:30")),)),
    Paper("iku_2025_arah_CONTOH.xlsx", clean, saving.as_workbook, (
        Damage("arah tampak terbalik", "peringatan", _reversed),)),
    Paper("iku_2025_persen_CONTOH.xlsx", clean, saving.as_workbook, (
        Damage("angka tidak wajar untuk satuan persen", "peringatan", _percent),)),
    Paper("iku_2025_arti_ganda_CONTOH.xlsx", clean, saving.as_workbook, (
        Damage("Excel mengubah 1-2 menjadi tanggal", "peringatan",
               lambda page: page.put(1, TARGET, dt.date(2025, 2, 1))),
        Damage("149,152 dapat berarti ribuan atau pecahan", "peringatan", _two_readings),)),
    Paper("iku_tanpa_tahun_CONTOH.xlsx", _undated, saving.as_workbook, (
        Damage("tahun tidak tertulis di mana pun", "galat", lambda _: ""),)),
    Paper("iku_2025_ganda_CONTOH.xlsx", clean, saving.as_workbook, (
        Damage("indikator ganda dengan capaian lain", "peringatan", _copy),)),
    Paper("iku_2025_pecahan_CONTOH.xlsx", clean, saving.as_workbook, (
        Damage("persen ditulis sebagai pecahan 0-1", "peringatan", _fractions),)),
    Paper("iku_2025_tanpa_arah_CONTOH.xlsx", clean, saving.as_workbook, (
        Damage("tidak ada kolom arah", "peringatan", _untold),)),
    Paper("iku_2025_perbaikan_CONTOH.xlsx", clean, saving.as_workbook),
)  # fmt: skip

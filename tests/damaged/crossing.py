"""Files that are sound by themselves and wrong beside others: each follows the clean files that it contradicts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from damaged import accounts, indicators, lines, recaps, saving, spending, workbooks
from damaged.page import Page
from damaged.planting import Damage, Pages, Paper
from pkanalysis.sample.catalogue import offices

PAGU, SPENT = "PAGU", "Nilai Realisasi"
EARLIER = ("KEC08", "KEC09", "KEC10", "KEC11")
REGION = ("DPP", "DISPORA", "SATPOLPP", "INSPEKTORAT")


def _scaled(office: str, times: float) -> Pages:
    (page,) = recaps.recap("perubahan", office, year=2024)
    page.fill(PAGU, [int(page.cell(line, PAGU) * times) for line in range(1, len(page.rows))])
    return [page]


def _same() -> Pages:
    """The figures of murni under the name of perubahan."""
    return recaps.recap("murni", *EARLIER[2:], year=2024)


def _region() -> Pages:
    """The lines of four offices, all under the first one's code."""
    (page,), first = recaps.recap("murni", *REGION, year=2023), offices().loc[REGION[0]]
    for kind in ("SKPD", "SUB UNIT"):
        page.fill(f"KODE {kind}", [first["kode_opd"]] * (len(page.rows) - 1))
        page.fill(f"NAMA {kind}", [first["nama_opd"]] * (len(page.rows) - 1))
    return [page]


def _cumulative() -> Pages:
    """January to June of 2024 under the label of June."""
    rows = lines.tree(REGION[3], year=2024)
    rows["jumlah"] = rows[list(range(1, 7))].sum(axis=1)
    return accounts.statement("periode 1 Juni s.d. 30 Juni 2024", REGION[3], rows, "jumlah")


def _above_pagu(page: Page) -> str:
    """Raise the last document of the first line beyond any pagu."""
    first = [page.cell(1, heading) for heading in lines.KEYS]
    own = [line for line in range(1, len(page.rows)) if [page.cell(line, heading) for heading in lines.KEYS] == first]
    page.put(own[-1], SPENT, 900_000_000_000)
    return page.whole(own[-1])


def _renamed(office: str, name: str) -> Pages:
    """The list of indicators with another name for one office."""
    (page,), own = indicators.clean(), offices().loc[office, "nama_opd"]
    page.fill("OPD", [name if row[0] == own else row[0] for row in page.rows[1:]])
    return [page]


def _first(name: str) -> Callable[[Page], str]:
    """The first line of the office of that name."""
    return lambda page: page.whole(page.line(name))


def _titled(page: Page) -> str:
    page.rows.insert(0, ["REKAP PERUBAHAN APBD"])
    page.head = 1
    return ""


def _whole(_: Page) -> str:
    return ""


def _clean(stage: str, year: int, *own: str) -> Paper:
    return Paper(f"rekap5_{year}_{stage}_CONTOH.xlsx", lambda: recaps.recap(stage, *own, year=year), saving.as_workbook)


def _bad(file: str, make: Any, what: str, do: Any, is_refused: bool = False) -> Paper:
    return Paper(file, make, saving.as_workbook, (Damage(what, "peringatan", do),), is_refused)


FILES = (
    _clean("murni", 2024, *EARLIER),
    _bad("rekap5_2024_perubahan_ribuan_CONTOH.xlsx", lambda: _scaled("KEC08", 1 / 1000),
         "satu tahap seperseribu tahap tetangganya", lambda page: page.whole(1)),
    _bad("rekap5_2024_perubahan_258_kali_CONTOH.xlsx", lambda: _scaled("KEC09", 258),
         "satu tahap 258 kali tahap tetangganya", lambda page: page.whole(1)),
    _bad("rekap5_2024_perubahan_sama_CONTOH.xlsx", _same,
         "tahap murni diimpor dengan nama tahap perubahan", _whole, is_refused=True),
    _clean("murni", 2023, *REGION),
    _bad("rekap5_2023_perubahan_sekota_CONTOH.xlsx", _region,
         "laporan seluruh daerah diunggah sebagai milik satu OPD", _whole, is_refused=True),
    _clean("perubahan", 2023, *REGION[1:3]),
    _bad("laporan_realisasi_2023_lebih_CONTOH.xlsx", lambda: spending.documents(*REGION[1:3], year=2023),
         "realisasi setahun melebihi pagu di berkas lain", _above_pagu),
    Paper("laporan_realisasi_2024_CONTOH.xlsx", lambda: spending.documents(REGION[3], year=2024), saving.as_workbook),
    _bad("lra_2024_juni_kumulatif_CONTOH.xlsx", _cumulative,
         "angka kumulatif berlabel satu bulan", _whole, is_refused=True),
    _bad("rekap5_2024_murni_tahun_lain_CONTOH.xlsx", lambda: recaps.recap("murni", "KEC08", year=2025),
         "nama berkas menyebut tahun lain dari isinya", _whole, is_refused=True),
    _bad("rekap5_2024_murni_judul_CONTOH.xlsx", lambda: recaps.recap("murni", "KEC10", year=2024),
         "judul menyebut tahap lain dari nama berkasnya", _titled),
    _bad("rekap5_2025_murni_Dinas_Sosial_CONTOH.xlsx", lambda: recaps.recap("murni", "BAPPEDA", year=2025),
         "nama berkas menyebut OPD lain dari isinya", _whole, is_refused=True),
    Paper("rekap5_2023_murni_seluruh_opd_CONTOH.xlsx", lambda: recaps.recap("murni", *offices().index, year=2023),
          saving.as_workbook),
    Paper("ISIAN_2025_TW3_PARBUD_CONTOH.xlsx", list, partial(workbooks.write, office="PARBUD")),
    Paper("ISIAN_2025_TW3_ARPUS_CONTOH.xlsx", list, partial(workbooks.write, office="ARPUS")),
    _bad("iku_2025_singkatan_CONTOH.xlsx", lambda: _renamed("DINSOS", "DKP"),
         "singkatan yang dipakai dua OPD", _first("DKP")),
    _bad("iku_2025_salah_eja_CONTOH.xlsx", lambda: _renamed("DINKES", "Dinas Kesehtan (contoh)"),
         "nama OPD salah eja", _first("Dinas Kesehtan (contoh)")),
    _bad("iku_2025_tak_dikenal_CONTOH.xlsx", lambda: _renamed("DKPS", "Dinas Antah Berantah"),
         "nama OPD yang tidak dikenal", _first("Dinas Antah Berantah")),
)  # fmt: skip

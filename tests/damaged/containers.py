"""Rekap5 in files that do not open, are cut off, or do not say what they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from damaged import saving
from damaged.page import Page
from damaged.planting import Damage, Pages, Paper
from damaged.recaps import PAGU, clean, file_name


def _refused(
    name: str, what: str, save: Callable[[Path, Pages], None] = saving.as_workbook,
    do: Callable[[Page], str] = lambda _: "",
) -> Paper:  # fmt: skip
    return Paper(name, clean, save, (Damage(what, "galat", do),), is_refused=True)


def _cut_list(path: Path, pages: Pages) -> None:
    """Write a CSV that ends in the middle of its last line."""
    saving.as_csv(path, pages)
    path.write_bytes(path.read_bytes()[:-40])


def _cut_json(path: Path, pages: Pages) -> None:
    saving.as_json(path, pages)
    path.write_bytes(path.read_bytes()[:-200])


def _without(page: Page) -> str:
    page.rows[0][page.column(PAGU)] = "KETERANGAN"
    return ""


FILES = (
    Paper(file_name("terpotong", "csv"), lambda: [Page(file_name("terpotong", "")[:-1], clean()[0].rows)], _cut_list, (
        Damage("CSV terpotong di tengah baris", "galat", lambda page: (page.place(-1, PAGU), page.whole(-1))),)),
    _refused(file_name("terpotong", "json"), "JSON terpotong", _cut_json),
    _refused(file_name("membengkak"), "menjadi sangat besar bila dibuka", saving.as_swelling_workbook),
    _refused(file_name("sel_jauh"), "sel nyasar jauh di luar tabel", saving.as_workbook_with_stray_cell),
    _refused("rekap5_2025_tanpa_tahap_CONTOH.xlsx", "tahap tidak tertulis"),
    _refused("rekap5_2025_murni_dan_perubahan_CONTOH.xlsx", "nama berkas menyebut dua tahap"),
    _refused(file_name("tanpa_judul"), "judul kolom PAGU tidak ada", do=_without),
    _refused(file_name("terpotong"), "berkas terpotong", saving.as_cut_workbook),
    _refused(file_name("terkunci"), "terkunci kata sandi", saving.as_locked_workbook),
    _refused(file_name("kosong"), "berkas kosong", saving.as_empty_file),
)  # fmt: skip

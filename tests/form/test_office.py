"""The whole workbook recalculated by LibreOffice, where that is installed (slow tests)."""

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from pkanalysis import achievement
from pkanalysis.intake.book import open_book
from pkanalysis.intake.layouts import form
from pkanalysis.intake.layouts.form.layout import BY_NAME
from pkanalysis.vocabulary import LABELS

OFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice tidak terpasang; rumus diperiksa test_green_cells saja"),
]


def saved_by_office(path: Path) -> Path:
    """Let LibreOffice open, compute and save the workbook."""
    profile = (path.parent / "profile").as_uri()
    command = [str(OFFICE), f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(path.parent / "saved"), str(path)], check=True, capture_output=True)
    return path.parent / "saved" / path.name


def column(page, sheet, field):
    return [row[BY_NAME[sheet].position(field)] for row in page.iter_rows(min_row=7, values_only=True)]


def test_prefilled_workbook_computes_what_the_application_computes(written, tables, read):
    data = tables(12)
    saved = saved_by_office(written(data))
    page = openpyxl.load_workbook(saved, data_only=True)["4_REALISASI"]
    card = achievement.scorecard(data, 2025, "TW3").set_index("kode_indikator")
    codes = column(page, "4_REALISASI", "kode_indikator")
    for name, own in (("sampai_dengan", "realisasi"), ("capaian", "capaian_berlaku"), ("target", "target_perubahan")):
        computed = pd.to_numeric(pd.Series(column(page, "4_REALISASI", name), index=codes))
        pd.testing.assert_series_equal(computed, card.loc[codes, own], check_names=False, rtol=1e-9)
    back = read(open_book(saved)).tables
    for name, frame in read(open_book(written(data))).tables.items():
        pd.testing.assert_frame_equal(back[name], frame)


def test_blank_workbook_typed_by_hand_computes_and_reads(tmp_path, config, read):
    path = tmp_path / "isian.xlsx"
    form.write_blank(path, config, 2025, "TW3")
    book = openpyxl.load_workbook(path)

    def type_in(sheet, row, **values):
        for name, value in values.items():
            book[sheet].cell(row, BY_NAME[sheet].position(name) + 1).value = value

    for row, value in zip((7, 8, 17, 18, 19), ("9.99", "Dinas Uji", "2025-09-30", "Kasubbag", "Draf"), strict=True):
        book["1_IDENTITAS"].cell(row, 2).value = pd.Timestamp(value) if row == 17 else value
    kinds = {"U-1": ("jumlah", "naik_baik"), "U-2": ("rata_rata", "turun_baik"), "U-3": ("kumulatif", "rentang")}
    for row, (code, (kind, direction)) in enumerate(kinds.items(), 7):
        words = {"agregasi": LABELS["agregasi"][kind], "polaritas": LABELS["polaritas"][direction]}
        type_in("2_INDIKATOR", row, kode_indikator=code, nama_indikator=f"Uji {code}", tingkat="IKU OPD", **words)
        for offset, (document, number) in enumerate((("PK", 0), ("PK Perubahan", 1))):
            type_in("3_TARGET", 2 * row - 7 + offset, kode_indikator=code, dokumen=document, ke=number, tahun=2025,
                    TW3=60 - number)  # fmt: skip
        for offset, (period, value) in enumerate((("TW I", 10), ("TW II", 20))):
            type_in("4b_RIWAYAT", 2 * row - 7 + offset, kode_indikator=code, tahun=2025, periode=period, nilai=value,
                    status="Final", sumber="x")  # fmt: skip
        type_in("4_REALISASI", row, kode_indikator=code, nilai=30, status="Final", sumber="x")
    book.save(path)
    saved = saved_by_office(path)
    page = openpyxl.load_workbook(saved, data_only=True)["4_REALISASI"]
    assert column(page, "4_REALISASI", "nama_indikator")[:3] == ["Uji U-1", "Uji U-2", "Uji U-3"]
    assert column(page, "4_REALISASI", "target")[:3] == [59, 59, 59]
    assert column(page, "4_REALISASI", "tw_lalu")[:3] == [20, 20, 20]
    assert column(page, "4_REALISASI", "sampai_dengan")[:3] == [60, 20, 30]
    expected = [100 * 60 / 59, 100 * (2 * 59 - 20) / 59, 100 * 30 / 59]
    assert column(page, "4_REALISASI", "capaian")[:3] == pytest.approx(expected)
    assert not any(column(page, "4_REALISASI", "capaian")[3:])
    reading = read(open_book(saved))
    assert not reading.has_errors
    assert len(reading.tables["realisasi"]) == 9
    assert reading.slices[0].opd == ("9.99",)


def test_verdict(written, tables):
    data = tables(2)
    data["perubahan_anggaran"]["sebab"] = "gaji"
    path = written(data)
    book = openpyxl.load_workbook(path)
    assert verdict(saved_by_office(path)) == "BELUM LENGKAP: 3 hal"
    for row, value in ((17, pd.Timestamp(2025, 9, 30)), (18, "Kasubbag"), (19, "Draf")):
        book["1_IDENTITAS"].cell(row, 2).value = value
    book.save(path)
    assert verdict(saved_by_office(path)) == "SIAP DIKIRIM"


def verdict(path):
    return openpyxl.load_workbook(path, data_only=True)["9_PERIKSA"]["A6"].value

"""Personal data in free text is masked, told at its cell and never repeated; codes and numbers stay."""

from pathlib import Path

import pandas as pd
import pytest

from pkanalysis.intake import personal, read
from pkanalysis.intake.book import Book
from pkanalysis.intake.personal import discreet, masked
from pkanalysis.intake.reading import Reading
from pkanalysis.tables import conform

NIP, PPPK, NIK, PHONE, MAIL = (
    "19850120 201001 1 001", "198501202021211001", "3171015505850001", "0812-3456-7890", "budi@contoh.id",
)  # fmt: skip


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("198501202010011001", "NIP"),
        (NIP, "NIP"),
        ("NIP.19850120.201001.1.001", "NIP"),
        ("19850120-201001-2-014", "NIP"),
        (PPPK, "NIP"),
        ("NIP 198502302010011001", "NIP"),  # a slip in the date does not make it anybody else's
        (NIK, "NIK"),
        ("3171 0115 0585 0001", "NIK"),
        ("317101 150585 0001", "NIK"),
        ("NIK: 3171019905850001", "NIK"),
        ("081234567890", "nomor telepon"),
        (PHONE, "nomor telepon"),
        ("0812 3456 7890", "nomor telepon"),
        ("+62 812-3456-7890", "nomor telepon"),
        ("6281234567890", "nomor telepon"),
        ("wa.me/6281234567890", "nomor telepon"),
        ("(0812.3456.7890)", "nomor telepon"),
        (MAIL, "alamat surel"),
        ("budi.s+lapor@sub.dinas.go.id", "alamat surel"),
    ],
)
def test_each_kind_in_each_form_is_found_and_nothing_of_it_remains(written, kind):
    words, kinds = masked(f"Hubungi Budi, {written}.")
    assert kinds == (kind,)
    assert f"[{kind} dihapus]" in words
    assert not any(digit in words for digit in "0123456789@")
    assert words.startswith("Hubungi Budi, ")
    assert words.endswith(".")


@pytest.mark.parametrize(
    "written",
    [
        "1.02.0.00.0.00.01.0000", "10200000010000", "5.1.02.04.01.0001", "510204010001", "51020400100001",
        "5.1.02.04.001.00001", "1.01.02.2.01.0001", "Rp 81.234.567.890", "Rp 628.123.456.789", "7.381.011.000.00",
        "1234567890123456", "198513452010011001", "123456789012345678", "9901015505850001", "3171013205850001",
        "900/0812/BPKAD/2025", "800/1985/2010", "SP2D 1571/00081/LS/2025", "08-12-2025", "20250812", "2025-08-12",
        "0741-123456", "085 anggota", "4,0812345678", "1/0812345678", "https://contoh.id/2025/198501", "12 @ Rp 5.000",
    ],
)  # fmt: skip
def test_codes_amounts_dates_and_document_numbers_are_no_personal_data(written):
    assert masked(f"lihat {written} di lampiran") == (f"lihat {written} di lampiran", ())


def analysis(**columns):
    rows = pd.DataFrame(columns).assign(kode_indikator="i", kode_opd="X1", tahun=2025, periode="TW1", lembar="7")
    return conform("analisis", rows.assign(baris=range(3, 3 + len(rows))))


def cleaned(frame, cells):
    return discreet(Book(Path("a.xlsx"), {"7": cells}), Reading("isian", "", {"analisis": frame}))


def test_every_cell_that_held_some_is_named_with_its_kinds_and_masked_in_the_table():
    texts = [f"Ditangani {NIP} dan {PHONE}", "Lancar", f"lapor {MAIL}"]
    reading = cleaned(analysis(upaya=texts), [[], [], ["i", texts[0]], ["i", texts[1]], ["i", "", texts[2]]])
    assert [(item.severity, item.sheet, item.place, item.column) for item in reading.findings] == [
        ("peringatan", "7", "B3", "upaya"), ("peringatan", "7", "C5", "upaya"),
    ]  # fmt: skip
    assert "NIP dan nomor telepon (data pribadi menurut UU 27/2022)" in reading.findings[0].rule
    assert reading.tables["analisis"]["upaya"].tolist() == [
        "Ditangani [NIP dihapus] dan [nomor telepon dihapus]", "Lancar", "lapor [alamat surel dihapus]",
    ]  # fmt: skip
    said = " ".join(item.sentence for item in reading.findings)
    assert not any(secret in said for secret in (NIP, PHONE, MAIL))


def test_a_cell_that_is_not_found_is_told_by_its_line():
    (found,) = cleaned(analysis(upaya=[MAIL]), []).findings
    assert found.place == "baris 3"


def test_many_cells_are_counted_beyond_the_first(monkeypatch):
    monkeypatch.setattr(personal, "MOST_CELLS", 2)
    findings = cleaned(analysis(upaya=[MAIL, f"x {MAIL}", f"y {MAIL}"]), []).findings
    assert [item.place for item in findings] == ["baris 3", "baris 4", ""]
    assert findings[-1].rule.startswith("1 baris lain juga berisi data pribadi")


def test_empty_texts_keys_and_types_stay_as_they_were():
    frame = analysis(upaya=[MAIL, None], faktor_pendorong=["a", None])
    reading = cleaned(frame, [])
    assert reading.tables["analisis"].dtypes.equals(frame.dtypes)
    assert reading.tables["analisis"]["upaya"].isna().tolist() == [False, True]


def test_a_file_on_disk_is_read_without_them(workbook, config):
    headings = ["TAHUN", "KODE SKPD", "NAMA SKPD", "KODE SUB KEGIATAN", "KODE REKENING", "NAMA PAKET", "PAGU"]
    row = [2025, "1.01", "Dinas Uji", "1.01.01.2.06.0009", "5.1.02.04.01.0001"]
    rows = [headings, [*row, f"Rapat ({NIP})", 5], [*row, "Rapat 5.1.02.04.01.0001", 6]]
    reading = read(workbook("murni.xlsx", {"A": rows}), config)
    (found,) = [item for item in reading.findings if item.severity == "peringatan"]
    assert (found.place, found.column, found.value) == ("F2", "paket", "Rapat ([NIP dihapus])")
    assert reading.tables["anggaran"]["paket"].tolist() == ["Rapat ([NIP dihapus])", "Rapat 5.1.02.04.01.0001"]


def test_what_another_finding_repeats_is_masked_too(workbook, config):
    headings = ["TAHUN", "KODE SKPD", "NAMA SKPD", "KODE SUB KEGIATAN", "KODE REKENING", "PAGU"]
    rows = [headings, [2025, "1.01", "Dinas Uji", "1.01.01.2.06.0009", "5.1.02.04.01.0001", f"tanya {PHONE}"]]
    reading = read(workbook("murni.xlsx", {"A": rows}), config)
    assert reading.has_errors
    assert "tanya [nomor telepon dihapus]" in [item.value for item in reading.findings]
    assert not any(PHONE in item.sentence for item in reading.findings)

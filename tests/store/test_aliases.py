"""Names of OPD that ``[alias_opd]`` confirms are read as the code that it gives; no other name is."""

import xlsxwriter

from pkanalysis.store.importing import create, take

TOML = """[ruang_kerja]
jenis = "nyata"
daerah = "Kota Uji"

[[tahap]]
tahun = 2025
kode = "murni"
nama = "Murni"

[alias_opd]
"dinas  UJI lama" = "1.01.0.00.0.00.01.0000"
"""
RECAP = [["TAHUN", "KODE SKPD", "NAMA SKPD", "KODE SUB KEGIATAN", "KODE REKENING", "PAGU"],
         [2025, "1.01.0.00.0.00.01.0000", "Dinas Uji", "1.01.01.2.06.0009", "5.1.02.01.01.0024", 900]]  # fmt: skip


def lra(name):
    return [["Periode 1 s.d. 31 Maret 2025"], ["SKPD", ":", name], ["KODE REKENING", "URAIAN", "ANGGARAN", "REALISASI"],
            ["5.1.02", "Barang", 5, 3], ["5.1.02.01.01.0024", "Alat Tulis", 5, 3]]  # fmt: skip


def book(path, rows):
    with xlsxwriter.Workbook(str(path)) as written:
        sheet = written.add_worksheet("Isi")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def test_a_confirmed_name_is_read_as_its_code_and_the_official_name_stays(tmp_path):
    workspace = create(tmp_path / "kerja", TOML)
    take(workspace, book(tmp_path / "rekap_murni.xlsx", RECAP))
    reading = take(workspace, book(tmp_path / "lra.xlsx", lra("Dinas Uji Lama")))
    assert workspace["realisasi_anggaran"]["kode_opd"].tolist() == ["1.01.0.00.0.00.01.0000"]
    assert workspace["opd"][["kode_opd", "nama_opd"]].values.tolist() == [["1.01.0.00.0.00.01.0000", "Dinas Uji"]]
    assert reading.slices[0].opd == ("1.01.0.00.0.00.01.0000",)
    assert [item.value for item in reading.findings if "[alias_opd]" in item.rule] == ["Dinas Uji Lama"]


def test_another_name_is_stored_as_it_is_and_its_likeness_is_only_told(tmp_path):
    workspace = create(tmp_path / "kerja", TOML)
    take(workspace, book(tmp_path / "rekap_murni.xlsx", RECAP))
    reading = take(workspace, book(tmp_path / "lra.xlsx", lra("Dinas Ujii")))
    assert sorted(workspace["opd"]["kode_opd"]) == ["1.01.0.00.0.00.01.0000", "DINAS-UJII"]
    (told,) = [item for item in reading.findings if "mungkin sama dengan" in item.rule]
    assert told.remedy == 'bila sama, tulis di [alias_opd] pkanalysis.toml: "Dinas Ujii" = "1.01.0.00.0.00.01.0000"'

import re
from pathlib import Path

import pytest
from paths import shared

from pkanalysis import store
from pkanalysis.config import Config, Stage
from pkanalysis.errors import PkError
from pkanalysis.intake import LAYOUTS, read
from pkanalysis.intake.sheets import open_book

MONTHS = ["Januari", "Pebruari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
          "Nopember", "Desember"]  # fmt: skip
HEAD = """\
DOKUMEN PELAKSANAAN ANGGARAN
SATUAN KERJA PERANGKAT DAERAH FORMULIR
Kota Uji DPA RINCIAN BELANJA SKPD
TAHUN ANGGARAN 2026
Nomor DPA : DPA/A.1/9.99.0.00.0.00.01.0000/001/2026
Bidang Urusan : 9.99 - URUSAN PEMERINTAHAN BIDANG UJI
Program : 9.99.02 - PROGRAM UJI
Kegiatan : 9.99.02.1.01 - KEGIATAN UJI YANG NAMANYA
SAMPAI DUA BARIS
Organisasi : 9.99.0.00.0.00.01.0000 - Dinas Uji
Unit : 9.99.0.00.0.00.01.0000 - Dinas Uji
Alokasi Tahun : Rp1.500,00
Sub Kegiatan : 9.99.02.1.01.0001 - Pengujian
Sumber Pendanaan : PENDAPATAN ASLI DAERAH (PAD)
Waktu Pelaksanaan : Mulai Januari Sampai Desember"""
TABLE = "Kode Rekening Uraian\nRincian Perhitungan Jumlah\nKoefisien / Volume Satuan Harga PPN (Rp)"
FIRST = """\
5 BELANJA DAERAH Rp1.500,00
5.1 BELANJA OPERASI Rp1.500,00
5.1.02 Belanja Barang dan Jasa Rp1.500,00
5.1.02.01 Belanja Barang Rp1.000,00
5.1.02.01.001 Belanja Barang Pakai Habis Rp1.000,00
5.1.02.01.001.00024 Belanja Alat Tulis Kantor Rp1.000,00
[ # ] Alat Tulis
Sumber Dana: PENDAPATAN ASLI DAERAH (PAD)
Rp600,00
[ - ] Alat Tulis Rp600,00
5 Kotak Kotak Rp100,00 0% Rp500,00
5.1.02.01.001.00025 Kertas yang namanya serupa rekening 1 Rim Rp100,00 0% Rp100,00
[ # ] Kertas
Sumber Dana: DANA UJI
Rp400,00
5.1.02.04.001.00009 Sewa yang induknya tidak tertulis Rp400,00"""
SECOND = """\
5.1.02.04 Belanja Perjalanan Dinas Rp500,00
5.1.02.04.001 Belanja Perjalanan Dinas Dalam Negeri Rp500,00
5.1.02.04.001.00001 Belanja Perjalanan Dinas yang namanya
sampai dua baris Rp500,00"""
END = "Jumlah Anggaran Sub Kegiatan Rp1.500,00"


def document(*pages):
    """A PDF with one text line per line of each page, Helvetica, without compression."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    for page in pages:
        marks = "".join(
            f"BT /F1 7 Tf 20 {820 - 10 * row} Td ({line.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) Tj ET\n"
            for row, line in enumerate(page.splitlines())
        )
        content = len(objects) + 2
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {content} 0 R"
                       "/Resources<</Font<</F1 3 0 R>>>>>>")  # fmt: skip
        objects.append(f"<</Length {len(marks)}>>stream\n{marks}endstream")
    kids = " ".join(f"{number} 0 R" for number in range(4, len(objects) + 1, 2))
    objects[1] = f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>"
    body, places = "%PDF-1.4\n", []
    for number, item in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{item}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    tail = f"trailer\n<</Root 1 0 R/Size {size}>>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}{tail}".encode("latin-1")


@pytest.fixture
def config():
    return Config("nyata", "Kota Uji", tuple(Stage(2026, code, code) for code in ("murni", "perubahan")))


@pytest.fixture
def dpa(tmp_path):
    def write(*pages, name="dpa_murni.pdf") -> Path:
        path = tmp_path / name
        path.write_bytes(document(*pages))
        return path

    return write


def months(amount, signature=True):
    lines = [f"{name} Rp{amount},00" for name in MONTHS]
    if signature:
        lines[0] = f"Kota Uji, 2 Januari 2026 {lines[0]} KEPALA DINAS UJI"
        lines[5] = f"{lines[5]} NIP. -"
    return "\n".join(["Rencana Penarikan Dana per Bulan", *lines, f"Jumlah Rp{12 * amount},00"])


@pytest.fixture
def whole(dpa):
    return dpa("\n".join([HEAD, TABLE, FIRST]), "\n".join([TABLE, SECOND, END, months(125)]))


def test_only_accounts_of_level_six_are_lines(whole, config):
    reading = read(whole, config)
    lines = reading.tables["anggaran"]
    assert reading.layout == "dpa"
    assert reading.findings == []
    assert lines[["kode_rekening", "nama_sumber_dana", "pagu_rp", "lembar"]].values.tolist() == [
        ["5.1.02.01.01.0024", "PENDAPATAN ASLI DAERAH (PAD)", 600, "halaman 1"],
        ["5.1.02.01.01.0024", "DANA UJI", 400, "halaman 1"],
        ["5.1.02.04.01.0001", "PENDAPATAN ASLI DAERAH (PAD)", 500, "halaman 2"],
    ]
    assert lines.loc[2, "nama_rekening"] == "Belanja Perjalanan Dinas yang namanya sampai dua baris"
    assert lines.loc[0, "nama_kegiatan"] == "KEGIATAN UJI YANG NAMANYA SAMPAI DUA BARIS"
    assert set(lines["tahap"]) == {"murni"}
    assert reading.tables["opd"]["nama_opd"].tolist() == ["Dinas Uji"]


def test_months_stand_beside_the_signature(whole, config):
    plan = read(whole, config).tables["rencana_kas"]
    assert plan["bulan"].tolist() == list(range(1, 13))
    assert set(plan["rencana_rp"]) == {125}
    assert set(plan["kode_sub_kegiatan"]) == {"9.99.02.1.01.0001"}


def test_the_header_of_every_page_is_no_new_document(dpa, config):
    path = dpa("\n".join([HEAD, TABLE, FIRST]), "\n".join([HEAD, TABLE, SECOND, END, months(125, signature=False)]))
    reading = read(path, config)
    assert reading.findings == []
    assert reading.tables["anggaran"]["pagu_rp"].sum() == 1500


def test_two_sub_kegiatan_in_one_document(dpa, config):
    second = HEAD.replace("9.99.02.1.01.0001 - Pengujian", "9.99.02.1.01.0002 - Pengujian lagi")
    pages = ["\n".join([HEAD, TABLE, FIRST, SECOND, END]), "\n".join([second, TABLE, FIRST, SECOND, END])]
    reading = read(dpa(*pages), config)
    assert reading.tables["anggaran"].groupby("kode_sub_kegiatan")["pagu_rp"].sum().tolist() == [1500, 1500]
    assert reading.slices[0].activities == ("9.99.02.1.01.0001", "9.99.02.1.01.0002")


@pytest.mark.parametrize(
    ("old", "new", "severity", "place", "rule"),
    [
        ("Dinas yang namanya\nsampai dua baris Rp500", "Dinas\nsampai Rp501", "galat", "baris 5", "lebih 1"),
        (END, "Jumlah Anggaran Sub Kegiatan Rp1.501,00", "galat", "baris 19", "jumlah rekening enam ruas adalah 1500"),
        ("Maret Rp125", "Maret Rp126", "peringatan", "baris 19", "jumlah 12 bulan rencana kas"),
        ("April Rp125", "Maret Rp125", "galat", "baris 19", "bulan yang tertulis dua kali"),
        ("Desember Rp125", "Desember Rp1x5", "peringatan", "baris 19", "jumlah 12 bulan"),
    ],
)
def test_what_does_not_reconcile_is_told_with_both_figures(dpa, config, old, new, severity, place, rule):
    text = "\n".join([TABLE, SECOND, END, months(125)])
    assert old in text
    reading = read(dpa("\n".join([HEAD, TABLE, FIRST]), text.replace(old, new)), config)
    assert any(item.severity == severity and item.place == place and rule in item.rule for item in reading.findings)


def test_a_cut_document_keeps_the_rest_on_its_objek_with_a_warning(dpa, config):
    reading = read(dpa("\n".join([HEAD, TABLE, FIRST, *SECOND.splitlines()[:2]])), config)
    assert reading.tables["anggaran"][["kode_rekening", "pagu_rp"]].values.tolist()[-1] == ["5.1.02.04.01", 500]
    assert [item.severity for item in reading.findings] == ["peringatan", "peringatan", "catatan"]


def test_a_document_cut_before_its_objek_is_kept_out(dpa, config, severities):
    reading = read(dpa("\n".join([HEAD, TABLE, FIRST])), config)
    assert reading.has_errors
    assert "rincian rekeningnya kurang 500" in severities(reading, "galat")[0].rule


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("TAHUN ANGGARAN 2026", "TAHUN ANGGARAN", "TAHUN ANGGARAN tidak tertulis"),
        ("9.99.0.00.0.00.01.0000 - Dinas", "Dinas", "Organisasi tidak tertulis"),
        ("5.1.02.01.001.00024", "5.1.02.01.0x1.00024", "tidak ada baris rekening enam ruas"),
    ],
)
def test_a_damaged_head_keeps_the_document_out(dpa, config, old, new, rule):
    reading = read(dpa("\n".join([HEAD, TABLE, FIRST]).replace(old, new)), config)
    assert rule in [item.rule for item in reading.findings if item.severity == "galat"]
    assert reading.tables == {}


def test_the_numbering_of_2019_keeps_the_document_out(dpa, config, severities):
    lines = re.sub(r"\.0(\d\d)(?:\.00(\d{3}))?(?= )", r".\1.\2", f"{FIRST}\n{SECOND}").replace(". ", " ")
    reading = read(dpa("\n".join([HEAD, TABLE, lines, END])), config)
    assert "Permendagri 90/2019" in severities(reading, "galat")[0].rule
    assert reading.tables == {}


def test_the_stage_must_be_known(dpa, config, severities):
    reading = read(dpa("\n".join([HEAD, TABLE, FIRST, SECOND, END]), name="dpa.pdf"), config)
    assert severities(reading, "galat")[0].rule == "tahap tidak tertulis di nama berkas"


def test_a_pdf_without_text_is_refused_in_one_sentence(dpa):
    with pytest.raises(PkError, match="tidak punya lapisan teks"):
        open_book(dpa("", ""))


@pytest.mark.parametrize("damage", [lambda content: content[:20], lambda content: b"%PDF-1.4\n", lambda content: b"x"])
def test_a_damaged_pdf_is_refused_in_one_sentence(tmp_path, damage):
    path = tmp_path / "rusak dokumen é.pdf"
    path.write_bytes(damage(document(HEAD)))
    with pytest.raises(PkError, match="bukan PDF yang utuh"):
        open_book(path)


@pytest.mark.parametrize("part", [0.3, 0.5, 0.7, 0.9, 0.97])
def test_a_truncated_document_is_never_taken_for_whole(dpa, config, whole, part):
    content = whole.read_bytes()
    whole.write_bytes(content[: int(len(content) * part)])
    try:
        reading = read(whole, config)
    except PkError:
        return
    assert reading.has_errors or any(item.severity == "peringatan" for item in reading.findings)


def test_another_sub_kegiatan_of_the_same_office_is_another_slice(tmp_path, dpa, config):
    text = (
        '[ruang_kerja]\njenis = "nyata"\ndaerah = "Kota Uji"\n[[tahap]]\ntahun = 2026\nkode = "murni"\nnama = "Murni"\n'
    )
    workspace = store.create(tmp_path / "ruang", text)
    second = HEAD.replace("01.0001 - Pengujian", "01.0002 - Lain").replace("2 Januari", "3 Januari")
    corrected = FIRST.replace("Rp600", "Rp700").replace("Rp400,00\n5.1", "Rp300,00\n5.1")
    for number, (head, lines) in enumerate([(HEAD, FIRST), (second, FIRST), (HEAD, corrected)]):
        store.take(workspace, dpa("\n".join([head, TABLE, lines, SECOND, END]), name=f"{number}_murni.pdf"))
    lines = workspace["anggaran"]
    assert lines.groupby("kode_sub_kegiatan")["pagu_rp"].sum().tolist() == [1500, 1500]
    assert sorted(lines["pagu_rp"]) == [300, 400, 500, 500, 600, 700]


@pytest.mark.parametrize(("number", "total"), [("0005", 213_924_275), ("0006", 918_886_900)])
def test_the_bali_documents_have_their_published_totals(config, number, total):
    path = shared("real", f"bali_sipd_dpa_2.21.02.1.01.{number}.pdf")
    reading = read(path, config, "murni")
    lines = reading.tables["anggaran"]
    assert [layout.name for layout in LAYOUTS if layout.recognise(open_book(path))] == ["dpa"]
    assert lines["pagu_rp"].sum() == total
    assert not reading.has_errors
    assert set(lines["kode_sub_kegiatan"]) == {f"2.21.02.1.01.{number}"}


def test_the_cut_bali_document_says_what_is_missing(config, severities):
    reading = read(shared("real", "bali_sipd_dpa_2.21.02.1.01.0006.pdf"), config, "murni")
    rest = reading.tables["anggaran"].iloc[-1]
    assert (rest["kode_rekening"], rest["pagu_rp"]) == ("5.2.02.10", 678_500)
    assert "678500" in severities(reading, "peringatan")[0].rule

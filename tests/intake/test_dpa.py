import re
from pathlib import Path

import pytest
from paths import shared
from sipd_pdfs import END, FIRST, HEAD, SECOND, TABLE, document, months

from pkanalysis import store
from pkanalysis.config import Config, Stage
from pkanalysis.errors import PkError
from pkanalysis.intake import LAYOUTS, read
from pkanalysis.intake.book import open_book


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


def test_two_months_on_a_line(dpa, config):
    lines = months(125, signature=False).splitlines()
    pairs = [f"{lines[place]} {lines[place + 6]}" for place in range(1, 7)]
    reading = read(dpa("\n".join([HEAD, TABLE, FIRST, SECOND, END, lines[0], *pairs, lines[-1]])), config)
    assert reading.findings == []
    assert sorted(reading.tables["rencana_kas"]["bulan"]) == list(range(1, 13))


def test_a_head_of_another_office_and_a_title_over_two_lines(dpa, config):
    head = HEAD.replace("DPA RINCIAN BELANJA", "DPA-RINCIAN\nBELANJA").replace(" - Pengujian", " Pengujian")
    head = head.replace("Organisasi :", "Perangkat Daerah :").replace("Unit :", "Sub Unit Organisasi :")
    reading = read(dpa("\n".join([head, TABLE, FIRST, SECOND, END, months(125)])), config)
    assert reading.findings == []
    assert reading.tables["anggaran"][["nama_opd", "nama_sub_kegiatan"]].drop_duplicates().values.tolist() == [
        ["Dinas Uji", "Pengujian"]
    ]


def test_sources_that_do_not_add_up_are_told(dpa, config):
    lines = FIRST.replace("DANA UJI\nRp400,00", "DANA UJI\nRp390,00")
    (told,) = read(dpa("\n".join([HEAD, TABLE, lines, SECOND, END, months(125)])), config).findings
    assert (told.severity, told.value) == ("peringatan", "1000")
    assert "jumlah per sumber dana di rinciannya 990" in told.rule


def test_a_group_that_prints_its_amount_before_its_source(dpa, config):
    lines = FIRST.replace(
        "[ # ] Kertas\nSumber Dana: DANA UJI\nRp400,00", "[ # ] Kertas Rp400,00\nSumber Dana: DANA UJI"
    )
    reading = read(dpa("\n".join([HEAD, TABLE, lines, SECOND, END, months(125)])), config)
    assert reading.findings == []
    assert reading.tables["anggaran"]["nama_sumber_dana"].tolist()[1] == "DANA UJI"

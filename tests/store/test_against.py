"""What a file says against the rows of other files; the same files without the defect say nothing."""

import datetime as dt

import pandas as pd
import pytest

from pkanalysis import store
from pkanalysis.config import Stage
from pkanalysis.intake.reading import Reading, Slice
from pkanalysis.store import against
from pkanalysis.store.against import above_pagu, region_as_one, restated
from pkanalysis.store.importing import Shelf
from pkanalysis.tables import TABLES, conform

OFFICES = ("1.01", "1.02", "1.03", "1.04")
STAGES = ("murni", "pergeseran", "perubahan")
CONFIG = '[ruang_kerja]\njenis = "nyata"\ndaerah = "Kota Uji"\n' + "".join(
    f'[[tahap]]\ntahun = 2025\nkode = "{stage}"\nnama = "{stage}"\n' for stage in STAGES
)


@pytest.fixture
def put(tmp_path):
    """Put invented rows on a shelf under a file name; gives the findings."""
    shelf = Shelf(store.create(tmp_path / "kerja", CONFIG))

    def put(file, reading):
        piece = reading.slices[0]
        row = {"id_berkas": file, "nama_berkas": file, "sha256": file, "tata_letak": reading.layout}
        return shelf.put(reading, conform("berkas", pd.DataFrame([row | {"tahun": piece.year, "tahap": piece.stage}])))

    put.shelf = shelf
    return put


def amounts(codes=OFFICES, count=12, times=1):
    """Pagu (Rp) of each line by office, sub kegiatan and account."""
    lines = [(code, f"s{line % 3}", f"r{line}", (1000 + 37 * line) * times) for code in codes for line in range(count)]
    return pd.DataFrame(lines, columns=["kode_opd", "kode_sub_kegiatan", "kode_rekening", "pagu_rp"])


def budget(lines, stage, activities=(), layout="rekap5"):
    rows = lines.assign(tahun=2025, tahap=stage, lembar="A", baris=range(2, len(lines) + 2))
    piece = Slice(layout, 2025, stage, tuple(lines["kode_opd"].unique()), activities)
    opd = pd.DataFrame({"kode_opd": lines["kode_opd"].unique(), "nama_opd": "Dinas " + lines["kode_opd"].unique()})
    return Reading(layout, "", {"opd": conform("opd", opd), "anggaran": rows}, [], (piece,))


def spending(lines, months=(1, 2), since=0, layout="laporan_realisasi", share=3):
    """Every month a third of the pagu."""
    rows = pd.concat([
        lines.assign(bulan=month, realisasi_rp=lines["pagu_rp"] // share, baris=range(2, len(lines) + 2))
        for month in months
    ]).drop(columns="pagu_rp").assign(tahun=2025, lembar="R")  # fmt: skip
    piece = Slice(layout, 2025, "", tuple(lines["kode_opd"].unique()), since=since)
    return Reading(layout, "", {"realisasi_anggaran": rows}, [], (piece,))


def changed(lines, by=5):
    """The next stage: every other line moves a little."""
    return lines.assign(pagu_rp=lines["pagu_rp"] + by * (lines.index % 2))


def test_stages_of_the_same_scale_are_no_finding(put):
    for stage, by in zip(STAGES, (0, 100, -50), strict=True):
        assert put(f"{stage}.csv", budget(changed(amounts(), by), stage)) == []


@pytest.mark.parametrize(("times", "told"), [(1000, "1000 kali"), (258, "258 kali")])
def test_a_stage_wrong_by_a_factor_is_told_once_with_its_ratio(put, times, told):
    put("murni.csv", budget(amounts(), "murni"))
    (found,) = put("pergeseran.csv", budget(changed(amounts(times=times)), "pergeseran"))
    total = int(amounts()["pagu_rp"].sum())
    assert found.rule.startswith(f"pagu 4 OPD {told} pagu tahap terdekat (pergeseran dan murni: ")
    assert found.rule.endswith(f"dan {total}), seperti bila satuannya salah")
    assert (found.severity, found.sheet, found.place) == ("peringatan", "A", "baris 2")


def test_one_office_in_thousands_is_told_at_its_first_line(put):
    put("murni.csv", budget(amounts(times=10**6), "murni"))
    mixed = pd.concat([amounts(OFFICES[:2], times=10**6), amounts(("1.03",), times=10**3)], ignore_index=True)
    (found,) = put("pergeseran.csv", budget(mixed, "pergeseran"))
    assert found.rule.startswith("pagu 1.03 1/1000 dari pagu tahap terdekat")
    assert (found.place, found.value) == ("baris 26", "1000000")


def test_the_nearest_stage_is_the_measure(put):
    put("murni.csv", budget(amounts(times=1000), "murni"))
    put("pergeseran.csv", budget(amounts(), "pergeseran"))
    assert put("perubahan.csv", budget(changed(amounts()), "perubahan")) == []


def test_a_correction_of_the_same_stage_is_not_held_against_what_it_corrects(put):
    put("murni_salah.csv", budget(amounts(times=1000), "murni"))
    assert put("murni.csv", budget(amounts(), "murni")) == []


def test_a_cut_of_the_same_half_on_every_line_is_no_factor(put):
    put("murni.csv", budget(amounts(times=2), "murni"))
    assert put("pergeseran.csv", budget(amounts(), "pergeseran")) == []


def test_totals_a_hundred_times_apart_are_told_without_a_shared_ratio(put):
    put("murni.csv", budget(amounts(("1.01",)), "murni"))
    other = amounts(("1.01",)).assign(pagu_rp=lambda lines: lines["pagu_rp"] ** 2)
    (found,) = put("pergeseran.csv", budget(other, "pergeseran"))
    assert "pagu 1.01 1217 kali pagu tahap terdekat" in found.rule


def test_a_document_of_one_sub_kegiatan_is_held_against_that_one(put):
    lines = amounts(("1.01",))
    is_part = lines["kode_sub_kegiatan"].eq("s1")
    large = lines.assign(pagu_rp=lines["pagu_rp"].where(is_part, 10**6))
    put("murni.csv", budget(large, "murni"))
    assert put("dpa.pdf", budget(changed(lines)[is_part], "pergeseran", ("s1",), "dpa")) == []
    assert "1/" in put("rekap.csv", budget(changed(lines)[is_part], "pergeseran"))[-1].rule


def test_the_same_rows_under_another_stage_are_told_with_both_names(put):
    put("murni.csv", budget(amounts(), "murni"))
    (found,) = put("pergeseran.csv", budget(amounts(), "pergeseran"))
    assert found.severity == "peringatan"
    assert found.rule == "semua 48 baris tahap pergeseran sama dengan tahap murni yang tersimpan dari murni.csv"
    assert "--tahap murni" in found.remedy


def test_a_small_shift_inside_the_same_total_is_only_noted(put):
    lines = amounts(count=60)
    put("murni.csv", budget(lines, "murni"))
    moved = lines.assign(pagu_rp=lines["pagu_rp"] + 5 * (lines.index == 3) - 5 * (lines.index == 4))
    (found,) = put("pergeseran.csv", budget(moved, "pergeseran"))
    assert (found.severity, found.rule[:36]) == ("catatan", "jumlah dan 238 dari 240 baris tahap ")


def test_few_lines_part_of_the_offices_and_documents_of_one_sub_kegiatan_may_stay_the_same(put):
    put("murni.csv", budget(amounts(count=30), "murni"))
    assert put("satu.csv", budget(amounts(("1.01",), count=3), "pergeseran")) == []
    part = amounts(("1.02",), count=30).query("kode_sub_kegiatan == 's1'")
    assert put("dpa.pdf", budget(part, "pergeseran", ("s1",), "dpa")) == []


def overspending(lines):
    """A third per month for three months, and in the last one 100 Rp more on the last line."""
    reading = spending(lines, (1, 2, 3))
    rows = reading.tables["realisasi_anggaran"].reset_index(drop=True)
    rows.loc[len(rows) - 1, "realisasi_rp"] += 100
    return Reading(reading.layout, "", {"realisasi_anggaran": rows}, [], reading.slices)


def test_spending_above_the_pagu_is_told_whichever_file_comes_second(put):
    lines = amounts(("1.01",))
    put("murni.csv", budget(lines, "murni"))
    (found,) = put("realisasi.xlsx", overspending(lines))
    pagu = 1000 + 37 * 11
    assert (found.sheet, found.place, found.column) == ("R", "baris 13", "realisasi_rp")
    assert found.rule.startswith(
        f"realisasi setahun {pagu // 3 * 3 + 100} melebihi pagu tahap murni {pagu}, 7,1 % lebih"
    )
    assert found.rule.endswith("(1.01, s2, r11)")


def test_a_budget_that_comes_second_is_told_at_its_own_line(put):
    lines = amounts(("1.01",))
    assert put("realisasi.xlsx", overspending(lines)) == []
    (found,) = put("murni.csv", budget(lines, "murni"))
    assert (found.sheet, found.place, found.column, found.value) == ("A", "baris 13", "pagu_rp", "1407")
    assert put("perubahan.csv", budget(changed(lines, 200), "perubahan")) == []


def test_an_earlier_stage_that_comes_late_says_nothing_of_spending(put):
    lines = amounts(("1.01",))
    put("perubahan.csv", budget(lines.assign(pagu_rp=lines["pagu_rp"] * 2), "perubahan"))
    put("realisasi.xlsx", spending(lines, (1, 2, 3, 4)))
    assert put("murni.csv", budget(lines, "murni")) == []


def of_year(reading, name):
    return conform(name, reading.tables[name])


def test_a_stage_that_was_in_force_and_is_not_there_yet_is_waited_for():
    lines = amounts(("1.01",))
    pagu, spent = of_year(budget(lines, "murni"), "anggaran"), of_year(overspending(lines), "realisasi_anggaran")
    for start, count in ((dt.date(2025, 3, 31), 0), (dt.date(2025, 4, 1), 1), (None, 1)):
        stages = (Stage(2025, "murni", "Murni"), Stage(2025, "perubahan", "Perubahan", start))
        assert len(above_pagu(spent, pagu, spent, stages, "a.xlsx")) == count


def test_spending_without_sub_kegiatan_is_held_against_the_account():
    lines = amounts(("1.01",))
    pagu, spent = of_year(budget(lines, "murni"), "anggaran"), of_year(overspending(lines), "realisasi_anggaran")
    coarse = spent.assign(kode_sub_kegiatan="")
    (found,) = above_pagu(coarse, pagu, coarse, (Stage(2025, "murni", "Murni"),), "a.xlsx")
    assert found.rule.endswith("(1.01, semua sub kegiatan, r11)")


def test_a_line_without_pagu_counts_where_its_sub_kegiatan_has_one():
    lines = amounts(("1.01",))
    pagu, spent = of_year(budget(lines[:11], "murni"), "anggaran"), of_year(spending(lines), "realisasi_anggaran")
    (found,) = above_pagu(spent, pagu, spent, (Stage(2025, "murni", "Murni"),), "a.xlsx")
    assert "melebihi pagu tahap murni 0 (1.01, s2, r11)" in found.rule
    other = pagu[pagu["kode_sub_kegiatan"].ne("s2")]
    assert above_pagu(spent, other, spent, (Stage(2025, "murni", "Murni"),), "a.xlsx") == []


def test_rounded_cents_of_twelve_months_are_no_overspending():
    lines = amounts(("1.01",))
    spent = of_year(spending(lines, (1,), share=1), "realisasi_anggaran").assign(
        realisasi_rp=lambda rows: rows["realisasi_rp"] + against.ROUNDING
    )
    pagu = of_year(budget(lines, "murni"), "anggaran")
    assert above_pagu(spent, pagu, spent, (Stage(2025, "murni", "Murni"),), "a.xlsx") == []


def test_many_lines_above_are_counted_beyond_the_largest():
    lines = amounts()
    pagu, spent = of_year(budget(lines, "murni"), "anggaran"), of_year(spending(lines, share=1), "realisasi_anggaran")
    findings = above_pagu(spent, pagu, spent, (Stage(2025, "murni", "Murni"),), "a.xlsx")
    assert len(findings) == against.LISTED + 1
    assert findings[-1].rule == "28 baris lain juga melebihi pagu tahap murni"


def test_a_cumulative_month_is_told_by_the_months_of_other_files(put):
    lines = amounts(("1.01",))
    put("bulanan.xlsx", spending(lines, (1, 2, 3)))
    summed = spending(lines, (3,), layout="lra", share=1)
    rows = summed.tables["realisasi_anggaran"].assign(realisasi_rp=lambda frame: frame["realisasi_rp"] // 3 * 3)
    found = put("maret.xlsx", Reading("lra", "", {"realisasi_anggaran": rows}, [], summed.slices))
    assert [item.rule for item in found if "berlabel Maret, tetapi sama dengan jumlah Januari–Maret" in item.rule]


def test_a_cumulative_month_stored_before_is_told_when_the_months_come(put):
    lines = amounts(("1.01",))
    rows = spending(lines, (3,), layout="lra", share=1)
    summed = rows.tables["realisasi_anggaran"].assign(realisasi_rp=lambda frame: frame["realisasi_rp"] // 3 * 3)
    put("maret.xlsx", Reading("lra", "", {"realisasi_anggaran": summed}, [], rows.slices))
    found = put("bulanan.xlsx", spending(lines, (1, 2, 3)))
    assert [item.rule for item in found if "maret.xlsx berlabel Maret, tetapi sama dengan" in item.rule]


def test_an_earlier_version_of_the_same_month_does_not_hide_that_the_new_one_is_cumulative(put):
    lines = amounts(("1.01",))
    put("bulanan.xlsx", spending(lines, (1, 2, 3)))
    single = spending(amounts(("DINAS-LAIN",)), (3,), layout="lra")
    put("maret.xlsx", single)
    rows = single.tables["realisasi_anggaran"].assign(realisasi_rp=lambda frame: frame["realisasi_rp"] * 3)
    found = put("maret_lagi.xlsx", Reading("lra", "", {"realisasi_anggaran": rows}, [], single.slices))
    assert [item.rule for item in found if "berlabel Maret, tetapi sama dengan jumlah Januari–Maret" in item.rule]


def test_a_region_handed_in_as_one_office_is_told(put):
    put("murni.csv", budget(amounts(), "murni"))
    whole = amounts(("1.01",)).assign(pagu_rp=lambda lines: lines["pagu_rp"] * 4)
    (found,) = put("pergeseran.csv", budget(whole, "pergeseran"))
    total = int(amounts()["pagu_rp"].sum())
    assert found.rule == f"total 1.01 sama dengan total 4 OPD yang tersimpan (murni: {total})"
    assert found.value == str(total)


def test_a_total_near_the_region_and_several_times_its_own_is_told():
    old = amounts().assign(tahap="murni")
    new = amounts(("1.01",)).assign(pagu_rp=lambda lines: lines["pagu_rp"] * 4 - 100, tahap="pergeseran")
    (found,) = region_as_one(new, old, "pagu_rp", "tahap", "a.csv")
    assert "hampir sama dengan total 4 OPD" in found.rule
    assert region_as_one(new.assign(pagu_rp=new["pagu_rp"] // 2), old, "pagu_rp", "tahap", "a.csv") == []
    assert region_as_one(new, old[old["kode_opd"].le("1.03")], "pagu_rp", "tahap", "a.csv") == []


def test_a_file_named_after_one_office_with_rows_of_all_is_told(put):
    (found,) = put("rekap Dinas 1.02 murni.csv", budget(amounts(), "murni"))
    assert "nama berkas menyebut Dinas 1.02, sedangkan barisnya milik 4 SKPD" in found.rule
    assert put("rekap murni.csv", budget(amounts(), "murni")) == []


def actual(code, value, period="TW1", **columns):
    row = {"kode_indikator": code, "kode_opd": "1.01", "tahun": 2025, "periode": period, "nilai": value}
    row |= {"status": "final", "lembar": "I", "baris": 4, "id_berkas": "lama"}
    return conform("realisasi", pd.DataFrame([row | columns]))


NAMES = {"a": "Angka Uji", "b": "angka  uji", "c": "Lain"}


def compared(new, old, name="realisasi"):
    return restated(name, new, old, NAMES, {"lama": "lama.xlsx"}, "baru.xlsx")


def test_an_indicator_with_another_value_in_another_file_is_told():
    (found,) = compared(actual("a", 71.25), actual("a", 70.5))
    assert (found.sheet, found.place, found.column, found.value) == ("I", "baris 4", "nilai", "71,25")
    assert found.rule == "realisasi Angka Uji 2025 TW1 berbeda dari 70,5 di lama.xlsx; yang disimpan angka berkas ini"


def test_the_same_name_under_another_code_is_the_same_indicator():
    (found,) = compared(actual("b", 71.0), actual("a", 70.0))
    assert found.rule.endswith("keduanya tersimpan, dengan kode a dan b")


def test_equal_preliminary_missing_and_other_values_are_no_finding():
    assert compared(actual("a", 70.0), actual("b", 70.0)) == []
    assert compared(actual("a", 71.0), actual("a", 70.0, status="sementara")) == []
    assert compared(actual("a", None), actual("a", 70.0)) == []
    assert compared(actual("a", 71.0), actual("a", 70.0, "TW2")) == []
    assert compared(actual("c", 71.0), actual("a", 70.0)) == []
    assert compared(actual("a", None, nilai_huruf="BB"), actual("a", None, nilai_huruf="BB ")) == []


def test_another_predicate_and_another_target_are_told():
    (found,) = compared(actual("a", None, nilai_huruf="A"), actual("a", None, nilai_huruf="BB"))
    assert (found.value, "berbeda dari BB" in found.rule) == ("A", True)
    shared = [name for name in TABLES["target"].names if name in TABLES["realisasi"].names]
    old, new = (conform("target", actual("a", value)[shared]).assign(dokumen="pk", ke=0) for value in (70.0, 71.0))
    (found,) = compared(new, old, "target")
    assert found.rule.startswith("target Angka Uji 2025 TW1 berbeda dari 70")


def indicators(file, value, layout="iku", period=""):
    row = actual("a", value).drop(columns="id_berkas")
    indikator = pd.DataFrame({"kode_indikator": ["a"], "nama_indikator": ["Angka Uji"], "kode_opd": ["1.01"]})
    piece = Slice(layout, 2025, period, ("1.01",))
    return file, Reading(layout, "", {"indikator": indikator, "realisasi": row}, [], (piece,))


def test_a_correction_is_no_contradiction_but_another_list_is(put):
    assert put(*indicators("iku.xlsx", 70.0)) == []
    assert put(*indicators("iku_koreksi.xlsx", 71.0)) == []
    (found,) = put(*indicators("isian.xlsx", 72.0, "isian", "TW1"))
    assert "berbeda dari 71 di iku_koreksi.xlsx" in found.rule


def test_what_other_files_say_is_stored_with_the_file(put):
    put("murni.csv", budget(amounts(), "murni"))
    put("pergeseran.csv", budget(amounts(), "pergeseran"))
    assert put.shelf["temuan"]["id_berkas"].tolist() == ["pergeseran.csv"]


def recap(path, first=1):
    heads = "TAHUN;KODE SKPD;NAMA SKPD;KODE SUB KEGIATAN;KODE REKENING;PAGU"
    lines = [
        f"2025;1.01;Dinas Uji;1.01.02.2.01.0001;5.1.02.04.01.{line:04d};{1000 + line}"
        for line in (*range(first, 15), *range(1, first))
    ]
    path.write_text("\n".join([heads, *lines, ""]), encoding="utf-8")
    return path


def test_a_file_that_is_only_checked_is_held_against_other_files_too(tmp_path):
    workspace = store.create(tmp_path / "kerja", CONFIG)
    store.take(workspace, recap(tmp_path / "rekap_murni.csv"))
    path = recap(tmp_path / "rekap_pergeseran.csv", 3)
    (found,) = store.checked(workspace, path)
    assert "semua 14 baris tahap pergeseran sama dengan tahap murni" in found.rule
    assert workspace["anggaran"]["tahap"].unique().tolist() == ["murni"]
    assert found in store.take(workspace, path).findings
    assert store.checked(workspace, path) == []


def test_spending_of_a_file_with_several_stages_is_told_once(put):
    lines = amounts(("1.01",))
    put("bulanan.xlsx", spending(lines, (1, 2, 3)))
    rows = spending(lines, (3,)).tables["realisasi_anggaran"]
    summed = rows.assign(realisasi_rp=rows["realisasi_rp"] * 3)
    slices = tuple(Slice("sebelum_sesudah", 2025, stage, ("1.01",)) for stage in STAGES)
    found = put("maret.xlsx", Reading("sebelum_sesudah", "", {"realisasi_anggaran": summed}, [], slices))
    assert len([item for item in found if "sama dengan jumlah Januari–Maret" in item.rule]) == 1

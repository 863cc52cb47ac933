"""Published CSVs become rows: all of them, exactly, with precision, sources and conflicts."""

import csv

import pandas as pd
import pytest
from paths import ROOT, shared

from pkanalysis import config, intake
from pkanalysis.errors import PkError

CONFIG = config.load(ROOT / "data" / "kota_jambi")
HEAD = "indikator,satuan,arah_lebih_baik,tahun,nilai,catatan,source\n"


def read(tmp_path, text, name="makro.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return intake.read(path, CONFIG)


def one(figures, **where):
    rows = figures[(figures[list(where)] == pd.Series(where)).all(axis=1)]
    assert len(rows) == 1, rows
    return rows.iloc[0]


def test_every_row_of_every_file_is_there(figures, ws):
    counts = figures["topik"].value_counts().to_dict()
    assert counts == {"apbd": 52, "makro": 49, "iku_kota": 34, "efisiensi": 28, "kinerja_opd": 24}
    assert (len(ws["opd"]), len(ws["alias_opd"])) == (44, 4)


def test_every_row_has_a_source_and_a_place(figures):
    assert figures[["sumber", "id_berkas", "lembar", "baris"]].notna().all(axis=None)
    assert figures["sumber"].str.match("https?://").all()


def test_every_row_agrees_with_its_file(figures, sources):
    """An independent reading: each number of each file stands at its place in the table."""
    for path in sources:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        stored = figures[figures["lembar"].eq(path.stem)].set_index("baris")
        for number, row in enumerate(rows if len(stored) else [], start=2):
            kept = stored.loc[number]
            published = row.get("nilai", row.get("realisasi"))
            assert kept["uraian"] == row.get("uraian", row.get("indikator"))
            assert kept["sumber"] == row["source"]
            assert (str(kept["nilai_huruf"]) if published.isalpha() else as_text(kept["nilai"])) == as_text(published)
            assert as_text(kept["target"]) == as_text(row.get("target", row.get("anggaran", "")))


def as_text(number):
    if isinstance(number, str) and (not number or number.isalpha()):
        return number
    return "" if pd.isna(number) else f"{float(number):.6f}"


def test_nothing_published_was_lost_on_the_way_here(sources):
    """The files hold every row of the collection they come from, unchanged."""
    for path in sources:
        with shared("facts", "kota_jambi", path.name).open(encoding="utf-8", newline="") as file:
            before = list(csv.DictReader(file))
        with path.open(encoding="utf-8", newline="") as file:
            now = [{name: row[name] for name in before[0]} for row in csv.DictReader(file)]
        assert now[: len(before)] == before


def test_exact_values_and_the_precision_in_which_they_were_printed(figures):
    draft = one(figures, topik="apbd", uraian="Belanja Daerah", periode="rancangan murni (24 Okt 2024)")
    assert (draft["target"], draft["presisi"]) == (1930724471000, "eksak (rupiah penuh)")
    assert pd.isna(draft["nilai"])
    schooling = one(figures, uraian="Harapan Lama Sekolah")
    assert (schooling["nilai"], schooling["presisi"]) == (15.1, "2 desimal")
    council = one(figures, uraian="Kontribusi Sekretariat DPRD")
    assert (council["nilai"], council["satuan"], council["presisi"]) == (13e9, "rupiah", "lebih dari")
    assert one(figures, uraian="Opini BPK atas LKPD")["nilai_huruf"] == "WTP"
    assert one(figures, uraian="PBB", tahun=2023)["capaian_pct"] == 97


def test_missing_is_not_zero(figures):
    stunting = one(figures, uraian="Prevalensi stunting", tahun=2020)
    assert pd.isna(stunting["nilai"])
    assert not figures["nilai"].eq(0).any()


def test_conflicts_are_flagged_on_both_sides(figures):
    disputed = figures[figures["is_konflik"]]
    found = {(row.uraian, row.tahun, row.nilai if pd.notna(row.nilai) else row.target) for row in disputed.itertuples()}
    assert found == {
        ("Persentase penduduk miskin", 2022, 8.33),
        ("Persentase penduduk miskin", 2022, 9.32),
        ("Tingkat Pengangguran Terbuka", 2021, 10.66),
        ("Tingkat Pengangguran Terbuka", 2021, 10.6),
        ("Laju Pertumbuhan Ekonomi", 2021, 3.94),
        ("Laju Pertumbuhan Ekonomi", 2022, 5.36),
        ("Belanja Daerah", 2025, 1.96e12),
        ("Belanja Daerah", 2025, 1.978e12),
        ("PBB", 2023, 30.3),
    }


def test_marks_of_the_compiler_say_what_is_disputed_and_one_that_is_unknown_keeps_the_file_out(tmp_path):
    marked = HEAD.replace("catatan", "tanda,catatan")
    line = "Gini Ratio,rasio,turun,{},0.395,{},KONFLIK dgn 0.4,https://contoh.id/a\n"
    rows = [("2021", "konflik"), ("2022", "dibantah"), ("2023", "seri_lama"), ("2024", "")]
    figures = read(tmp_path, marked + "".join(line.format(*row) for row in rows)).tables["angka_terbit"]
    assert figures["is_konflik"].tolist() == [True, True, False, False]
    reading = read(tmp_path, marked + line.format("2021", "seri lama"))
    (finding,) = [item for item in reading.findings if item.severity == "galat"]
    assert (finding.place, finding.column, finding.value) == ("baris 2", "tanda", "seri lama")


def test_notes_without_the_column_of_marks_are_told_and_the_advice_ends_it(tmp_path):
    line = "Gini Ratio,rasio,turun,2021,0.395,KONFLIK dgn 0.4,https://contoh.id/a\n"
    told = [item.code for item in read(tmp_path, HEAD + line).findings]
    assert told == ["TERBIT_TANPA_TANDA"]
    followed = read(tmp_path, HEAD.replace("catatan", "tanda,catatan") + line.replace("KONFLIK", "konflik,KONFLIK"))
    assert (followed.findings, followed.tables["angka_terbit"]["is_konflik"].tolist()) == ([], [True])


def test_reallocations_are_claims(figures):
    claims = figures[figures["status"].eq("klaim")]
    assert len(claims) == 10
    assert claims["kelompok"].str.startswith("realokasi").all()


def test_offices_have_stable_codes_although_an_abbreviation_clashes(ws):
    offices = ws["opd"].set_index("kode_opd")
    assert offices.loc["JAMBI-DINKES", "nama_opd"] == "Dinas Kesehatan"
    assert offices.index[offices["singkatan"].eq("DKP")].tolist() == [
        "JAMBI-DINAS-KEARSIPAN-DAN-PERPUSTAKAAN",
        "JAMBI-DINAS-PARIWISATA-DAN-KEBUDAYAAN",
    ]
    assert offices.loc["JAMBI-BAG-KESRA", ["jenis", "kode_induk"]].tolist() == ["bagian", "JAMBI-SETDA"]
    assert ws["alias_opd"].set_index("nama_asli")["kode_opd"]["Perkim"] == "JAMBI-DPRKP"
    with pytest.raises(PkError, match="dipakai 2 OPD"):
        ws.opd("DKP")


def test_a_corrected_file_replaces_its_topic_only(tmp_path, sources, ws):
    from pkanalysis import store

    (tmp_path / "pkanalysis.toml").write_bytes((ws.path / "pkanalysis.toml").read_bytes())
    copy = store.open(tmp_path)
    store.take_all(copy, sources)
    corrected = tmp_path / "makro_baru.csv"
    corrected.write_text(HEAD + "Gini Ratio,rasio,turun,2024,0.395,,https://contoh.id/a\n", encoding="utf-8")
    store.take(copy, corrected)
    assert copy["angka_terbit"]["topik"].value_counts().to_dict()["makro"] == 1
    assert copy["angka_terbit"]["topik"].eq("apbd").sum() == 52


def test_a_value_that_is_no_number_keeps_the_file_out(tmp_path):
    reading = read(tmp_path, HEAD + 'Gini Ratio,rasio,turun,2024,"0,395",,https://contoh.id/a\n')
    (finding,) = [item for item in reading.findings if item.severity == "galat"]
    assert (finding.place, finding.column, finding.value) == ("baris 2", "nilai", "0,395")


def test_a_row_without_source_keeps_the_file_out(tmp_path):
    reading = read(tmp_path, HEAD + "Gini Ratio,rasio,turun,2024,0.395,,\n")
    assert [item.column for item in reading.findings if item.severity == "galat"] == ["source"]


def test_a_column_that_is_not_understood_is_named(tmp_path):
    text = "indikator,satuan,tahun,nilai,metode,sumber\nGini Ratio,rasio,2024,0.395,baru,https://contoh.id/a\n"
    reading = read(tmp_path, text)
    assert [(item.severity, item.column) for item in reading.findings] == [("peringatan", "metode")]
    assert len(reading.tables["angka_terbit"]) == 1


def test_without_a_source_column_it_is_not_a_published_file(tmp_path):
    with pytest.raises(PkError, match="source/sumber"):
        read(tmp_path, "indikator,satuan,tahun,nilai\nGini Ratio,rasio,2024,0.395\n")


LINE = "Gini Ratio,rasio,turun,2024,0.395,,https://contoh.id/a\n"


@pytest.mark.parametrize(
    ("body", "row", "severity"),
    [
        (LINE.replace("Gini Ratio", ""), "baris 2", "galat"),
        (LINE + LINE, "baris 3", "peringatan"),
        ("," + LINE, "baris 2", "galat"),
        (LINE.replace(",rasio,", ",rasio, murni,"), "baris 2", "galat"),
        (LINE.partition(",")[2], "baris 2", "galat"),
        (LINE + LINE[:20], "baris 3", "galat"),
        (LINE + LINE.replace("2024", "2023")[:-3], "baris 3", "catatan"),
    ],
    ids=[
        "blank key",
        "row twice",
        "shifted right",
        "one more cell",
        "shifted left",
        "cut in a row",
        "cut in the last cell",
    ],
)
def test_damage_to_published_figures_is_told_at_its_row(tmp_path, body, row, severity):
    clean = read(tmp_path, HEAD + LINE)
    assert clean.findings == []
    found = read(tmp_path, HEAD + body).findings
    assert (row, severity) in [(item.place, item.severity) for item in found]


def test_the_configuration_says_only_what_the_sources_say():
    stages = CONFIG.stages(2025)
    assert [stage.kode for stage in stages] == ["murni", "pergeseran", "perubahan"]
    assert [str(stage.berlaku_mulai) for stage in stages] == ["None", "None", "2025-07-28"]
    assert "12/2025" in stages[1].dasar_hukum
    assert not any(stage.tanggal_pemberitahuan_dprd for stage in stages)
    assert CONFIG.efisiensi.tarif == {
        "perjalanan_dinas": 0.5, "makan_minum": 0.25, "atk_bahan_kantor": 0.25, "publikasi_iklan": 0.25,
    }  # fmt: skip
    assert not CONFIG.is_sample
    assert CONFIG.kalender == {}

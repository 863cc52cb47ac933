"""The page on budget efficiency: its blocks against the received files, the ledger, edges, and the real workbook."""

import re
from collections import Counter

import nbformat
import pandas as pd
import papermill
import pytest
from bs4 import BeautifulSoup
from filelock import FileLock
from paths import ROOT, shared
from report import offices
from report.sources import efficiency
from report.test_against_sources import exactly, raw
from report.test_ledger import NUMBER, RAW_OBJECTS, own
from typer.testing import CliRunner

from pkanalysis import derived, store
from pkanalysis.cli import app
from pkanalysis.errors import PkError
from pkanalysis.report import parts
from pkanalysis.report.html import ReportExporter
from pkanalysis.sample import shift
from pkanalysis.sample import shift as doubtful
from pkanalysis.sample.budget import MORE_MEALS, REFILLED
from pkanalysis.show.blocks import ledger
from pkanalysis.show.lines import FIRST
from pkanalysis.store import parquet
from pkanalysis.tables import conform

REAL = "jatim_upt_2025_sebelum_sesudah_efisiensi.xlsx"
SAID = (  # figures of rules, formulas and names that are words of ours
    r"SE (?:Mendagri )?900/833/SJ|KMK 29/2025|S-37(?:/MK\.02/2025)?|PMK 22/2021|PI-[12](?:\.1)?|lembar 2b_KAITAN|"
    r"^Rekening 5\.1\.02\.04|= 50 \+ E ÷ 20 × 50|dibatasi ±20|angka 5 meminta|Inpres 1/2025(?: diktum KEEMPAT angka 2)?|"
    r"Anggaran 2025 menurut tahap$|\(rekap5\)|Dasar Pergeseran|· Triwulan III 2025 ·|· Tahunan 2025 ·"
)


def tokens(texts):
    """Number tokens, without those of :data:`SAID`."""
    return Counter(token for text in texts for token in NUMBER.findall(re.sub(SAID, "", text)))


def run(folder, **given):
    """The blocks of the page by id, and the run notebook."""
    parameters = {"ruang_kerja": str(folder), "tahun": 2025, "periode": "TW3"} | given
    source = str(ROOT / "notebooks" / "efisiensi_anggaran.ipynb")
    made = papermill.execute_notebook(source, None, parameters, engine_name="pkanalysis", progress_bar=False)
    return {block["id"]: block for block in parts.read(made).blocks}, made


@pytest.fixture(scope="module")
def sample_run(sample_folder, common_folder):
    made = common_folder / "efisiensi.ipynb"
    with FileLock(f"{made}.lock"):
        if not made.exists():
            nbformat.write(run(sample_folder)[1], made)
    return nbformat.read(made, as_version=4)


@pytest.fixture(scope="module")
def blocks(sample_run):
    return {block["id"]: block for block in parts.read(sample_run).blocks}


@pytest.fixture(scope="module")
def city(sample_folder):
    return efficiency.City(sample_folder)


def rows(block):
    labels = [column["label"] for column in block["columns"]]
    return [dict(zip(labels, map(raw, row), strict=True)) for row in block["rows"]]


def text(block):
    return " ".join(item["text"] for item in block.get("items", []))


@pytest.mark.parametrize("name", efficiency.TABLES)
def test_tables_are_what_the_files_say(blocks, city, name):
    expected = efficiency.TABLES[name](city)
    shown = rows(blocks[name])
    if name == "tujuh-angka":
        shown = [row for row in shown if row["Angka"] != 5]
    first = next(iter(expected[0]))
    every = (
        {row[first] if first != "Tahap" else place: row for place, row in enumerate(shown)}
        if first in ("SKPD", "Bidang", "Sebab", "Rekening", "Baris")
        and name not in ("penambahan", "naik-lagi", "program")
        else None
    )
    pairs = (
        [(every[row[first]], row) for row in expected]
        if every
        else list(zip(settled(shown, expected), settled(expected, expected), strict=True))
    )
    assert len(shown) - len(expected) in (0, 1)  # one more: the total, where the check has none
    for found, wanted in pairs:
        assert {label: found[label] for label in wanted} == exactly_money(wanted)


def settled(every, like):
    """Rows by their largest amount and names, where their order among equals carries no meaning."""
    if "Naik lagi (Rp)" in like[0]:
        return sorted(every, key=lambda row: (row["SKPD"], row["Kelompok pos"]))
    if "Program" in like[0]:
        return sorted(every, key=lambda row: (row["SKPD"], row["Program"]))
    if "Sub kegiatan" in like[0]:
        return sorted(every, key=lambda row: (-row["Penambahan (Rp)"], str(row.get("Sub kegiatan"))))
    return every


def exactly_money(row):
    """Whole rupiah exactly; parts of a decomposition and shares to a thousandth of a rupiah or point."""
    near = {name: pytest.approx(value, rel=1e-9, abs=1e-3) for name, value in row.items() if isinstance(value, float)}
    return exactly(row) | near


def test_five_sentences(blocks, city):
    assert [raw(item) for item in blocks["kalimat"]["items"]] == [exactly(item) for item in efficiency.sentences(city)]


def test_identities(blocks):
    for name in ("per-skpd", "bidang", "sebab", "sumber-dana", "kategori", "rekening", "program", "status-baris"):
        total = rows(blocks[name])[-1]
        assert (
            total["Penambahan (Rp)"] - total["Pengurangan (Rp)"]
            == total["Bertambah/(Berkurang) (Rp)"]
            == -4_000_000_000
        )
        assert total["Pengurangan (Rp)"] == rows(blocks["tujuh-angka"])[-1]["Pengurangan (Rp)"]
    parts = rows(blocks["dekomposisi"])
    labels = ("Perubahan umum kota (Rp)", "Susunan belanja (Rp)", "Khusus SKPD (Rp)")
    later = [f"{part}, dasar sesudah (Rp)" for part in ("Umum", "Susunan", "Khusus")]
    for base in (labels, later):
        assert all(abs(sum(row[label] for label in base) - row["Bertambah/(Berkurang) (Rp)"]) < 1e-3 for row in parts)
    assert {row["Neto (Rp)"] for row in rows(blocks["perputaran"])} == {-4_000_000_000}


@pytest.mark.parametrize("name", ["penambahan", "pos-dibatasi-naik"])
def test_a_long_list_is_cut_short_on_the_main_part_and_nothing_of_it_is_lost(blocks, name):
    main, whole = (rows(blocks[part]) for part in (f"{name}-utama", name))
    every = [row for row in whole if row["SKPD"] != "Jumlah"]
    *first, others, total = main
    assert first == every[:FIRST]
    assert others["SKPD"].text == f"{len(every) - FIRST} baris lainnya"
    for label in (label for label in others if "(Rp)" in label):
        assert others[label] == sum(row[label] for row in every[FIRST:])
        assert total[label] == sum(row[label] for row in every)
    assert blocks[f"{name}-utama"]["note"].startswith("Selengkapnya pada lampiran.")
    assert total == whole[-1]


def test_the_main_part_ends_before_the_lists(sample_run, blocks):
    main = {block["id"] for block in parts.read(sample_run).split()[0].blocks}
    wanted = "kalimat tujuh-angka perjalanan per-skpd bidang penambahan-utama pola naik-lagi berdampingan pengumuman"
    assert main >= set(wanted.split())
    assert blocks.keys() - main >= {"penambahan", "rekening", "program", "naik-lagi-baris", "daya-program", "metode"}


def test_bounds_of_the_sample(blocks):
    announced = rows(blocks["pengumuman"])
    assert [row["Pada laporan ini (Rp)"] for row in announced[:2]] == [44_000_000_000, 37_000_000_000]
    assert [row["Penjelasan"] for row in announced[:2]] == ["sama", "sama"]
    assert announced[2]["Selisih (Rp)"] > 0
    assert announced[2]["Penjelasan"].text.startswith("berbeda; ")


def test_what_no_account_shows_stands_under_every_efficiency_table(blocks, city):
    without = {"daya-opd", "daya-program", "daya-sasaran", "bulan-sama", "bulanan", "pefa"}
    tables = {name: block for name, block in blocks.items() if block["kind"] == "Table" and name not in without}
    assert len(tables) > 25
    assert [name for name, block in tables.items() if efficiency.hidden(city) not in block["note"]] == []


def test_every_number_is_a_value(sample_run, blocks):
    soup = BeautifulSoup(ReportExporter().from_notebook_node(sample_run)[0], "html.parser")
    for hidden in soup.select("head, style, script, .pk-number"):
        hidden.decompose()
    tables = {name: block for name, block in blocks.items() if block["kind"] != "Figure"}
    wrong = {}
    for name, block in tables.items():
        printed, values = (
            tokens(own(soup.find(id=name))),
            tokens(cell["text"] for cell in ledger(block) if "raw" in cell),
        )
        if printed != values:
            wrong[name] = (printed - values, values - printed)
    assert wrong == {}


def test_words(sample_run, blocks):
    page = BeautifulSoup(ReportExporter().from_notebook_node(sample_run)[0], "html.parser").main.get_text(" ")
    for word in (
        "melanggar",
        "akibat efisiensi",
        r"\bdampak",
        "menyebabkan",
        "dari A ke B",
        r"\bbuta\b",
        r"\bhilang\b",
    ):
        assert re.findall(word, page, re.IGNORECASE) == []
    saved = [
        line["text"] for block in blocks.values() for line in block.get("items", []) if "dihemat karena" in line["text"]
    ]
    assert len(saved) == 1
    assert "Menurut isian OPD" in saved[0]
    assert re.findall(RAW_OBJECTS, page) == []


def test_every_planted_pattern_and_no_false_alarm(blocks, sample_folder):
    names = store.open(sample_folder)["opd"].set_index("singkatan")["nama_opd"]
    found = {row["Pola"]: (row["SKPD"], row["Baris pemicu"]) for row in rows(blocks["pola"])}
    leaks = {row["SKPD"]: row["Pos pengganti naik (Rp)"] for row in rows(blocks["pengganti"])}
    assert leaks == {names[office]: rupiah for office, rupiah in doubtful.LEAKING.items()}
    capital = {row["SKPD"]: -row["Bertambah/(Berkurang) (Rp)"] for row in rows(blocks["modal-baris"])}
    assert capital == {names[office]: rupiah for office, rupiah in doubtful.CAPITAL_AS_SAVING.items()}
    moved = {row["SKPD"] for row in rows(blocks["pindah-kode"])}
    assert moved == set(names[list(shift.CORRECTED)])
    assert found["Baris dihapus, jumlah yang sama muncul dengan kode lain"] == (len(moved), len(moved))
    risen = {(row["SKPD"], row["Kelompok pos"]) for row in rows(blocks["naik-lagi"])}
    kinds = {"Perjalanan dinas": REFILLED, "Makan minum": MORE_MEALS, "Publikasi iklan": ["DISKOMINFO"]}
    assert risen == {(names[office], kind) for kind, offices in kinds.items() for office in offices}
    assert found["Sub kegiatan SPM dikurangi"] == (None, None)
    assert "belum dapat diperiksa" in text(blocks["spm-baris"])
    assert len(rows(blocks["naik-lagi-baris"])) == found["Pos sasaran dipotong, kemudian naik lagi"][1]


def test_another_pair_another_period_and_another_rate(sample_folder):
    whole, _ = run(sample_folder, periode="tahunan", tahap_sesudah="perubahan", tarif={"perjalanan_dinas": 0.6})
    assert "melompati satu tahap" in text(whole["batas-data"])
    assert "Rp1.970.180.471.000" in text(whole["kalimat"])
    last = rows(whole["pengandaian"])[-1]
    assert (last["SKPD"], last["Sebelum (Rp)"]) == ("Jumlah", 74_000_000_000)
    assert last["Pengurangan menurut tarif (Rp)"] - last["Pengurangan yang dilakukan (Rp)"] == last["Selisih (Rp)"]
    assert abs(last["Pengurangan menurut tarif (Rp)"] - 44_400_000_000) <= 42
    efficient = [row for row in rows(whole["daya-opd"]) if row["Hasil"] == "efisien"]
    assert efficient
    assert {row["Semua target tercapai"] for row in efficient} == {"ya"}
    assert all(
        0 <= row["NE, pagu terakhir"] <= 100 for row in rows(whole["pmk"]) if row["NE, pagu terakhir"] is not None
    )
    assert [row["Tahun"] for row in rows(whole["pefa"])] == [2023, 2024, 2025]
    spent = [row["Realisasi dari murni (%)"] for row in rows(whole["pefa"])]
    met = (sum(abs(share - 100) <= band for share in spent) >= 2 for band in (5, 10, 15))
    letter = next((letter for letter, is_met in zip("ABC", met, strict=True) if is_met), "D")
    assert f"Nilai PI-1: {letter}." in whole["pefa"]["note"]


def test_nothing_is_called_efficient_before_the_year_is_over(blocks):
    assert "Hasil" not in {column["label"] for column in blocks["daya-opd"]["columns"]}
    assert "belum selesai" in blocks["daya-opd"]["note"]
    assert "belum selesai" in text(blocks["pmk"])


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (
            {"tahap_sesudah": "akhir"},
            "Tahap 'akhir' tidak ada atau belum berlaku; yang ada: murni, pergeseran, perubahan",
        ),
        ({"tahap_sebelum": "perubahan", "tahap_sesudah": "murni"}, "'perubahan' tidak mendahului 'murni'"),
        ({"tarif": {"perjalanan": 0.5}}, "maksud Anda perjalanan_dinas"),
        ({"tarif": {"perjalanan_dinas": 60}}, "isi angka dari 0 sampai 1"),
    ],
)
def test_slips_are_refused(sample_folder, given, words):
    with pytest.raises(Exception, match=re.escape(words)) as refused:
        run(sample_folder, **given)
    assert PkError.__name__ in str(refused.value)


def changed(table, keep):
    return lambda tables: tables | {table: tables[table][keep(tables[table])]}


def none(*names):
    return lambda tables: tables | {name: tables[name].iloc[:0] for name in names}


def zero_base(tables):
    lines = tables["anggaran"]
    return tables | {"anggaran": lines.assign(pagu_rp=lines["pagu_rp"].mask(lines["tahap"].eq("murni"), 0))}


def negative(tables):
    lines = tables["anggaran"].reset_index(drop=True)
    return tables | {"anggaran": lines.assign(pagu_rp=lines["pagu_rp"].mask(lines.index % 7 == 0, -lines["pagu_rp"]))}


def other_numbering(tables):
    lines = tables["anggaran"]
    old = lines["kode_rekening"].str.replace(r"\.0(\d{3})$", r".\1", regex=True)
    return tables | {
        "anggaran": lines.assign(kode_rekening_asli=lines["kode_rekening"].mask(lines["tahap"].eq("murni"), old))
    }


EDGES = {
    "satu_tahap": (changed("anggaran", lambda own: own["tahap"].eq("murni")), "kalimat", "perlu dua tahap anggaran"),
    "tanpa_murni": (changed("anggaran", lambda own: own["tahap"].ne("murni")), "perjalanan", "perlu pagu murni"),
    "tanpa_anggaran": (none("anggaran"), "kalimat", "yang ada tidak ada satu pun"),
    "tanpa_sebab": (none("perubahan_anggaran"), "kalimat", "tanpa sebab yang diisi"),
    "tanpa_realisasi": (none("realisasi_anggaran", "rencana_kas"), "prognosis", "realisasi s.d. Juni belum ada"),
    "tanpa_kinerja": (none("indikator", "target", "realisasi", "kaskade"), "daya-program", "belum dapat dihitung"),
    "opd_hilang": (
        changed("anggaran", lambda own: own["tahap"].ne("pergeseran") | own["kode_opd"].str.startswith("X4")),
        "batas-data", "1 SKPD tanpa baris anggaran pada tahap Pergeseran",
    ),
    "pagu_nol": (zero_base, "kalimat", "berubah dari Rp0 menjadi"),
    "negatif": (negative, "kalimat", "Belanja daerah berubah"),
    "penomoran_lain": (other_numbering, "batas-data", "penomoran yang berbeda"),
}  # fmt: skip


@pytest.fixture(scope="module")
def two_offices(sample_folder):
    """The sample's tables of DINKES and SETWAN."""
    source = store.open(sample_folder)
    codes = source["opd"].set_index("singkatan").loc[["DINKES", "SETWAN"], "kode_opd"]
    tables = {name: source[name] for name in source}
    return {name: own[own["kode_opd"].isin(codes)] if "kode_opd" in own else own for name, own in tables.items()}


@pytest.mark.parametrize("name", EDGES)
def test_edges_give_a_page_and_a_note(name, two_offices, sample_folder, tmp_path):
    change, block, words = EDGES[name]
    workspace = store.create(tmp_path / name, (sample_folder / "pkanalysis.toml").read_text(encoding="utf-8"))
    tables = change(dict(two_offices))
    parquet.write_all(workspace.path / "tabel", {key: conform(key, rows) for key, rows in tables.items()})
    derived.update(workspace)
    blocks, made = run(workspace.path)
    assert words in text(blocks[block])
    page = BeautifulSoup(ReportExporter().from_notebook_node(made)[0], "html.parser").main.get_text(" ")
    assert re.findall(RAW_OBJECTS, page) == []


def test_cuts_on_the_listed_service_standards_are_told(two_offices, sample_folder, tmp_path, city):
    listed = '[pola]\nspm = ["1.02.02"]\n'
    config = (sample_folder / "pkanalysis.toml").read_text(encoding="utf-8")
    workspace = store.create(tmp_path / "spm", f"{config}\n{listed}")
    parquet.write_all(workspace.path / "tabel", {key: conform(key, own) for key, own in two_offices.items()})
    derived.update(workspace)
    blocks, _ = run(workspace.path)
    is_listed = city.step["KODE SUB KEGIATAN"].str.startswith("1.02.02.") & (city.step["kurang"] > 0)
    cut = city.step[is_listed & city.step["NAMA SKPD"].eq("Dinas Kesehatan (contoh)")]
    found = {row["Pola"]: row for row in rows(blocks["pola"])}["Sub kegiatan SPM dikurangi"]
    assert (found["SKPD"], found["Baris pemicu"], found["Rupiah"]) == (1, len(cut), cut["kurang"].sum())
    assert len(cut) == len(rows(blocks["spm-baris"])) > 0


def cascaded(tables):
    """DINKES: two indicators of one programme, one of them of a second programme too."""
    pairs = [("DINKES-cakupan", "1.02.02"), ("DINKES-warga", "1.02.02"), ("DINKES-warga", "1.02.03")]
    links = pd.DataFrame(pairs, columns=["kode_indikator", "kode_induk"]).assign(jenis_induk="program")
    office = tables["indikator"].set_index("kode_indikator").loc["DINKES-warga", "kode_opd"]
    own = tables["kaskade"][tables["kaskade"]["jenis_induk"].eq("indikator")]
    return tables | {"kaskade": pd.concat([own, links.assign(kode_opd=office)], ignore_index=True)}


@pytest.fixture(scope="module")
def with_cascade(two_offices, sample_folder, tmp_path_factory):
    folder = tmp_path_factory.mktemp("kaskade") / "kerja"
    workspace = store.create(folder, (sample_folder / "pkanalysis.toml").read_text(encoding="utf-8"))
    tables = cascaded(dict(two_offices))
    parquet.write_all(workspace.path / "tabel", {key: conform(key, own) for key, own in tables.items()})
    derived.update(workspace)
    return workspace.path


def ceilings(city, programmes):
    """The first and the last ceiling of programmes of DINKES, from the files."""
    first, last = city.step, city.between("pergeseran", "perubahan")
    own = [
        step["KODE SUB KEGIATAN"].str[:7].isin(programmes) & step["NAMA SKPD"].eq("Dinas Kesehatan (contoh)")
        for step in (first, last)
    ]
    return int(first.loc[own[0], "sebelum"].sum()), int(last.loc[own[1], "sesudah"].sum())


def test_use_of_resources_per_programme_and_sasaran_where_the_cascade_links_them(with_cascade, city):
    blocks, _ = run(with_cascade, periode="tahunan")
    programmes = {row["Program"][:7]: row for row in rows(blocks["daya-program"])}
    goals = {row["Sasaran"].split(": ")[1]: row for row in rows(blocks["daya-sasaran"])}
    assert [(code, row["Indikator terukur"]) for code, row in programmes.items()] == [("1.02.02", 2), ("1.02.03", 1)]
    for row, codes in (
        (programmes["1.02.02"], ["1.02.02"]), (programmes["1.02.03"], ["1.02.03"]),
        (goals["Persentase cakupan program"], ["1.02.02"]), (goals["Jumlah warga terlayani"], ["1.02.02", "1.02.03"]),
    ):  # fmt: skip
        first, last = ceilings(city, codes)
        spent, share = row["Realisasi (Rp)"], row["Serapan pagu terakhir (%)"]
        assert (row["SKPD"], row["Pagu terakhir (Rp)"]) == ("Dinas Kesehatan (contoh)", last)
        assert (share, row["Serapan pagu murni (%)"]) == pytest.approx((100 * spent / last, 100 * spent / first))
        assert row["Semua target tercapai"] == "ya"
        assert (row["Hasil"], row["Tingkat efisiensi (%)"]) == ("efisien", pytest.approx(100 - share))
        assert row["Capaian − serapan (poin)"] == pytest.approx(min(row["Capaian (%)"], 100) - share)
    both = sum(programmes[code]["Realisasi (Rp)"] for code in programmes)
    assert goals["Jumlah warga terlayani"]["Realisasi (Rp)"] == both
    assert "tidak dijumlahkan" in blocks["daya-sasaran"]["note"]
    graded = {row["Cakupan, sasaran, atau program"][:7]: row for row in rows(blocks["pmk"])}
    found, use = graded["1.02.03"], programmes["1.02.03"]
    expected = use["Pagu terakhir (Rp)"] * use["Capaian (%)"] / 100
    e = 100 * (expected - use["Realisasi (Rp)"]) / expected
    assert (found["E, pagu terakhir (%)"], found["NE, pagu terakhir"]) == pytest.approx((e, 50 + e / 20 * 50))


def test_nothing_is_efficient_per_programme_before_the_year_is_over(with_cascade):
    blocks, _ = run(with_cascade)
    labels = {column["label"] for name in ("daya-program", "daya-sasaran") for column in blocks[name]["columns"]}
    assert "Realisasi (Rp)" in labels
    assert "Hasil" not in labels


def test_strange_offices(tmp_path):
    offices.write(tmp_path / "aneh")
    blocks, _ = run(tmp_path / "aneh")
    assert blocks["per-skpd"]["kind"] == "Table"
    assert "SKPD tanpa baris anggaran" in text(blocks["batas-data"])


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    source, folder = shared("real", REAL), tmp_path_factory.mktemp("nyata") / "kerja"
    for words in (["new", str(folder)], ["import", str(source), "--ruang-kerja", str(folder)]):
        assert CliRunner().invoke(app, words).exit_code == 0
    return run(folder, periode="tahunan")[0]


def test_the_real_workbook_says_what_its_readme_says(real):
    total = rows(real["per-skpd"])[-1]
    assert [total[label] for label in ("Sebelum (Rp)", "Sesudah (Rp)", "Pengurangan (Rp)", "Penambahan (Rp)")] == [
        4_322_423_846, 3_862_913_070, 883_662_776, 424_152_000,
    ]  # fmt: skip
    assert round(total["%"], 2) == -10.63
    trip = rows(real["perjalanan"])[-1]
    assert [trip[label] for label in ("Pagu murni (Rp)", "Pergeseran (Rp)", "Perubahan APBD (Rp)")] == [
        1_315_748_000, 657_874_000, 662_094_000,
    ]  # fmt: skip
    assert "mencapai 50% pada Pergeseran, kemudian bertambah Rp4.220.000" in trip["Keadaan pagu"].text
    capital = [row for row in rows(real["jenis"]) if row["Jenis belanja"] == "Belanja Modal"]
    assert [row["Sesudah (Rp)"] for row in capital] == [104_344_000, 150_765_000]
    assert pd.DataFrame(rows(real["perputaran"]))["Neto (Rp)"].unique().tolist() == [-459_510_776]
    assert "dihemat karena" not in text(real["kalimat"])
    assert "tidak berkode sumber dana" in text(real["batas-data"])

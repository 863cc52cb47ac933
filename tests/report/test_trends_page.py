"""The page on IKU and trends: its numbers recomputed, the planted truths found, and workspaces with little or nothing."""

import re
from collections import Counter
from zlib import crc32

import nbformat
import pandas as pd
import papermill
import pytest
from filelock import FileLock
from paths import ROOT, shared
from report import offices
from report.sources import trends as source
from report.test_ledger import FORBIDDEN, NUMBER, RAW_OBJECTS, own, printed, valued
from scipy import stats

from pkanalysis import derived, store
from pkanalysis.config import SAMPLE_MARK
from pkanalysis.report.plan import TRENDS, Request, plan
from pkanalysis.sample.indicators import easy_targets

SHEETS = re.compile(
    r"\b\d[bc]?_[A-Z]+|s\.d\. (?:TW III|akhir tahun) 2025$|\(2 × target|2 × target|× 100|= 100 di dalam|rekap5"
)
BETTER = [
    "DINKES-tepat", "DISDIK-tepat", "DKPS-tepat", "DPMPTSP-tepat", "INSPEKTORAT-temuan", "KEC02-ikm", "BAPPEDA-mutu",
    "DLH-kejadian", "RSUDA-tunggu", "KEC06-surat",
]  # fmt: skip
WORSE = ["DISPORA-cakupan", "KEC05-usulan", "DPP-kejadian"]


@pytest.fixture(scope="module")
def run(common_folder):
    def made(workspace, period="TW3", **given):
        parameters = {"ruang_kerja": str(workspace), "tahun": 2025, "periode": period} | given
        path = common_folder / f"tren_{crc32(repr(parameters).encode()):08x}.ipynb"
        with FileLock(f"{path}.lock"):
            if not path.exists():
                options = {"engine_name": "pkanalysis", "progress_bar": False}
                page = papermill.execute_notebook(str(ROOT / "notebooks/tren_iku.ipynb"), None, parameters, **options)
                nbformat.write(page, path)
        return printed(nbformat.read(path, as_version=4))

    return made


@pytest.fixture(scope="module")
def ws(sample_folder):
    return store.open(sample_folder)


@pytest.fixture(scope="module")
def year(run, sample_folder):
    return run(sample_folder, "tahunan")


@pytest.fixture(scope="module")
def quarter(run, sample_folder):
    return run(sample_folder)


def rows(page, name):
    """Raw values of a table by label; sentences as text."""
    block = page.blocks[name]
    labels = [column["label"] for column in block["columns"]]
    raws = [
        [cell.get("raw", cell["text"]) if cell["kind"] != "kalimat" else cell["text"] for cell in row]
        for row in block["rows"]
    ]
    return pd.DataFrame(raws, columns=labels)


def said(page, name="kalimat"):
    return " ".join(item["text"] for item in page.blocks[name]["items"])


@pytest.mark.parametrize("period", ["year", "quarter"])
def test_every_number_is_a_value_of_its_block(request, period):
    page = request.getfixturevalue(period)
    found = {
        name: Counter(NUMBER.findall(" ".join(SHEETS.sub("", text) for text in own(page.soup.find(id=name)))))
        for name in page.blocks
    }
    assert found == {name: valued(block) for name, block in page.blocks.items()}


@pytest.mark.parametrize("period", ["year", "quarter"])
def test_it_claims_no_more_than_it_may(request, period):
    text = request.getfixturevalue(period).text.replace(SAMPLE_MARK, "")
    assert [word for word in FORBIDDEN if re.search(word, text, re.IGNORECASE)] == []
    assert re.findall(RAW_OBJECTS, text) == []


def test_figures_and_tables_are_marked_and_described(year):
    for block in year.blocks.values():
        if block["kind"] == "Figure":
            values = [f"{label} {cell['text']}" for label, cell in block["values"].items()]
            assert Counter(NUMBER.findall(block["alt"])) == Counter(NUMBER.findall(" ".join(values))), block["id"]
    marked = [block["mark"] for block in year.blocks.values() if block["kind"] in ("Table", "Figure")]
    assert set(marked) == {SAMPLE_MARK}


def test_means_per_opd(year, ws):
    found = source.achieved(ws, 2025)
    names = ws["opd"].set_index("kode_opd")["nama_opd"]
    shown = rows(year, "capaian-opd").set_index("OPD")
    for code, part in found.groupby("opd"):
        line = shown.loc[names[code]]
        assert line["Rata-rata thd PK berlaku"] == pytest.approx(part["kini"].mean(), abs=1e-9)
        assert line["Rata-rata thd PK murni"] == pytest.approx(part["murni"].mean(), abs=1e-9)
        assert (line["n"], line["n tanpa data"]) == (part["kini"].count(), part["kini"].isna().sum())
        assert line["n di atas target"] == part["kini"].gt(100 + 1e-9).sum()
    whole = shown.loc["Seluruh OPD"]
    assert (whole["n"], whole["Rata-rata thd PK berlaku"]) == (
        found["kini"].count(),
        pytest.approx(found["kini"].mean()),
    )


def test_two_years_on_all_and_on_the_same_indicators(year, ws):
    before, now = source.achieved(ws, 2024)["kini"], source.achieved(ws, 2025)["kini"]
    both = before.dropna().index.intersection(now.dropna().index)
    expected = [before.mean(), now.mean(), before[both].mean(), now[both].mean()]
    shown = rows(year, "dua-tahun")
    assert shown["Rata-rata capaian"].tolist() == pytest.approx(expected, abs=1e-9)
    assert shown["n"].tolist() == [before.count(), now.count(), len(both), len(both)]


def test_the_three_parts(year, ws):
    found = source.achieved(ws, 2025).dropna()
    whole = rows(year, "tiga-bagian").iloc[-1]
    assert whole["Target tetap"] == pytest.approx(found["murni"].mean(), abs=0.05001)
    assert whole["Capaian yang dilaporkan"] == pytest.approx(found["kini"].mean(), abs=0.05001)
    parts = whole[["Target tetap", "Perubahan target (poin)", "Batas atas (poin)"]].astype(float)
    assert parts.sum() == pytest.approx(whole["Capaian yang dilaporkan"], abs=1e-9)
    assert whole["n"] == len(found)


def test_trends_of_every_indicator(year, ws):
    block = rows(year, "tren-statistik")
    names = ws["opd"].set_index("kode_opd")["nama_opd"]
    cards = ws["indikator"].set_index("kode_indikator")
    places = {
        (names[card["kode_opd"]], card["nama_indikator"]): code
        for code, card in cards.iterrows()
        if code in source.series(ws, 2025)
    }
    series = source.series(ws, 2025)
    assert len(block) == sum(len(values) >= 4 for values in series.values())
    for _, line in block.iterrows():
        values = series[places[line["OPD"], line["Indikator"]]]
        assert (line["n"], line["S"]) == (len(values), source.score(values))
        assert line["Sen per tahun"] == pytest.approx(stats.theilslopes(values, values.index)[0], abs=1e-9)
        if values.is_unique:
            assert line["p"] == pytest.approx(source.untied_p(values), abs=1e-12)
    reached = stats.false_discovery_control(block["p"].astype(float))
    assert block["p disesuaikan"].tolist() == pytest.approx(reached.tolist(), abs=1e-12)
    stands = (reached <= 0.10) & (block["p"] <= 0.05)
    assert f"{stands.sum()} dari {len(block)} indikator yang diuji menunjukkan tren" in said(year)


def test_planted_trends_are_found(ws):
    found = ws.derived("tren_iku").query("sampai_tahun == 2025").set_index("kode_indikator")
    assert found.loc[BETTER, "gerak"].tolist() == ["membaik"] * 10
    assert found.loc[WORSE, "gerak"].tolist() == ["memburuk"] * 3
    assert set(found.index[found["gerak"].eq("memburuk")]) == set(WORSE)
    series, signs = source.series(ws, 2025), ws["indikator"].set_index("kode_indikator")["polaritas"].map(source.SIGN)
    assert all(source.is_monotone(series[code], signs[code]) for code in BETTER)
    assert all(source.is_monotone(series[code], -signs[code]) for code in WORSE)


def test_planted_easy_targets_and_copied_values_are_flagged(year, ws):
    flags = rows(year, "bendera-baris")
    names, cards = ws["opd"].set_index("kode_opd")["nama_opd"], ws["indikator"].set_index("kode_indikator")
    told = {(row["OPD"], row["Indikator"], row["Hal"]) for _, row in flags.iterrows()}
    harder = {"KEC03-ikm"}  # its PK Perubahan asks for more than the result of 2024
    assert len(easy_targets()) == 12
    planted = dict.fromkeys(easy_targets() - harder, "Target lebih mudah dari realisasi tahun lalu")
    planted |= dict.fromkeys(("DTKK-cakupan", "KEC11-surat"), "Realisasi selalu sama dengan target")
    for code, flag in planted.items():
        assert (names[cards.loc[code, "kode_opd"]], cards.loc[code, "nama_indikator"], flag) in told
    counts = rows(year, "bendera").set_index("Hal")["Indikator"]
    assert counts["Realisasi selalu sama dengan target"] == 2
    assert counts.sum() == len(flags)


def test_eased_targets_are_listed_with_reason_or_without(year, ws):
    targets = ws["target"].query("tahun == 2025 and periode == 'tahunan'").set_index("kode_indikator")
    first, last = targets.query("dokumen == 'pk'"), targets.query("dokumen == 'pk_perubahan'").sort_values("ke")
    last = last[~last.index.duplicated(keep="last")]
    signs = ws["indikator"].set_index("kode_indikator")["polaritas"].map(source.SIGN)
    eased = last[(signs * (last["nilai"] - first["nilai"]).reindex(signs.index)).lt(0).reindex(last.index)]
    shown = rows(year, "target-dilonggarkan")
    assert (len(shown), len(eased)) == (24, 24)
    assert sorted(shown["Target setahun PK Perubahan"]) == sorted(eased["nilai"])
    assert shown["Alasan menurut OPD"].eq("Belum diisi OPD").sum() == eased["alasan_perubahan"].isna().sum()
    assert f"24 target di {eased['kode_opd'].nunique()} OPD dibuat lebih mudah" in said(year)


def test_agreements(year, quarter):
    missing = "belum: Dinas Perdagangan dan Perindustrian (contoh)."
    assert missing in said(year)
    assert missing in said(quarter)
    assert "PK Perubahan lebih dari sekali: Dinas Pertanian dan Ketahanan Pangan (contoh)." in said(
        year, "kelengkapan-pk"
    )
    assert "lebih dari sekali" not in said(quarter, "kelengkapan-pk")
    assert rows(year, "pk-opd")["Banyaknya PK Perubahan"].sum() == 42
    assert rows(quarter, "pk-opd")["Banyaknya PK Perubahan"].sum() == 41


def test_the_cascade_counts(year, ws):
    links = (
        ws["kaskade"]
        .query("jenis_induk == 'indikator'")
        .merge(source.current(ws["indikator"], 2025)[["kode_indikator"]])
    )
    shown = rows(year, "lintas-sektor").set_index("Indikator yang ditunjang")
    names = ws["indikator"].set_index("kode_indikator")["nama_indikator"]
    offices_of = links.groupby("kode_induk")["kode_opd"].nunique()
    assert shown["OPD yang menunjang"].to_dict() == {names[code]: n for code, n in offices_of.items() if n > 1}


def test_the_cascade_reaches_from_each_iku_kota_to_its_sub_kegiatan(quarter, ws):
    links, about = ws["kaskade"], ws["indikator"].set_index("kode_indikator")
    up = links[links["jenis_induk"] == "indikator"]
    lines = ws["anggaran"].query("tahun == 2025 and tahap == 'perubahan'")
    sums = lines.groupby(["kode_opd", "kode_program", "kode_sub_kegiatan"])["pagu_rp"].sum()
    in_force = about[about["berlaku_dari"].fillna(2025).le(2025) & about["berlaku_sampai"].fillna(2025).ge(2025)]
    shown = rows(quarter, "kaskade-kota").set_index("IKU kota")
    assert len(shown) == 9
    for top in in_force.index[in_force["tingkat"] == "iku_kota"]:
        below, level = set(), {top}
        while level:
            level = set(up.loc[up["kode_induk"].isin(level), "kode_indikator"]) - below
            below |= level
        own = in_force.loc[sorted(below & set(in_force.index))]
        paid = links[(links["jenis_induk"] == "program") & links["kode_indikator"].isin(own.index)]
        pairs = set(paid[["kode_opd", "kode_induk"]].itertuples(index=False, name=None))
        money = [rupiah for (office, code, _), rupiah in sums.items() if (office, code) in pairs]
        assert shown.loc[in_force.loc[top, "nama_indikator"]].tolist() == [
            own["kode_opd"].nunique(), (own["tingkat"] == "iku_opd").sum(), (own["tingkat"] == "program").sum(),
            len(pairs), len(money), sum(money),
        ]  # fmt: skip


def test_series_restart_in_2024(year, ws):
    block = rows(year, "putus-seri").set_index("Tahun")
    cards = ws["indikator"]
    assert block.loc[2024, "Indikator yang mulai berlaku"] == cards["berlaku_dari"].eq(2024).sum() > 0
    assert block.loc[2023, "Indikator yang berakhir"] == cards["berlaku_sampai"].eq(2023).sum() > 0
    assert not [
        code for code, values in source.series(ws, 2025).items() if code.endswith("-2024") and values.index.min() < 2024
    ]


def test_within_the_year_trends_end_with_the_year_before(quarter):
    assert "2025" not in "".join(rows(quarter, "tren-kalimat")["Yang dapat dikatakan"])
    assert set(rows(quarter, "prospek")["Tahun target"]) == {2025, 2026}


def test_the_geometric_mean_is_an_option(run, sample_folder, ws):
    page = run(sample_folder, "tahunan", rata_rata="geometrik")
    expected = stats.gmean(source.achieved(ws, 2025)["kini"].dropna())
    assert rows(page, "capaian-opd").iloc[-1]["Rata-rata thd PK berlaku"] == pytest.approx(expected, abs=1e-9)
    assert said(page).count("Rata-rata geometrik") == 1


@pytest.fixture(scope="module")
def pringsewu(tmp_path_factory):
    path = shared("real", "pringsewu_lakip_2025_iku.csv")
    workspace = store.create(tmp_path_factory.mktemp("iku") / "kerja", EMPTY)
    store.take_all(workspace, [path])
    derived.fresh(workspace)
    return workspace


def test_each_of_92_messy_real_rows_is_scored_or_listed_with_the_reason(run, pringsewu):
    """Scored on the page, listed with the reason why not, or named as not stored: nothing falls between."""
    page = run(pringsewu.path, "tahunan")
    every = pd.concat([rows(page, "kartu-skor"), rows(page, "capaian")])
    scored = every["Capaian thd PK murni"].notna()
    told = rows(page, "tanpa-persen")
    waiting = int(re.match(r"(\d+) indikator lain menunggu", page.blocks["tanpa-persen"]["note"])[1])
    assert (len(every), scored.sum(), len(told), waiting) == (85, 55, 29, 1)
    assert told["Mengapa tidak dihitung"].value_counts().to_dict() == {
        "Target belum ada": 27,
        "Realisasi belum disampaikan OPD": 1,
        "Target nol; hanya dapat dinyatakan tercapai atau belum": 1,
    }
    lost = rows(page, "tidak-disimpan")
    whole = lost[lost["Mengapa"].str.contains("indikator ini tidak disimpan|baris ini .* tidak disimpan")]
    assert len(every) + whole["Tempat"].nunique() == 92
    assert said(page).count("Satu indikator menentukan rata-rata itu") == 1


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    folder = tmp_path_factory.mktemp("jambi")
    workspace = store.create(folder / "kerja", (ROOT / "data/kota_jambi/pkanalysis.toml").read_text(encoding="utf-8"))
    store.take_all(workspace, sorted((ROOT / "data/kota_jambi/sumber").glob("*.csv")))
    derived.fresh(workspace)
    return workspace


def test_published_series_are_read_as_they_are(run, published):
    page = run(published.path)
    told = rows(page, "terbit-deret").set_index("Indikator")["Yang dapat dikatakan"]
    assert told["Persentase penduduk miskin"].startswith("Tahun 2022 tidak dihitung: sumber menyebut 8,33 dan 9,32,")
    assert told["Indeks Pembangunan Manusia"].startswith("Nilai 2020 memakai seri lama dan tidak disambung.")
    assert "(2020–2025), 3 pasangan tahun naik dan 3 turun" in told["Laju Pertumbuhan Ekonomi"]
    assert not [text for text in told if "cenderung" in text]
    assert page.blocks["terbit-deret"]["mark"] == ""
    assert "Inpres" not in page.text
    entry = next(page.entry for page in plan(published, Request(2025, "TW3")) if page.entry.nama == TRENDS)
    assert entry.berkas == "TREN_IKU_2025_TW3.html"


EMPTY = '[ruang_kerja]\njenis = "nyata"\ndaerah = "Kota Uji"\n[[tahap]]\ntahun = 2025\nkode = "murni"\nnama = "Murni"\n'


@pytest.mark.parametrize("period", ["TW1", "tahunan"])
def test_a_workspace_with_nothing_gives_a_page_of_notes(run, tmp_path, period):
    workspace = store.create(tmp_path / "kosong", EMPTY)
    derived.fresh(workspace)
    page = run(workspace.path, period)
    assert "belum ada indikator yang diterima" in said(page)
    assert said(page, "tren").startswith("Belum ada nilai akhir tahun")
    assert said(page, "terbit") == "Tidak ada angka terbit di ruang kerja ini."
    assert [block["id"] for block in page.blocks.values() if block["kind"] == "Figure"] == []


@pytest.mark.parametrize("period", ["TW3", "tahunan"])
def test_unusual_offices_give_a_page(run, common_folder, period):
    """One year, none, all waiting, an OPD without PK, sixty indicators, hostile names."""
    folder = common_folder / "aneh"
    with FileLock(f"{folder}.lock"):
        folder = folder if folder.exists() else offices.write(folder)
    page = run(folder, period)
    assert said(page, "kelengkapan-pk").startswith("PK murni yang sudah ditandatangani diterima dari 8 dari 10 OPD;")
    assert re.findall(RAW_OBJECTS, re.sub(r"[{}]|<[a-z]+", "", page.text)) == []


def test_the_page_is_part_of_a_batch(ws):
    (entry,) = [page.entry for page in plan(ws, Request(2025, "TW3")) if page.entry.nama == TRENDS]
    assert entry.berkas == "TREN_IKU_2025_TW3_CONTOH.html"

"""Series with their gaps, and the arithmetic that the published figures allow."""

import pandas as pd
import pytest

from pkanalysis import tables
from pkanalysis.analysis import published

OFFICES = tables.empty("opd")


def check(found, beginning):
    (row,) = found[found["uji"].str.startswith(beginning)].itertuples()
    return row


def test_series_need_three_years_and_no_line_crosses_a_gap_or_a_dispute(figures):
    rows = published.series(figures.sort_values("baris"))
    assert published.years(rows).ge(3).all()
    assert "IKLH" not in set(rows["uraian"])
    joined = rows[rows["nilai"].notna()].groupby(["uraian", "ruas"])["tahun"].agg(list)
    assert joined["Indeks Pembangunan Manusia"].tolist() == [[2020], [2022, 2023, 2024]]
    assert joined["Laju Pertumbuhan Ekonomi"].tolist() == [[2020], [2021], [2022], [2023, 2024, 2025]]
    assert joined["Inflasi (yoy)"].tolist() == [[2021], [2023, 2024]]
    assert joined["Prevalensi stunting"].tolist() == [[2018, 2019], [2021]]


def test_by_year_keeps_gaps_and_gives_a_second_source_its_own_row(figures):
    wide = published.by_year(published.series(figures.sort_values("baris"))).set_index(["uraian", "urutan"])
    assert [year for year in wide.columns if isinstance(year, int)] == list(range(2018, 2026))
    poverty = wide.loc["Persentase penduduk miskin"]
    assert poverty[2022].tolist() == [8.33, 9.32]
    assert poverty["konflik"].tolist() == ["2022", "2022"]
    assert wide.loc[("Indeks Pembangunan Manusia", 1), [2019, 2021, 2025]].isna().all()


def test_sources_are_numbered_once_and_cited_by_number(figures):
    known = published.sources(figures)
    assert known["alamat"].is_unique
    assert known["nomor"].tolist() == list(range(1, len(known) + 1))
    cited = published.cite(figures, known)
    assert cited.notna().all()
    two = figures["sumber"].str.contains("|", regex=False)
    assert cited[two].str.count(r"\[\d+\]").eq(2).all()


def test_budget_components_add_up_except_in_the_draft_of_2025(figures):
    found = published.sums(figures, "apbd")
    assert found["hasil"].value_counts().to_dict() == {"cocok": 5, "tidak cocok": 2}
    draft = check(found, "Belanja 2025")
    assert (draft.tertulis, draft.hitungan, draft.selisih) == (1930724471000, 1616311389000, -314413082000)
    assert check(found, "Pendapatan 2025").selisih == 50_000_000
    assert check(found, "Defisit 2026").hitungan == 34_630_280_501


def test_announced_savings_against_each_other(figures):
    found = published.saving(figures, OFFICES)
    travel = check(found, "Perjalanan dinas = luar")
    assert (travel.tertulis, travel.hitungan, travel.hasil) == (74e9, 58e9 + 16e9, "cocok")
    assert check(found, "Sisa penghematan").hitungan == 31e9
    added = check(found, "Tambahan sembilan OPD")
    assert (added.tertulis, added.hitungan, added.hasil) == (41e9, 42_644_802_500, "tidak cocok")
    assert check(found, "Penghematan yang belum").hitungan == 1_355_197_500


def test_the_travel_rate_and_the_average_of_the_other_offices(figures, ws):
    found = published.saving(figures, ws["opd"]).iloc[len(published.sums(figures, "efisiensi")) :]
    assert check(found, "Tarif potong").hitungan == 50
    assert check(found, "Rata-rata 39 SKPD").hitungan == pytest.approx(31e9 / 39)
    assert check(found, "Rata-rata 41 SKPD").hitungan == pytest.approx(31e9 / 41)
    assert found["hasil"].tolist() == ["cocok", "mungkin, tetapi ketat", "mungkin, tetapi ketat"]


def test_an_average_above_the_announced_bound_is_impossible(figures, ws):
    few = ws["opd"].head(20)
    assert published.saving(figures, few)["hasil"].iloc[-1] == "tidak mungkin"


def test_checks_whose_figures_are_absent_are_left_out():
    none = tables.empty("angka_terbit")
    assert published.sums(none, "apbd").empty
    assert published.saving(none, OFFICES).empty


def test_percentages_are_recomputed_beside_those_of_the_source(figures):
    rows = published.recomputed(figures).set_index(["uraian", "periode"])
    assert rows.loc[("PBB", "s.d. 10 Okt 2023"), "hitungan_pct"] == pytest.approx(100 * 30.3 / 34)
    assert pd.isna(rows.loc[("Realisasi pajak daerah total", "s.d. 16 Des 2025"), "hitungan_pct"])
    lower_is_better = rows[rows["arah"].eq("turun")]
    assert len(lower_is_better)
    assert lower_is_better["hitungan_pct"].isna().all()


def test_the_fullest_day_is_the_taxes_of_december(figures):
    rows = published.fullest_day(figures)
    assert rows["uraian"].tolist()[0] == "PBJT Tenaga Listrik"
    assert rows["hitungan_pct"].lt(100).tolist() == [False] * 5 + [True]
    assert set(rows["periode"]) == {"s.d. 16 Des 2025"}

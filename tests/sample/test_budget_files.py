"""The bounds of design §9, asserted on the files with a few lines of pandas of their own."""

from __future__ import annotations

import pandas as pd
import pytest

TRAVEL = "5.1.02.04."
MEALS, PAPER = (
    ("5.1.02.01.01.0052", "5.1.02.01.01.0053"),
    ("5.1.02.01.01.0024", "5.1.02.01.01.0025", "5.1.02.01.01.0029"),
)
MEDIA = ("5.1.02.02.01.0055", "5.1.02.02.01.0062")
MEETINGS = ("5.1.02.02.05.0009", "5.1.02.02.05.0043", "5.1.02.02.12.0002")
OFFICE = MEALS + PAPER + MEDIA
SETWAN, DINSOS, DPUPR, BPKAD = "X4.02", "X1.06", "X1.03", "X5.02.0.00.0.00.01"
KEYS = ["KODE SKPD", "KODE SUB UNIT", "KODE SUB KEGIATAN", "KODE SUMBER DANA", "KODE REKENING"]
ADDED = {
    "X1.03": 17_311_500_000, "X1.04": 7_070_000_000, "X1.02.0.00.0.00.01": 7_070_000_000, "X1.01": 5_670_000_000,
    "X2.11": 2_630_000_000, "X2.15": 1_390_000_000, "X2.16": 575_000_000, "X1.06": 563_302_500, "X2.08": 365_000_000,
}  # fmt: skip


@pytest.fixture(scope="module")
def wide(budget: pd.DataFrame) -> pd.DataFrame:
    """2025, one row per line: rupiah at each stage and the change murni -> pergeseran."""
    lines = budget[budget["year"] == 2025].pivot(index=KEYS, columns="stage", values="PAGU").fillna(0).astype("int64")
    return lines.assign(change=lines["pergeseran"] - lines["murni"]).reset_index()


@pytest.fixture(scope="module")
def target(wide: pd.DataFrame) -> pd.DataFrame:
    """Lines of the target categories."""
    code = wide["KODE REKENING"]
    return wide[code.str.startswith(TRAVEL) | code.isin(OFFICE)]


def travel(lines: pd.DataFrame, suffix: str = "") -> pd.DataFrame:
    return lines[lines["KODE REKENING"].str.startswith(TRAVEL) & lines["KODE REKENING"].str.endswith(suffix)]


def of(lines: pd.DataFrame, code: str) -> pd.DataFrame:
    return lines[lines["KODE SKPD"].str.startswith(code)]


def test_every_recap_has_the_23_columns_of_sipd(budget: pd.DataFrame) -> None:
    assert list(budget.columns[:23]) == [
        "NO", "TAHUN", "KODE URUSAN", "NAMA URUSAN", "KODE SKPD", "NAMA SKPD", "KODE SUB UNIT", "NAMA SUB UNIT",
        "KODE BIDANG URUSAN", "NAMA BIDANG URUSAN", "KODE PROGRAM", "NAMA PROGRAM", "KODE KEGIATAN", "NAMA KEGIATAN",
        "KODE SUB KEGIATAN", "NAMA SUB KEGIATAN", "KODE SUMBER DANA", "NAMA SUMBER DANA", "KODE REKENING",
        "NAMA REKENING", "PAKET/KELOMPOK", "NAMA PAKET/KELOMPOK", "PAGU",
    ]  # fmt: skip
    assert (budget["PAGU"] > 0).all()
    assert not budget.duplicated(["year", "stage", *KEYS]).any()
    assert budget.notna().all(axis=None)


def test_totals(budget: pd.DataFrame) -> None:
    totals = budget.groupby(["year", "stage"])["PAGU"].sum()
    assert totals[2025, "murni"] == 1_930_724_471_000
    assert totals[2025, "pergeseran"] == 1_926_724_471_000
    assert totals[2025, "perubahan"] == 1_970_180_471_000
    assert len(totals) == 7


def test_42_offices_and_25_to_60_lines_each(budget: pd.DataFrame) -> None:
    lines = budget.groupby(["year", "stage", "KODE SKPD"]).size().unstack()
    assert lines.shape == (7, 42)
    assert lines.notna().all(axis=None)
    assert lines.min(axis=None) >= 25
    assert lines.max(axis=None) <= 60
    assert budget.groupby(["year", "stage"]).size().between(1_700, 2_200).all()


def test_composition_is_plausible(wide: pd.DataFrame) -> None:
    group = wide.groupby(wide["KODE REKENING"].str[:3])["murni"].sum()
    assert group["5.3"] == 36_500_000_000
    assert 0.70 <= group["5.1"] / wide["murni"].sum() <= 0.75


def test_saving_is_exactly_44_miliar_and_nothing_in_its_categories_rises(target: pd.DataFrame) -> None:
    assert (target["change"] <= 0).all()
    assert target["change"].sum() == -44_000_000_000


def test_the_categories_agree_with_the_reference(target: pd.DataFrame, wide: pd.DataFrame) -> None:
    from importlib import resources

    with resources.files("pkanalysis.reference").joinpath("kategori_efisiensi.csv").open(encoding="utf-8") as file:
        rules = pd.read_csv(file, dtype=str, usecols=["kode_prefix", "kategori", "keyakinan"])
    known = {row.kode_prefix: (row.kategori, row.keyakinan) for row in rules.itertuples()}
    cut = {"perjalanan_dinas", "makan_minum", "atk_bahan_kantor", "publikasi_iklan"}

    def is_target(code: str) -> bool:
        parts = code.split(".")
        prefixes = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
        category, certainty = next((known[prefix] for prefix in prefixes if prefix in known), ("", ""))
        return category in cut and certainty in ("pasti", "taksiran")

    expected = {code for code in wide["KODE REKENING"].unique() if is_target(code)}
    assert set(target["KODE REKENING"]) == expected


def test_travel_is_halved_from_74_to_37_miliar(wide: pd.DataFrame) -> None:
    assert travel(wide)[["murni", "pergeseran"]].sum().tolist() == [74_000_000_000, 37_000_000_000]
    assert travel(wide, "0001")["murni"].sum() == 58_000_000_000
    assert travel(wide, "0003")["murni"].sum() == 16_000_000_000


def test_four_offices_stay_short_of_half_and_setwan_makes_up_for_them(wide: pd.DataFrame) -> None:
    sums = travel(wide).groupby("KODE SKPD")[["murni", "pergeseran"]].sum()
    missing = sums["pergeseran"] - sums["murni"] // 2
    short = missing[missing > 0]
    assert set(short.index.str[:18]) == {
        "X5.01.5.05.0.00.01", "X2.15.0.00.0.00.01", "X3.26.2.22.0.00.01", "X7.01.0.00.0.00.03"
    }  # fmt: skip
    assert short.min() > 50_000_000
    more = missing[missing < 0]
    assert list(more.index.str[:5]) == [SETWAN]
    assert more.sum() == -short.sum()


def test_dinsos_travel_is_as_published(wide: pd.DataFrame) -> None:
    own = of(wide, DINSOS)
    assert travel(own, "0003")["murni"].sum() == 312_250_000
    assert travel(own, "0001")["murni"].sum() == 799_920_000


def test_meals_paper_and_media_fall_by_a_quarter_of_28_miliar(target: pd.DataFrame) -> None:
    office = target[target["KODE REKENING"].isin(OFFICE)]
    assert office["murni"].sum() == 28_000_000_000
    assert office["change"].sum() == -7_000_000_000
    by_office = office.groupby("KODE SKPD")[["murni", "change"]].sum()
    assert (by_office["murni"] == -4 * by_office["change"]).all()


def test_chosen_saving_per_office(target: pd.DataFrame) -> None:
    saving = -target.groupby("KODE SKPD")["change"].sum()
    district = saving.index.str.startswith("X7.01")
    setwan = saving.index.str.startswith(SETWAN)
    assert saving[setwan].between(13_000_000_001, 15_000_000_000).all()
    assert district.sum() == 11
    assert saving[district].between(400_000_000, 600_000_000).all()
    assert saving[~district & ~setwan].between(750_000_000, 980_000_000).all()


def test_hospitals_save_outside_blud(wide: pd.DataFrame) -> None:
    hospitals = wide[wide["KODE SKPD"].str.contains(r"^X1\.02\.0\.00\.0\.00\.0[23]")]
    blud = hospitals[hospitals["KODE REKENING"].str.startswith("5.1.02.99")]
    assert blud["KODE SKPD"].nunique() == 2
    assert (blud["change"] == 0).all()


def test_tkd_cut_is_4_miliar_in_dpupr_outside_the_saving(wide: pd.DataFrame, target: pd.DataFrame) -> None:
    earmarked = wide[(wide["KODE SUMBER DANA"] == "2.2.1.01.02") & (wide["change"] < 0)]
    cut = of(earmarked, DPUPR)
    assert cut["change"].sum() == -4_000_000_000
    assert cut["KODE REKENING"].str.startswith("5.2.04").all()
    assert not cut.index.intersection(target.index).size


def test_additions_of_nine_offices_and_the_rest_to_btt(wide: pd.DataFrame, target: pd.DataFrame) -> None:
    """Net of everything that is not saving or TKD, an office gains exactly what it was given, or nothing."""
    rest = wide.drop(index=target.index)
    net = rest.groupby("KODE SKPD")["change"].sum()
    given = {next(code for code in net.index if code.startswith(start)): value for start, value in ADDED.items()}
    expected = pd.Series(given).reindex(net.index, fill_value=0)
    expected[net.index.str.startswith(DPUPR)] -= 4_000_000_000
    expected[net.index.str.startswith(BPKAD)] += 1_355_197_500
    pd.testing.assert_series_equal(net, expected, check_names=False)
    assert sum(ADDED.values()) == 42_644_802_500
    assert rest.loc[rest["KODE REKENING"].str.startswith("5.3"), "change"].tolist() == [1_355_197_500]


def test_the_saving_has_to_be_found(wide: pd.DataFrame, target: pd.DataFrame) -> None:
    """Gross decrease is more than saving and TKD together; lines vanish and appear."""
    assert -wide.loc[wide["change"] < 0, "change"].sum() > 49_000_000_000
    assert (wide.loc[target.index, "pergeseran"].eq(0) & wide.loc[target.index, "murni"].gt(0)).sum() == 9
    assert (wide["pergeseran"].eq(0) & wide["murni"].gt(0)).sum() == 14
    assert (wide["pergeseran"].gt(0) & wide["murni"].eq(0)).sum() > 0


def test_meetings_rise_in_three_offices_whose_travel_was_cut_and_move_nowhere_else(wide: pd.DataFrame) -> None:
    moved = wide[wide["KODE REKENING"].isin(MEETINGS) & wide["change"].ne(0)].set_index("KODE SKPD")["change"]
    assert moved.rename(lambda code: code[:21]).to_dict() == {
        "X1.05.0.00.0.00.03.00": 140_000_000, "X2.14.0.00.0.00.01.00": 180_000_000, "X7.01.0.00.0.00.02.00": 90_000_000,
    }  # fmt: skip


def test_four_offices_refill_travel_at_perubahan(wide: pd.DataFrame) -> None:
    sums = travel(wide).groupby("KODE SKPD")[["pergeseran", "perubahan"]].sum()
    risen = sums.index[sums["perubahan"] > sums["pergeseran"]]
    assert set(risen.str[:5]) == {"X4.02", "X2.15", "X2.19", "X7.01"}
    assert (sums["perubahan"] >= sums["pergeseran"]).all()

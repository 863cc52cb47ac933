"""No number hangs on a sentence: with every legal basis, note, pattern, rule and remedy replaced, all figures stay."""

import pandas as pd
import pytest

import pkanalysis as pk
from pkanalysis import reference, sample
from pkanalysis.analysis.budget import accounts, directive
from pkanalysis.analysis.trend.region import survey
from pkanalysis.derived import overview

PROSE = ["dasar", "catatan", "ketentuan"]
"""Columns of the shipped tables that hold sentences."""
TOLD = ["keterangan", "kalimat", "kalimat_opd", "dasar", "ketentuan", "catatan"]
"""Columns of results that hold sentences."""
YEAR, PERIOD = 2025, "TW3"


def results():
    """Numbers, claims and codes of every part that reads a shipped table."""
    tables = sample.truth()
    lines = tables["anggaran"].query("tahun == @YEAR")
    stages = list(lines["tahap"].unique())
    steps = pk.budget.steps(lines, stages)
    causes = tables["perubahan_anggaran"].query("tahun == @YEAR")
    card = pk.achievement.scorecard(tables, YEAR, PERIOD, cap=100)
    some = card.drop_duplicates("kode_opd").head(12)
    history = pk.achievement.history(tables, some, list(range(2019, YEAR + 1)))
    last = steps[steps["tahap_sesudah"].eq(stages[1])]
    return {
        "kartu": card,
        "kelas": pk.budget.classify(lines["kode_rekening"]),
        "sasaran": pk.budget.is_targeted(lines["kode_rekening"]).to_frame("is_sasaran"),
        "diktum": pk.budget.seven_points(last, causes),
        "sebab": pk.budget.by_cause(steps, causes),
        "perjalanan": pk.budget.travel_by_stage(lines, stages),
        "ukuran": directive.measures(last, causes, ["perjalanan_dinas"]).to_frame("rp"),
        "simulasi": pk.budget.what_if(last, {"perjalanan_dinas": 0.5, "makan_minum": 0.25}),
        "ringkasan": overview(tables, card, YEAR, PERIOD, stages),
        "mutu": pk.quality.flags(card, history, YEAR, PERIOD),
        "tren": survey(history, dict(zip(card["kode_indikator"], card["polaritas"], strict=True))),
    }


def without_words(frame):
    return frame.drop(columns=frame.columns.intersection(TOLD))


@pytest.fixture
def no_words(monkeypatch):
    """Shipped tables and patterns whose every sentence is an x."""
    read = reference._read

    def blank(name):
        found = read(name)
        if name == "kalimat.toml":
            return dict.fromkeys(found, "x")
        is_table = isinstance(found, pd.DataFrame)
        return found.assign(**dict.fromkeys(found.columns.intersection(PROSE), "x")) if is_table else found

    monkeypatch.setattr(reference, "_read", blank)
    accounts._categories.cache_clear()
    yield
    accounts._categories.cache_clear()


def test_numbers_claims_and_rows_stay(request):
    before = results()
    request.getfixturevalue("no_words")
    assert set(reference.efficiency_categories()["dasar"]) == {"x"}
    for name, found in results().items():
        pd.testing.assert_frame_equal(without_words(found), without_words(before[name]), obj=name)

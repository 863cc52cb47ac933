"""Sentences of analysis are a table of patterns by code: none stands idle, and no number hangs on their words."""

import re
from pathlib import Path

import pandas as pd

import pkanalysis as pk
from pkanalysis.analysis import claims
from pkanalysis.reference import sentences

YEARS, RISING = list(range(2019, 2026)), [71.2, 72.5, 70.9, 74.0, 75.1, 74.8, 77.3]


def results():
    """Numbers, levels and codes of every function that words what it found."""
    judged = pk.trend.assess(YEARS, RISING, "naik_baik")
    reached = pk.trend.project(YEARS, RISING, 2026, 79.0, "naik_baik")
    so_far = pk.trend.year_to_date([10, 15, 20, None], [12, 14, 18, 20], "jumlah", "naik_baik", target_to_date=40)
    rows = pd.DataFrame({"kode_indikator": "A", "tahun": YEARS, "realisasi": RISING})
    table = pk.trend.survey(rows, {"A": "naik_baik"}).drop(columns=["kalimat", "kalimat_opd"])
    told = [judged.p, judged.direction, judged.claim, reached.label, reached.methods.to_json(), so_far.value]
    return [*told, [item.code for item in so_far.refusals], table.to_json()]


def test_no_number_hangs_on_the_words(monkeypatch):
    before = results()
    monkeypatch.setattr(claims, "sentences", lambda: dict.fromkeys(sentences(), "x"))
    assert pk.trend.assess(YEARS, RISING, "naik_baik").plain == "x x"
    assert results() == before


def test_every_pattern_is_used():
    folder = Path(pk.__file__).parent
    texts = [path.read_text("utf-8") for path in folder.rglob("*.py")]
    used = {code for text in texts for code in re.findall(r'"([A-Z0-9_]+)"', text)}
    made = {code for text in texts for code in re.findall(r'worded\(f"([A-Z0-9_]+_){', text)}
    used |= {code + end for text in texts for end in re.findall(r'{self.doubt}(_[A-Z]+)"', text) for code in used}
    assert [code for code in sentences() if code not in used and not code.startswith(tuple(made))] == []

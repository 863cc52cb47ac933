"""What is written in a drawing; matplotlib names every text in a comment above its paths."""

import datetime as dt
import re
from itertools import pairwise

import pandas as pd

from pkanalysis.analysis.spending import Absorption
from pkanalysis.config import Saving, Stage
from pkanalysis.show import drawing, front_and_back
from pkanalysis.show.page import Page


def written(svg):
    return [text.strip() for text in re.findall(r"<!--(.*?)-->", svg, re.DOTALL)]


def test_marks_between_whole_numbers_are_not_rounded():
    values = [64.5, 65.0, 67.5, 69.0, 70.0, 72.0]
    series = pd.DataFrame({"tahun": range(2019, 2025), "realisasi": values, "target": [70.0] * 6})
    names = ("Nama indikator yang makan dua baris", "Dua", "Tiga")
    texts = written(drawing.small_multiples([(name, series) for name in names], is_sample=False))
    marks = [float(text.replace(",", ".")) for text in texts[texts.index("24") + 1 :] if text[0].isdigit()][:4]
    assert 67.5 in marks
    assert len({after - before for before, after in pairwise(marks)}) == 1


def test_names_are_drawn_as_written_and_alike_ones_apart():
    name, word = "Biaya $x^2$ $\\frac 𠮷", "Pertanggungjawaban" * 5
    stages = tuple(Stage(2025, code, stage) for code, stage in zip("abc", (name, f"{word}a", f"{word}b"), strict=True))
    page = Page(
        "A", "Dinas A", "Kota", False, 2025, "TW3", dt.date(2025, 9, 30), stages, (), "a", Saving(), "akip", None, False,
        "", "", "", "",
    )  # fmt: skip
    spent = Absorption(9, None, None, None, None, None)
    texts = written(front_and_back.stages_figure(page, pd.Series({"a": 1, "b": 2, "c": 3}), spent).svg)
    assert [text for text in texts if text.startswith("Rp")] == ["Rp1", "Rp2", "Rp3"]
    assert name in texts
    assert sum(text.startswith("Pertanggungjawaban") for text in texts) == 2

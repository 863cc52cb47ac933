"""What is written in a drawing; matplotlib names every text in a comment above its paths."""

import re

import pandas as pd

from pkanalysis.show import drawings


def written(svg):
    return [text.strip() for text in re.findall(r"<!--(.*?)-->", svg, re.DOTALL)]


def test_marks_between_whole_numbers_are_not_rounded():
    values = [64.5, 65.0, 67.5, 70.2, 70.0, 71.7]
    series = pd.DataFrame({"tahun": range(2019, 2025), "realisasi": values, "target": [70.0] * 6})
    texts = written(drawings.small_multiples({"Nilai": series}, is_sample=False))
    marks = [float(text.replace(",", ".")) for text in texts[texts.index("24") + 1 : texts.index("Nilai")]]
    assert any(mark % 1 for mark in marks)
    assert len({round(after - before, 3) for before, after in zip(marks, marks[1:], strict=False)}) == 1

"""Monthly and cumulative figures under one label, told by the months known from elsewhere."""

import pandas as pd

from pkanalysis.intake.checks import mislabelled, rising


def spent(amounts, office="1.01"):
    """One line with an amount (Rp) per month."""
    rows = pd.DataFrame({"bulan": list(amounts), "realisasi_rp": list(amounts.values())})
    return rows.assign(tahun=2025, kode_opd=office, kode_sub_kegiatan="s", kode_rekening="r")


KNOWN = spent({1: 100, 2: 220, 3: 126})


def test_a_month_with_the_sum_since_january_is_told():
    (found,) = mislabelled(spent({3: 446}), KNOWN, "b.xlsx")
    assert found.severity == "peringatan"
    assert (found.column, found.value) == ("1.01 2025", "446")
    assert (
        "berlabel Maret, tetapi sama dengan jumlah Januari–Maret menurut berkas lain (1.01); bulan itu saja 126"
        in found.rule
    )


def test_a_cumulative_label_on_the_figure_of_one_month_is_told():
    (found,) = mislabelled(spent({3: 126}), KNOWN, "b.xlsx", ["1.01"])
    assert "berlabel kumulatif s.d. Maret, tetapi sama dengan bulan itu saja" in found.rule


def test_right_labels_other_figures_and_other_offices_are_not_told():
    assert mislabelled(spent({3: 126}), KNOWN, "b.xlsx") == []
    assert mislabelled(spent({3: 446}), KNOWN, "b.xlsx", ["1.01"]) == []
    assert mislabelled(spent({3: 130}), KNOWN, "b.xlsx") == []
    assert mislabelled(spent({3: 446}, "1.02"), pd.concat([KNOWN, spent({3: 446}, "1.02")]), "b.xlsx") == []
    assert mislabelled(spent({1: 100}), KNOWN, "b.xlsx", ["1.01"]) == []


def test_an_office_known_under_another_spelling_is_told_by_its_figures():
    (found,) = mislabelled(spent({3: 446}, "DINAS-UJI"), KNOWN, "b.xlsx")
    assert (found.column, "menurut berkas lain (1.01)" in found.rule) == ("DINAS-UJI 2025", True)
    assert mislabelled(spent({3: 445}, "DINAS-UJI"), KNOWN, "b.xlsx") == []


def test_a_month_that_is_not_known_does_not_tell():
    """An office that pays the same every month: its February is like the sum up to January."""
    assert mislabelled(spent({2: 100}), spent({1: 100}), "b.xlsx") == []


def lines(count, months, amount):
    rows = [
        {"kode_rekening": f"r{line}", "bulan": month, "realisasi_rp": amount(line, month)}
        for line in range(count)
        for month in months
    ]
    return pd.DataFrame(rows).assign(tahun=2025, kode_opd="1.01", kode_sub_kegiatan="s")


def test_months_in_which_no_line_ever_falls_are_cumulative():
    grown = lines(30, (1, 2, 3), lambda line, month: 10 * month + line)
    (found,) = rising(grown, ["1.01"], "c.xlsx")
    assert "dari Januari sampai Maret tidak satu rekening pun turun" in found.rule
    assert rising(grown, ["1.02"], "c.xlsx") == []


def test_one_line_that_falls_few_lines_two_months_or_steady_pay_are_no_sign():
    assert (
        rising(lines(30, (1, 2, 3), lambda line, month: 50 - 40 * (line == 7 and month == 3) + month), ["1.01"], "c")
        == []
    )
    assert rising(lines(10, (1, 2, 3), lambda line, month: 10 * month + line), ["1.01"], "c.xlsx") == []
    assert rising(lines(90, (1, 2), lambda line, month: 10 * month + line), ["1.01"], "c.xlsx") == []
    assert rising(lines(90, (1, 2, 3), lambda line, month: 10 + line), ["1.01"], "c.xlsx") == []
    assert rising(lines(90, (1, 2, 4), lambda line, month: 10 * month + line), ["1.01"], "c.xlsx") == []

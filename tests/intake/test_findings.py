"""Findings by code: the table of rules, what it refuses, and its page."""

from pathlib import Path

import pytest

from pkanalysis.intake import findings
from pkanalysis.intake.findings import finding, rules


def test_every_code_is_upper_case_and_every_rule_and_remedy_says_something():
    assert all(code.isidentifier() and code.isupper() for code in rules())
    assert all(rule.rule and rule.remedy and not rule.rule.endswith(".") for rule in rules().values())


def test_a_code_that_is_not_there_is_an_error():
    with pytest.raises(ValueError, match="KUNCI_BERULAN tidak ada"):
        finding("KUNCI_BERULAN", "a.xlsx", pertama=2)


@pytest.mark.parametrize("values", [{}, {"kedua": 2}, {"pertama": 2, "kedua": 3}])
def test_a_value_that_is_missing_or_that_no_word_names_is_an_error(values):
    with pytest.raises(ValueError, match="KUNCI_BERULANG"):
        finding("KUNCI_BERULANG", "a.xlsx", **values)


@pytest.mark.parametrize("wrong", ['tingkat = "berat"\naturan = "a"\nsaran = "b"', 'tingkat = "galat"\naturan = "a"'])
def test_a_rule_without_remedy_or_with_another_severity_is_refused(tmp_path, monkeypatch, wrong):
    table = tmp_path / "findings.toml"
    table.write_text(f"[a.SALAH]\n{wrong}\n", encoding="utf-8")
    monkeypatch.setattr(findings, "RULES", table)
    with pytest.raises(ValueError, match="SALAH"):
        rules.__wrapped__()


def test_the_page_of_rules_is_current():
    page = (Path(__file__).parents[2] / "docs" / "aturan.md").read_text(encoding="utf-8")
    assert page == findings.page(), "jalankan: python -m pkanalysis.intake.findings > docs/aturan.md"

"""Clean files in every writing and container that is met: each must give the same total, and not one finding."""

from __future__ import annotations

from functools import partial
from typing import Any

from damaged import recaps, saving
from damaged.page import Page
from damaged.planting import Pages, Paper
from damaged.recaps import file_name

PAGU, ACCOUNT, ACTIVITY, FIELD = "PAGU", "KODE REKENING", "KODE SUB KEGIATAN", "KODE BIDANG URUSAN"


def _column(page: Page, heading: str) -> list[Any]:
    return [page.cell(line, heading) for line in range(1, len(page.rows))]


def _indonesian() -> Pages:
    """Rupiah in all Indonesian forms by turns, and blanks around them."""
    (page,) = recaps.clean()
    forms = ("Rp {}", "Rp{},-", " {},00 ", "{},-", "{}")
    dotted = [f"{amount:,}".replace(",", ".") for amount in _column(page, PAGU)]
    page.fill(PAGU, [forms[number % len(forms)].format(words) for number, words in enumerate(dotted)])
    return [page]


def _american() -> Pages:
    (page,) = recaps.clean()
    page.fill(PAGU, [f"{amount:,}.00" for amount in _column(page, PAGU)])
    return [page]


def _dotted_sen() -> Pages:
    (page,) = recaps.clean()
    page.fill(PAGU, [f" {amount:,}.00 ".replace(",", ".") for amount in _column(page, PAGU)])
    return [page]


def _thousands() -> Pages:
    """The unit stands in the heading."""
    (page,) = recaps.clean()
    page.fill(PAGU, [amount / 1000 for amount in _column(page, PAGU)])
    page.rows[0][page.column(PAGU)] = "PAGU (Rp ribu)"
    return [page]


def _codes() -> Pages:
    """Accounts with three and five digits at the end, without dots, unpadded, with blanks and a trailing dot.

    Sub kegiatan have two and four digits at the end by turns.
    """
    (page,) = recaps.clean()
    page.fill(ACCOUNT, [_coded(code, number % 5) for number, code in enumerate(_column(page, ACCOUNT))])
    short = [code if number % 2 else f"{code[:-4]}{code[-2:]}" for number, code in enumerate(_column(page, ACTIVITY))]
    page.fill(ACTIVITY, short)
    return [page]


def _coded(code: str, form: int) -> str:
    *head, detail, last = code.split(".")
    long = ".".join([*head, f"0{detail}", f"0{last}"])
    plain = ".".join(str(int(part)) for part in (*head, detail)) + f".{last}"
    return (long, code.replace(".", ""), plain, f" {code}. ", f"{code}\n")[form]


def _excel_field() -> Pages:
    """Bidang urusan turned into a number, as Excel does: 5.01 becomes 5.01 and 1.10 would become 1.1."""
    (page,) = recaps.clean()
    page.fill(FIELD, [float(code) for code in _column(page, FIELD)])
    return [page]


FILES = (
    Paper(file_name("rupiah"), _indonesian, saving.as_workbook),
    Paper(file_name("angka_inggris"), _american, saving.as_workbook),
    Paper(file_name("titik_sen"), _dotted_sen, saving.as_workbook),
    Paper(file_name("ribuan"), _thousands, saving.as_workbook),
    Paper(file_name("bentuk_kode"), _codes, saving.as_workbook),
    Paper(file_name("bidang_angka"), _excel_field, saving.as_workbook),
    Paper(file_name("html", "xls"), recaps.clean, saving.as_html),
    Paper(file_name("titik_koma", "csv"), recaps.clean, saving.as_csv),
    Paper(file_name("tab", "csv"), recaps.clean, partial(saving.as_csv, separator="\t", encoding="utf-16")),
    Paper(file_name("bom", "csv"), recaps.clean, partial(saving.as_csv, separator=",", encoding="utf-8-sig")),
    Paper(file_name("terkutip", "csv"), recaps.clean, saving.as_old_csv),
    Paper(file_name("json", "json"), recaps.clean, saving.as_json),
)

"""Cell formats of one workbook, made once per combination of colour and kind.

What every sheet has: the marker, a title, headings, protection and print set-up.

The hidden sheet ``REF``: every list as a named range.

The sheet ``0_PETUNJUK``: five steps, colours, date due, contact, and how to write numbers.

The sheet ``9_PERIKSA``: what is still missing, and whether the workbook may be sent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from pkanalysis.intake.layouts.form.formulas import BLOCKING
from pkanalysis.intake.layouts.form.labels import OPEN
from pkanalysis.intake.layouts.form.layout import ACTUALS, ANALYSIS, CHANGES, IDENTITY, PROGRAMMES
from pkanalysis.intake.layouts.form.prefill import Plan
from pkanalysis.intake.layouts.form.spec import FIRST, HEADINGS, Fill, made_on
from pkanalysis.tables import Kind

COLOURS = {"abu": "#EDEDED", "kuning": "#FFF6C2", "hijau": "#DDF0DC"}
HEADING = {"abu": "#595959", "kuning": "#B07D00", "hijau": "#2E7D32"}
RED, LINE = "#C62828", "#BFBFBF"
NUMBERS = {
    "bulat": "0",
    "desimal": "General",
    "rupiah": "#,##0",
    "persen": "0.0",
    "tanggal": "dd/mm/yyyy",
    "teks": "@",
    "ya_tidak": "@",
}
BASE: dict[str, Any] = {"font_name": "Calibri", "font_size": 10, "valign": "top"}


class Styles:
    """Formats of ``book`` by name; each is made when first asked for."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self.cell = cache(self._cell)
        self.heading = cache(self._heading)
        self.example = cache(self._example)
        self.title = self._add(bold=True, font_size=14)
        self.small = self._add(font_color="#7F7F7F", font_size=9)
        self.strong = self._add(bold=True)
        self.mark = self._add(bold=True, font_color=RED)
        self.text = self._add(text_wrap=True)
        self.verdict = self._add(bold=True, font_size=18, font_color="#1B5E20", bg_color=COLOURS["hijau"])
        self.alarm = book.add_format({"bg_color": "#F8CBC6", "font_color": RED})
        self.attention = book.add_format({"bg_color": "#FCE4B6"})

    def _add(self, **more: Any) -> Format:
        return self._book.add_format(BASE | more)

    def _cell(self, fill: Fill, kind: Kind, align: str = "") -> Format:
        return self._add(
            bg_color=COLOURS[fill], border=1, border_color=LINE, num_format=_number(fill, kind),
            locked=fill != "kuning", **_flow(kind, align),
        )  # fmt: skip

    def _heading(self, fill: Fill) -> Format:
        return self._add(bold=True, font_color="#FFFFFF", bg_color=HEADING[fill], text_wrap=True, border=1,
                         border_color=LINE, valign="vcenter")  # fmt: skip

    def _example(self, kind: Kind, align: str = "") -> Format:
        return self._add(italic=True, font_color="#7F7F7F", num_format=NUMBERS[kind], bottom=1, bottom_color=LINE,
                         **_flow(kind, align))  # fmt: skip


def _number(fill: Fill, kind: Kind) -> str:
    """Number format; computed decimals are rounded on display, entries are shown as typed."""
    if fill == "hijau" and kind == "desimal":
        return "0.00"
    # In a cell of text format Excel shows a formula itself, and 2007 prints #### for long texts.
    return "General" if fill != "kuning" and kind == "teks" else NUMBERS[kind]


def _flow(kind: Kind, align: str) -> dict[str, Any]:
    """Wrapping and alignment; text keeps away from the number to its left."""
    if kind in ("teks", "ya_tidak"):
        return {"text_wrap": True, "align": "left", "indent": 1}
    return {"align": align, "indent": 1} if align else {}


MARK_WIDTH = 30
"""Characters that the marker in column A needs before the title may begin."""


def head(page: Worksheet, plan: Plan, styles: Styles, title: str, hint: str, widths: Sequence[float]) -> None:
    """Write the marker in A1-A4 and the title beside it; set widths."""
    for row, (line, style) in enumerate(
        zip(plan.stamp.lines, (styles.small, styles.strong, styles.small, styles.mark), strict=True)
    ):
        page.write_string(row, 0, line, style)
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    column = _beside(widths)
    page.set_row(0, 19)
    page.write_string(0, column, title, styles.title)
    page.write_string(1, column, plan.owner, styles.strong)
    page.write_string(2, column, hint, styles.small)


def finish(page: Worksheet, plan: Plan, frozen: int) -> None:
    """Freeze, protect (no password: a guard against slips) and set the print up."""
    page.freeze_panes(HEADINGS, frozen)
    page.set_zoom(85)
    page.hide_gridlines(2)
    page.protect("", {"format_columns": True, "format_rows": True})
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.repeat_rows(HEADINGS - 1)
    page.set_footer(f"&L&F · &A&C&K{RED[1:]}{plan.stamp.lines[3]}&Rhal. &P dari &N")


def _beside(widths: Sequence[float]) -> int:
    """First column that lies to the right of the marker's text."""
    filled = 0.0
    for column, width in enumerate(widths):
        if filled >= MARK_WIDTH:
            return column
        filled += width
    return len(widths)


NAME = "REF"


def list_name(choices: str) -> str:
    """Name of the range that holds a list.

    Examples
    --------
    >>> list_name("status")
    'DAFTAR_STATUS'
    """
    return f"DAFTAR_{choices.upper()}"


def write_lists(book: Workbook, plan: Plan) -> None:
    """Add ``REF`` with one list per column, its name in row 5 and its words from row 6."""
    page = book.add_worksheet(NAME)
    for row, line in enumerate(plan.stamp.lines):
        page.write_string(row, 0, line)
    lists: dict[str, Iterable[str]] = {**{name: labels.values() for name, labels in plan.lists.items()}, **OPEN}
    for column, (name, words) in enumerate(lists.items()):
        shown = list(dict.fromkeys(words))
        page.write_string(4, column, name)
        page.write_column(5, column, shown)
        letter = xl_col_to_name(column)
        book.define_name(list_name(name), f"={NAME}!${letter}$6:${letter}${5 + len(shown)}")
    page.protect()
    page.hide()


GUIDE_NAME = "0_PETUNJUK"
WIDTHS = (32, 110)
STEPS = (
    ("Langkah 1", "Periksa 1_IDENTITAS, lalu isi tanggal data, jabatan pengisi, dan status dokumen."),
    ("Langkah 2", "Periksa 2_INDIKATOR, 2b_KAITAN, 3_TARGET. Bila keliru, tulis di kolom usulan koreksi 2_INDIKATOR."),
    ("Langkah 3", "Isi sel kuning di 4_REALISASI: angka atau predikat, status data, sumber, tanggal, bukti dukung."),
    ("Langkah 4", "Isi 7_ANALISIS dan 8_PERUBAHAN_ANGGARAN. Tambahkan PK baru di 5_PERJANJIAN bila ada."),
    ("Langkah 5", "Buka 9_PERIKSA. Bila tertulis SIAP DIKIRIM, simpan sebagai .xlsx dengan nama semula, lalu kirim."),
)
GUIDE_COLOURS: tuple[tuple[Fill, str, str], ...] = (
    ("kuning", "Kuning", "diisi OPD"),
    ("abu", "Abu-abu", "sudah terisi dan terkunci"),
    ("hijau", "Hijau", "dihitung sendiri, jangan ditimpa"),
)
GUIDE_NUMBERS = (
    ("Benar: 75,5", "angka saja; satuan ada di kolom satuan, predikat seperti BB ada di kolom huruf"),
    ("Salah: 75,5 %", "jangan tulis tanda persen atau satuan"),
    ("Salah: 75.5", "pemisah desimal adalah koma"),
    ("Salah: ± 75", "jangan tulis tanda kira-kira; pilih status Sementara bila angkanya belum pasti"),
    ("Belum ada angka", "kosongkan dan pilih status datanya. Jangan diisi 0: kosong tidak sama dengan nol"),
)


def write_guide(book: Workbook, plan: Plan, styles: Styles) -> None:
    """Add ``0_PETUNJUK`` to ``book``."""
    page = book.add_worksheet(GUIDE_NAME)
    head(page, plan, styles, "Petunjuk pengisian", "Satu berkas untuk satu perangkat daerah.", WIDTHS)
    row = HEADINGS - 1
    for title, lines in (("Lima langkah", STEPS), ("Menulis angka", GUIDE_NUMBERS), ("Pengiriman", _sending(plan))):
        row = _write_part(page, styles, row, title, lines)
    page.write_string(row, 0, "Arti warna", styles.heading("abu"))
    page.write_string(row, 1, "", styles.heading("abu"))
    for offset, (fill, name, meaning) in enumerate(GUIDE_COLOURS, 1):
        page.write_string(row + offset, 0, name, styles.cell(fill, "teks"))
        page.write_string(row + offset, 1, meaning, styles.text)
    finish(page, plan, 0)


def _write_part(page: Worksheet, styles: Styles, row: int, title: str, lines: tuple[tuple[str, str], ...]) -> int:
    """Write a heading and its lines from ``row`` (0-based); the next free row after a gap."""
    page.write_string(row, 0, title, styles.heading("abu"))
    page.write_string(row, 1, "", styles.heading("abu"))
    for offset, (left, right) in enumerate(lines, 1):
        page.write_string(row + offset, 0, left, styles.strong)
        page.write_string(row + offset, 1, right, styles.text)
    return row + len(lines) + 2


def _sending(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Date due and contact from ``[kalender]``; the letter of request where they are not set."""
    due = plan.config.kalender.get("batas_isian", {}).get(plan.stamp.period)
    contact = plan.config.kalender.get("narahubung")
    return (
        ("Tanggal batas", made_on(due) if isinstance(due, dt.date) else "sesuai surat permintaan data"),
        ("Narahubung Bappeda", str(contact) if contact else "sesuai surat permintaan data"),
    )


CHECKS_NAME = "9_PERIKSA"
CHECKS_WIDTHS = (58, 12, 16, 26)
MISSING, LOOK = "Lengkapi", "Mohon dicek"


@dataclass(frozen=True)
class Check:
    """One line: what is counted, by which formula, where to look, and the word if it is not zero."""

    label: str
    count: str
    sheet: str
    word: str = ""


def checks(plan: Plan) -> tuple[Check, ...]:
    """All lines of the sheet, in order."""
    codes, verdicts = plan.span(ACTUALS.name, "kode_indikator"), plan.span(ACTUALS.name, "periksa")
    targets = plan.span(ACTUALS.name, "target")
    remainders = plan.span(PROGRAMMES.name, "sisa")
    answered = "".join(f'-COUNTIF({verdicts},"{word}")' for word in ("Belum diisi", "Status kosong"))
    concerns = "".join(f'-COUNTIF({verdicts},"{word}")' for word in BLOCKING)
    return (
        Check("Indikator yang harus dilaporkan", f'=COUNTIF({codes},"?*")', ACTUALS.name),
        Check("Indikator yang sudah berstatus", f'=COUNTIF({codes},"?*"){answered}', ACTUALS.name),
        *(Check(f"Indikator: {word.lower()}", f'=COUNTIF({verdicts},"{word}")', ACTUALS.name, MISSING)
          for word in BLOCKING),
        Check("Indikator dengan Periksa selain OK",
              f'=COUNTIF({verdicts},"?*")-COUNTIF({verdicts},"OK"){concerns}', ACTUALS.name, LOOK),
        Check("Indikator tanpa target PK untuk periode ini",
              f'=SUMPRODUCT(({codes}<>"")*({targets}=""))', ACTUALS.name, LOOK),
        *(Check(f"Identitas: {label} belum diisi", f'=IF({_identity(name)}="",1,0)', IDENTITY.name, MISSING)
          for name, label in (("tanggal_data", "tanggal data"), ("pengisi", "jabatan pengisi"),
                              ("status_dokumen", "status dokumen"))),
        Check("Capaian di bawah 100% tanpa penghambat atau upaya",
              f'=COUNTIF({plan.span(ANALYSIS.name, "periksa")},"Analisis kosong")', ANALYSIS.name, MISSING),
        Check("Perubahan anggaran tanpa sebab",
              f'=COUNTIF({plan.span(CHANGES.name, "periksa")},"Sebab kosong")', CHANGES.name, MISSING),
        Check("Program dengan realisasi melebihi pagu", f'=COUNTIF({remainders},"<0")', PROGRAMMES.name, LOOK),
    )  # fmt: skip


def write_checks(book: Workbook, plan: Plan, styles: Styles) -> None:
    """Add ``9_PERIKSA`` to ``book``."""
    page = book.add_worksheet(CHECKS_NAME)
    head(page, plan, styles, "Pemeriksaan sebelum dikirim", "Terhitung sendiri; tidak ada yang diisi.", CHECKS_WIDTHS)
    for column, label in enumerate(("Yang diperiksa", "Jumlah", "Hasil", "Lembar")):
        page.write_string(HEADINGS - 1, column, label, styles.heading("hijau"))
    lines = checks(plan)
    for row, check in enumerate(lines, FIRST - 1):
        result = f'=IF(N($B{row + 1})=0,"OK","{check.word}")' if check.word else '=""'
        page.write_string(row, 0, check.label, styles.cell("hijau", "teks"))
        page.write_formula(row, 1, check.count, styles.cell("hijau", "bulat"), "")
        page.write_formula(row, 2, result, styles.cell("hijau", "teks"), "")
        page.write_string(row, 3, check.sheet, styles.cell("hijau", "teks"))
    _write_verdict(page, styles, FIRST - 1 + len(lines))
    finish(page, plan, 0)


def _write_verdict(page: Worksheet, styles: Styles, last: int) -> None:
    results = f"$C${FIRST}:$C${last}"
    missing = f'COUNTIF({results},"{MISSING}")'
    verdict = f'=IF({missing}=0,"SIAP DIKIRIM","BELUM LENGKAP: "&{missing}&" hal")'
    page.set_row(FIRST - 2, 30)
    page.write_formula(FIRST - 2, 0, verdict, styles.verdict, "")
    page.conditional_format(FIRST - 2, 0, FIRST - 2, 0, {"type": "text", "criteria": "begins with",
                            "value": "BELUM", "format": styles.alarm})  # fmt: skip
    for word, style in ((MISSING, styles.alarm), (LOOK, styles.attention)):
        page.conditional_format(FIRST - 1, 2, last - 1, 2, {"type": "cell", "criteria": "==",
                                "value": f'"{word}"', "format": style})  # fmt: skip


def _identity(name: str) -> str:
    return f"'{IDENTITY.name}'!$B${FIRST + IDENTITY.position(name)}"

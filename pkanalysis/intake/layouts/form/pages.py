"""The workbook while it is written: cell formats, what every sheet has, and the sheets that hold no table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import Any, Literal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from pkanalysis.intake.layouts.form.formulas import BLOCKING
from pkanalysis.intake.layouts.form.layout import ACTUALS, ANALYSIS, CHANGES, IDENTITY, PROGRAMMES
from pkanalysis.intake.layouts.form.prefill import Plan
from pkanalysis.intake.layouts.form.spec import FIRST, HEADINGS, OPEN, Fill, closed, made_on
from pkanalysis.tables import Kind

COLOURS = {"abu": "#EDEDED", "kuning": "#FFF6C2", "hijau": "#DDF0DC"}
HEADING = {"abu": "#595959", "kuning": "#B07D00", "hijau": "#2E7D32"}
RED, LINE, PALE = "#C62828", "#BFBFBF", "#7F7F7F"
NUMBERS = {
    "bulat": "0", "desimal": "General", "rupiah": "#,##0", "persen": "0.0", "tanggal": "dd/mm/yyyy", "teks": "@",
    "ya_tidak": "@",
}  # fmt: skip
LIST = "DAFTAR_"
"""Beginning of the name of a range that holds a list: DAFTAR_STATUS."""
MARK_WIDTH = 30
"""Characters that the marker in column A needs before the title may begin."""


class Draft:
    """A workbook being written by ``plan``; each cell format is made when first asked for."""

    def __init__(self, book: Workbook, plan: Plan) -> None:
        base = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
        self.book, self.plan, self.lists = book, plan, closed(plan.config)
        self.style = cache(lambda **more: book.add_format(base | more))
        self.title = self.style(bold=True, font_size=14)
        self.small = self.style(font_color=PALE, font_size=9)
        self.strong = self.style(bold=True)
        self.text = self.style(text_wrap=True)
        self.alarm = book.add_format({"bg_color": "#F8CBC6", "font_color": RED})
        self.attention = book.add_format({"bg_color": "#FCE4B6"})

    def cell(self, fill: Fill | Literal["contoh"], kind: Kind = "teks", align: str = "") -> Format:
        """Format of a cell; computed decimals are rounded on display, entries are shown as typed."""
        number = NUMBERS[kind]
        if fill == "hijau" and kind == "desimal":
            number = "0.00"
        elif fill in ("abu", "hijau") and kind == "teks":
            # In a cell of text format Excel shows a formula itself, and 2007 prints #### for long texts.
            number = "General"
        flow: dict[str, Any] = {"align": align, "indent": 1} if align else {}
        if kind in ("teks", "ya_tidak"):  # text wraps, and keeps away from the number to its left
            flow = {"text_wrap": True, "align": "left", "indent": 1}
        if fill == "contoh":
            return self.style(italic=True, font_color=PALE, num_format=number, bottom=1, bottom_color=LINE, **flow)
        return self.style(bg_color=COLOURS[fill], border=1, border_color=LINE, num_format=number,
                          locked=fill != "kuning", **flow)  # fmt: skip

    def heading(self, fill: Fill) -> Format:
        """Format of a heading over cells of that colour."""
        return self.style(bold=True, font_color="#FFFFFF", bg_color=HEADING[fill], text_wrap=True, border=1,
                          border_color=LINE, valign="vcenter")  # fmt: skip

    def page(self, name: str, title: str, hint: str, widths: Sequence[float], frozen: int = 0) -> Worksheet:
        """Add a sheet with the marker in A1-A4 and the title beside it, protected against slips (no password)."""
        page = self.book.add_worksheet(name)
        styles = (self.small, self.strong, self.small, self.style(bold=True, font_color=RED))
        for row, (line, style) in enumerate(zip(self.plan.stamp.lines, styles, strict=True)):
            page.write_string(row, 0, line, style)
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        filled = accumulate(widths, initial=0.0)
        beside = next((column for column, width in enumerate(filled) if width >= MARK_WIDTH), len(widths))
        page.set_row(0, 19)
        page.write_string(0, beside, title, self.title)
        page.write_string(1, beside, self.plan.owner, self.strong)
        page.write_string(2, beside, hint, self.small)
        page.freeze_panes(HEADINGS, frozen)
        page.set_zoom(85)
        page.hide_gridlines(2)
        page.protect("", {"format_columns": True, "format_rows": True})
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.repeat_rows(HEADINGS - 1)
        page.set_footer(f"&L&F · &A&C&K{RED[1:]}{self.plan.stamp.lines[3]}&Rhal. &P dari &N")
        return page


def write_lists(draft: Draft) -> None:
    """Add the hidden sheet ``REF`` with one list per column, its name in row 5 and its words from row 6."""
    page = draft.book.add_worksheet("REF")
    for row, line in enumerate(draft.plan.stamp.lines):
        page.write_string(row, 0, line)
    closed = {name: tuple(labels.values()) for name, labels in draft.lists.items()}
    for column, (name, words) in enumerate((closed | OPEN).items()):
        shown, letter = list(dict.fromkeys(words)), xl_col_to_name(column)
        page.write_string(4, column, name)
        page.write_column(5, column, shown)
        draft.book.define_name(LIST + name.upper(), f"=REF!${letter}$6:${letter}${5 + len(shown)}")
    page.protect()
    page.hide()


STEPS = (
    ("Langkah 1", "Periksa 1_IDENTITAS, lalu isi tanggal data, jabatan pengisi, dan status dokumen."),
    ("Langkah 2", "Periksa 2_INDIKATOR, 2b_KAITAN, 3_TARGET. Bila keliru, tulis di kolom usulan koreksi 2_INDIKATOR."),
    ("Langkah 3", "Isi sel kuning di 4_REALISASI: angka atau predikat, status data, sumber, tanggal, bukti dukung."),
    ("Langkah 4", "Isi 7_ANALISIS dan 8_PERUBAHAN_ANGGARAN. Tambahkan PK baru di 5_PERJANJIAN bila ada."),
    ("Langkah 5", "Buka 9_PERIKSA. Bila tertulis SIAP DIKIRIM, simpan sebagai .xlsx dengan nama semula, lalu kirim."),
)
HOW_TO_WRITE = (
    ("Benar: 75,5", "angka saja; satuan ada di kolom satuan, predikat seperti BB ada di kolom huruf"),
    ("Salah: 75,5 %", "jangan tulis tanda persen atau satuan"),
    ("Salah: 75.5", "pemisah desimal adalah koma"),
    ("Salah: ± 75", "jangan tulis tanda kira-kira; pilih status Sementara bila angkanya belum pasti"),
    ("Belum ada angka", "kosongkan dan pilih status datanya. Jangan diisi 0: kosong tidak sama dengan nol"),
)
FILLS: dict[str, Fill] = {"Kuning": "kuning", "Abu-abu": "abu", "Hijau": "hijau"}
MEANINGS = ("diisi OPD", "sudah terisi dan terkunci", "dihitung sendiri, jangan ditimpa")


def write_guide(draft: Draft) -> None:
    """Add ``0_PETUNJUK``: five steps, how to write numbers, date due and contact, and the colours."""
    page = draft.page("0_PETUNJUK", "Petunjuk pengisian", "Satu berkas untuk satu perangkat daerah.", (32, 110))
    calendar, letter = draft.plan.config.kalender, "sesuai surat permintaan data"
    due = calendar.get("batas_isian", {}).get(draft.plan.stamp.period)
    sending = (
        ("Tanggal batas", made_on(due) if isinstance(due, dt.date) else letter),
        ("Narahubung Bappeda", str(calendar.get("narahubung") or letter)),
    )
    row = HEADINGS - 1
    for title, lines in (
        ("Lima langkah", STEPS),
        ("Menulis angka", HOW_TO_WRITE),
        ("Pengiriman", sending),
        ("Arti warna", tuple(zip(FILLS, MEANINGS, strict=True))),
    ):
        for column, words in enumerate((title, "")):
            page.write_string(row, column, words, draft.heading("abu"))
        for left, right in lines:
            row += 1
            page.write_string(row, 0, left, draft.cell(FILLS[left]) if left in FILLS else draft.strong)
            page.write_string(row, 1, right, draft.text)
        row += 2


MISSING, LOOK = "Lengkapi", "Mohon dicek"
_CONCERNS = {word: f'COUNTIF([4_REALISASI!periksa],"{word}")' for word in ("OK", *BLOCKING)}
_LISTED, _JUDGED = 'COUNTIF([4_REALISASI!kode_indikator],"?*")', 'COUNTIF([4_REALISASI!periksa],"?*")'
CHECKS = (
    ("Indikator yang harus dilaporkan", _LISTED, ACTUALS, ""),
    ("Indikator yang sudah berstatus", "-".join([_LISTED, _CONCERNS["Belum diisi"], _CONCERNS["Status kosong"]]),
     ACTUALS, ""),
    *((f"Indikator: {word.lower()}", _CONCERNS[word], ACTUALS, MISSING) for word in BLOCKING),
    ("Indikator dengan Periksa selain OK", "-".join([_JUDGED, *_CONCERNS.values()]), ACTUALS, LOOK),
    ("Indikator tanpa target PK untuk periode ini",
     'SUMPRODUCT(([4_REALISASI!kode_indikator]<>"")*([4_REALISASI!target]=""))', ACTUALS, LOOK),
    *((f"Identitas: {label} belum diisi", f'IF([1_IDENTITAS!{name}]="",1,0)', IDENTITY, MISSING)
      for name, label in (("tanggal_data", "tanggal data"), ("pengisi", "jabatan pengisi"),
                          ("status_dokumen", "status dokumen"))),
    ("Capaian di bawah 100% tanpa penghambat atau upaya", 'COUNTIF([7_ANALISIS!periksa],"Analisis kosong")',
     ANALYSIS, MISSING),
    ("Perubahan anggaran tanpa sebab", 'COUNTIF([8_PERUBAHAN_ANGGARAN!periksa],"Sebab kosong")', CHANGES, MISSING),
    ("Program dengan realisasi melebihi pagu", 'COUNTIF([6_PROGRAM!sisa],"<0")', PROGRAMMES, LOOK),
)  # fmt: skip
"""Lines of ``9_PERIKSA``: what is counted, by which formula, on which sheet, and the word if it is not zero."""


def write_checks(draft: Draft) -> None:
    """Add ``9_PERIKSA``: what is still missing, and whether the workbook may be sent."""
    hint, widths = "Terhitung sendiri; tidak ada yang diisi.", (58, 12, 16, 26)
    page = draft.page("9_PERIKSA", "Pemeriksaan sebelum dikirim", hint, widths)
    for column, label in enumerate(("Yang diperiksa", "Jumlah", "Hasil", "Lembar")):
        page.write_string(HEADINGS - 1, column, label, draft.heading("hijau"))
    plain = draft.cell("hijau")
    for row, (label, count, sheet, word) in enumerate(CHECKS, FIRST - 1):
        result = f'=IF(N($B{row + 1})=0,"OK","{word}")' if word else '=""'
        page.write_string(row, 0, label, plain)
        counted = draft.plan.fill(f"={count}", sheet, row + 1)
        page.write_formula(row, 1, counted, draft.cell("hijau", "bulat"), "")
        page.write_formula(row, 2, result, plain, "")
        page.write_string(row, 3, sheet.name, plain)
    top, first, last = FIRST - 2, FIRST - 1, FIRST - 2 + len(CHECKS)
    missing = f'COUNTIF($C${first + 1}:$C${last + 1},"{MISSING}")'
    verdict = draft.style(bold=True, font_size=18, font_color="#1B5E20", bg_color=COLOURS["hijau"])
    page.set_row(top, 30)
    page.write_formula(top, 0, f'=IF({missing}=0,"SIAP DIKIRIM","BELUM LENGKAP: "&{missing}&" hal")', verdict, "")
    rule = {"type": "text", "criteria": "begins with", "value": "BELUM", "format": draft.alarm}
    page.conditional_format(top, 0, top, 0, rule)
    for word, style in ((MISSING, draft.alarm), (LOOK, draft.attention)):
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": style}
        page.conditional_format(first, 2, last, 2, rule)

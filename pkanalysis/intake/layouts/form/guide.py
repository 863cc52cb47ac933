"""The sheet ``0_PETUNJUK``: five steps, colours, date due, contact, and how to write numbers."""

from __future__ import annotations

import datetime as dt

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from pkanalysis.intake.layouts.form import page as pages
from pkanalysis.intake.layouts.form.plan import Plan
from pkanalysis.intake.layouts.form.spec import HEADINGS, Fill
from pkanalysis.intake.layouts.form.stamp import made_on
from pkanalysis.intake.layouts.form.styles import Styles

NAME = "0_PETUNJUK"
WIDTHS = (32, 110)
STEPS = (
    ("Langkah 1", "Periksa 1_IDENTITAS, lalu isi tanggal data, jabatan pengisi, dan status dokumen."),
    ("Langkah 2", "Periksa 2_INDIKATOR, 2b_KAITAN, 3_TARGET. Bila keliru, tulis di kolom usulan koreksi 2_INDIKATOR."),
    ("Langkah 3", "Isi sel kuning di 4_REALISASI: angka atau predikat, status data, sumber, tanggal, bukti dukung."),
    ("Langkah 4", "Isi 7_ANALISIS dan 8_PERUBAHAN_ANGGARAN. Tambahkan PK baru di 5_PERJANJIAN bila ada."),
    ("Langkah 5", "Buka 9_PERIKSA. Bila tertulis SIAP DIKIRIM, simpan sebagai .xlsx dengan nama semula, lalu kirim."),
)
COLOURS: tuple[tuple[Fill, str, str], ...] = (
    ("kuning", "Kuning", "diisi OPD"),
    ("abu", "Abu-abu", "sudah terisi dan terkunci"),
    ("hijau", "Hijau", "dihitung sendiri, jangan ditimpa"),
)
NUMBERS = (
    ("Benar: 75,5", "angka saja; satuan ada di kolom satuan, predikat seperti BB ada di kolom huruf"),
    ("Salah: 75,5 %", "jangan tulis tanda persen atau satuan"),
    ("Salah: 75.5", "pemisah desimal adalah koma"),
    ("Salah: ± 75", "jangan tulis tanda kira-kira; pilih status Sementara bila angkanya belum pasti"),
    ("Belum ada angka", "kosongkan dan pilih status datanya. Jangan diisi 0: kosong tidak sama dengan nol"),
)


def write_guide(book: Workbook, plan: Plan, styles: Styles) -> None:
    """Add ``0_PETUNJUK`` to ``book``."""
    page = book.add_worksheet(NAME)
    pages.head(page, plan, styles, "Petunjuk pengisian", "Satu berkas untuk satu perangkat daerah.", WIDTHS)
    row = HEADINGS - 1
    for title, lines in (("Lima langkah", STEPS), ("Menulis angka", NUMBERS), ("Pengiriman", _sending(plan))):
        row = _write_part(page, styles, row, title, lines)
    page.write_string(row, 0, "Arti warna", styles.heading("abu"))
    page.write_string(row, 1, "", styles.heading("abu"))
    for offset, (fill, name, meaning) in enumerate(COLOURS, 1):
        page.write_string(row + offset, 0, name, styles.cell(fill, "teks"))
        page.write_string(row + offset, 1, meaning, styles.text)
    pages.finish(page, plan, 0)


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

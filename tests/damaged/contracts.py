"""DPA Rincian Belanja as PDF: accounts of every level, their funding sources, and the cash plan per month."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from damaged import lines, pdf
from damaged.page import Page
from damaged.planting import Damage, Pages, Paper
from pkanalysis.sample.catalogue import offices

OFFICE = "KEC06"
MEALS = "5.1.02.01.01.0052"
MONTHS = ["Januari", "Pebruari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
          "Nopember", "Desember"]  # fmt: skip
LEVELS = {1: "BELANJA DAERAH", 3: "BELANJA OPERASI", 6: "Jenis (contoh)", 9: "Objek (contoh)", 12: "Rincian (contoh)"}
"""Characters of the code of each level above an account, and its name."""


def clean() -> Pages:
    """The DPA of the first sub kegiatan of the office: head and accounts, then total and months."""
    rows = _rows()
    whole, office, first = int(rows["murni"].sum()), offices().loc[OFFICE], rows.iloc[0]
    head = [
        "DATA CONTOH - bukan data resmi",
        "DOKUMEN PELAKSANAAN ANGGARAN",
        "Kota Contoh DPA RINCIAN BELANJA SKPD",
        "TAHUN ANGGARAN 2025",
        f"Bidang Urusan : {first['kode_bidang_urusan']} - {first['nama_bidang_urusan']}",
        f"Program : {first['kode_program']} - {first['nama_program']}",
        f"Kegiatan : {first['kode_kegiatan']} - {first['nama_kegiatan']}",
        f"Organisasi : {office['kode_opd']} - {office['nama_opd']}",
        f"Unit : {office['kode_opd']} - {office['nama_opd']}",
        f"Sub Kegiatan : {first['kode_sub_kegiatan']} - {first['nama_sub_kegiatan']}",
        "Sumber Pendanaan : PENDAPATAN ASLI DAERAH (PAD)",
        "Kode Rekening Uraian",
    ]
    share = whole // 12
    months = [f"{name} {_rupiah(share)}" for name in MONTHS[:-1]] + [f"Desember {_rupiah(whole - 11 * share)}"]
    months[0] = f"Kota Contoh, 2 Januari 2025 {months[0]} KEPALA DINAS CONTOH"
    last = [f"Jumlah Anggaran Sub Kegiatan {_rupiah(whole)}", "Rencana Penarikan Dana per Bulan", *months]
    pages = [[*head, *_accounts(rows)], ["Kode Rekening Uraian", *last]]
    return [Page(f"halaman {number}", [[line] for line in page]) for number, page in enumerate(pages, 1)]


def as_printed() -> Pages:
    """The same as SIPD prints it: long codes, components under the accounts, the head again on every page."""
    first, second = clean()
    table = next(line for line, (words,) in enumerate(first.rows) if words == "Kode Rekening Uraian")
    body = [line for (words,) in first.rows[table + 1 :] for line in _printed(words)]
    head = [words for (words,) in first.rows[: table + 1]]
    pages = [[*head, *body], [*head, *(words for (words,) in second.rows[1:])]]
    return [Page(f"halaman {number}", [[line] for line in page]) for number, page in enumerate(pages, 1)]


def _printed(line: str) -> list[str]:
    """A line with its code in 3+5 digits, and below an account one component that looks like an account itself."""
    code, _, rest = line.partition(" ")
    *parts, last = code.split(".")
    if len(parts) < 4:
        return [line]
    if len(parts) == 4:
        return [f"{'.'.join(parts)}.0{last} {rest}"]
    long, amount = f"{'.'.join(parts[:4])}.0{parts[4]}.0{last}", rest.rsplit(" ", 1)[1]
    group = ["[ # ] Kelompok belanja (contoh)", "Sumber Dana: PENDAPATAN ASLI DAERAH (PAD)", amount]
    return [
        f"{long} {rest}",
        *group,
        f"[ - ] Rincian {amount}",
        f"{long[:-1]}9 Serupa rekening 1 Rim {amount} 0% {amount}",
    ]


def _rows() -> pd.DataFrame:
    rows = lines.tree(OFFICE)
    return rows[rows["kode_sub_kegiatan"].eq(rows["kode_sub_kegiatan"].iloc[0])]


def _accounts(rows: pd.DataFrame) -> list[str]:
    printed: dict[str, str] = {}
    for row in rows.to_dict("records"):
        code = row["kode_rekening"]
        for length, name in LEVELS.items():
            under = rows.loc[rows["kode_rekening"].str.startswith(code[:length]), "murni"].sum()
            printed.setdefault(code[:length], f"{code[:length]} {name} {_rupiah(int(under))}")
        printed[code] = f"{code} {row['nama_rekening']} {_rupiah(row['murni'])}"
    return list(printed.values())


def _rupiah(amount: int) -> str:
    return f"Rp{amount:,}".replace(",", ".") + ",00"


def _with(old: str, new: str) -> Callable[[], Pages]:
    """The document with ``new`` for every ``old``."""
    return lambda: [Page(page.name, [[line.replace(old, new)] for (line,) in page.rows]) for page in clean()]


def _start(page: Page) -> str:
    """Where the accounts of the sub kegiatan start: what is wrong with the whole of it is told there."""
    return page.whole(next(line for line, (words,) in enumerate(page.rows) if words.startswith("5 ")))


def _changed(page: Page) -> tuple[str, str]:
    """Change the meals: the level right above is told, and the printed total at the start."""
    line, above = (next(line for line, (words,) in enumerate(page.rows) if words.startswith(f"{code} "))
                   for code in (MEALS, MEALS[:12]))  # fmt: skip
    page.rows[line][0] = f"{page.rows[line][0].rsplit(' ', 1)[0]} Rp1,00"
    return page.whole(above), _start(page)


def _file(slug: str) -> str:
    return f"dpa_2025_murni_{slug}_CONTOH.pdf"


FILES = (
    Paper("dpa_2025_murni_CONTOH.pdf", clean, pdf.as_pdf),
    Paper(_file("cetakan"), as_printed, pdf.as_pdf),
    Paper(_file("bulan"), _with("Maret Rp", "Maret Rp1"), pdf.as_pdf, (
        Damage("dua belas bulan tidak sama dengan jumlah rekening", "peringatan", _start),)),
    Paper(_file("bulan_ganda"), _with("Juli Rp", "Juni Rp"), pdf.as_pdf, (
        Damage("satu bulan tertulis dua kali", "galat", _start),)),
    Paper(_file("jumlah"), _with("Sub Kegiatan Rp", "Sub Kegiatan Rp1"), pdf.as_pdf, (
        Damage("jumlah anggaran bukan jumlah rekeningnya", "galat", _start),)),
    Paper(_file("rincian"), clean, pdf.as_pdf, (
        Damage("satu rekening berubah, jumlah di atasnya tidak", "galat", _changed),)),
    Paper(_file("terpotong"), lambda: clean()[:1], pdf.as_pdf, (
        Damage("halaman terakhir hilang, sehingga jumlah dan rencana kas tidak ada", "peringatan", _start),)),
    Paper("dpa_murni_CONTOH.pdf", _with("TAHUN ANGGARAN 2025", "TAHUN ANGGARAN ...."), pdf.as_pdf, (
        Damage("tahun anggaran tidak tertulis", "galat", lambda _: ""),), is_refused=True),
    Paper(_file("pindaian"), clean, pdf.as_picture, (
        Damage("PDF hasil pindai, tanpa teks", "galat", lambda _: ""),), is_refused=True),
)  # fmt: skip

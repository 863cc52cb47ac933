"""The data dictionary as a page: ``python -m pkanalysis.dictionary`` prints ``data/README.md``."""

from __future__ import annotations

import sys

from pkanalysis.frames import columns
from pkanalysis.tables import TABLES, Column, Kind

INTRODUCTION = """\
# Kamus data

Halaman ini dibuat dari `pkanalysis/tables.py` dengan `python -m pkanalysis.dictionary`; ubah di sana, bukan di sini.

## Susunan ruang kerja
Satu ruang kerja ialah satu folder:

| bagian | isi |
|---|---|
| `pkanalysis.toml` | yang boleh ditetapkan daerah: tahap anggaran, tarif, batas atas capaian, skala, kalender |
| `sumber/` | berkas seperti diterima, tidak pernah diubah |
| `tabel/` | tabel di bawah ini sebagai Parquet |
| `tabel/turunan/` | hasil hitungan tingkat kota, dibuat ulang setelah impor |
| `laporan/` | keluaran |

Ruang kerja berisi data contoh atau data nyata; yang satu tidak menerima berkas yang lain.

- **`data/kota_jambi/`** memuat angka yang diterbitkan saja, dengan sumber dan pertentangannya, serta konfigurasi siap \
pakai untuk Kota Jambi.
- **Data contoh** (Kota Contoh) rekaan seluruhnya dan diterangkan di `data/contoh.md`. Sebaran penghematan antar-OPD \
di dalamnya **akibat tiga angka berita** yang harus cocok sekaligus (total 44 miliar, Sekretariat DPRD lebih dari 13 \
miliar, OPD lain masing-masing di bawah 1 miliar), bukan pola nyata.

## Aturan umum
- Kosong berarti tidak ada data; kosong bukan nol. Rupiah bilangan bulat, persen pada skala 0-100.
- Kolom bertanda **kunci** bersama-sama mengenali satu baris. Tabel tanpa kunci boleh memuat baris yang sama lebih \
dari sekali, karena tiap baris belanja dijumlahkan.
- `id_berkas`, `lembar`, dan `baris` menunjuk tempat asal baris di berkas yang diimpor.
"""

UNITS: dict[Kind, str] = {"rupiah": "Rp", "persen": "%", "tanggal": "tanggal"}
KINDS: dict[Kind, str] = {"bulat": "bilangan bulat", "ya_tidak": "ya/tidak"}

HEAD = "| kolom | jenis | satuan | arti | nilai yang diizinkan | wajib | kunci |\n|---|---|---|---|---|---|---|"
FRAMES = """\
## Kolom hasil hitungan

Judul kolom tabel laporan menurut namanya (`pkanalysis/reference/kolom.csv`); dipakai juga oleh `pk.show.table`. Suatu
tabel dapat memakai judul lain.

| kolom | judul | jenis | desimal |
|---|---|---|---|"""


def render() -> str:
    """The data dictionary as Markdown in Indonesian.

    Examples
    --------
    >>> render().splitlines()[0]
    '# Kamus data'
    """
    contents = [f"- [`{table.name}`](#{table.name}): {table.meaning}" for table in TABLES.values()]
    lines = [INTRODUCTION, "## Tabel", *contents, ""]
    for table in TABLES.values():
        lines += [f"### {table.name}", f"{table.meaning} Satu baris = {table.grain}.", "", HEAD]
        lines += [*map(_line, table.columns), ""]
    headings = [f"| `{one.name}` | {one.label} | {one.kind} | {one.decimals or ''} |" for one in columns().values()]
    return "\n".join([*lines, FRAMES, *headings, ""])


def _line(column: Column) -> str:
    cells = (
        f"`{column.name}`",
        KINDS.get(column.kind, column.kind),
        UNITS.get(column.kind, ""),
        column.meaning,
        ", ".join(f"`{value}`" for value in column.allowed),
        "ya" if column.required else "",
        "kunci" if column.key else "",
    )
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


if __name__ == "__main__":
    sys.stdout.buffer.write(render().encode())  # bytes: the same file on every platform

"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Period(StrEnum):
    """Periods, as in :data:`pkanalysis.tables.PERIODS` (not imported: pandas comes with it)."""

    TW1 = "TW1"
    TW2 = "TW2"
    TW3 = "TW3"
    TW4 = "TW4"
    TAHUNAN = "tahunan"


class Engine(StrEnum):
    """How notebooks are run."""

    FORK = "fork"
    SPAWN = "spawn"
    KERNEL = "kernel"


Where = Annotated[str, typer.Option("--ruang-kerja", help="Folder ruang kerja; bila kosong dicari sendiri.")]
Year = Annotated[int, typer.Option("--tahun", help="Tahun.")]
When = Annotated[Period, typer.Option("--periode", help="Periode.", case_sensitive=False)]
Stage = Annotated[str, typer.Option("--tahap", help="Tahap anggaran berkas (murni, pergeseran, ...).")]
As = Annotated[str, typer.Option("--as", help="Tata letak berkas, bila tidak dikenali sendiri.")]
Copy = Annotated[
    Path | None,
    typer.Option("--salinan", help="Tulis salinan berkas yang sel bertemuannya berwarna: nama .xlsx, atau folder."),
]
To = Annotated[
    list[str] | None, typer.Option("--to", help="html, pdf, docx, xlsx (yang sudah ada ikut); kosong = semua.")
]
How = Annotated[Engine, typer.Option("--engine", help="Cara menjalankan buku catatan; hasilnya sama.")]

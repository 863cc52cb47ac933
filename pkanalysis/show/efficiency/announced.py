"""Why figures here differ from those that were announced earlier."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from pkanalysis.config import Announcement
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.cells import plain, rupiah
from pkanalysis.show.efficiency.comparison import Comparison

MEASURES = {
    "pagu_sebelum": "belanja tahap sebelum",
    "pagu_sesudah": "belanja tahap sesudah",
    "pengurangan": "seluruh pengurangan kotor",
    "pengurangan_pilihan": "pengurangan kotor di luar TKD",
    "pengurangan_tkd": "pengurangan karena TKD",
    "pengurangan_sasaran": "pengurangan kotor pada pos sasaran, di luar TKD",
    "pengurangan_bertarif": "pengurangan kotor pada kelompok pos yang bertarif, di luar TKD",
    "penambahan": "seluruh penambahan kotor",
    "penambahan_prioritas": "penambahan kotor pada bidang prioritas SE",
    "perjalanan_sebelum": "perjalanan dinas tahap sebelum",
    "perjalanan_sesudah": "perjalanan dinas tahap sesudah",
    "perjalanan_berkurang": "pengurangan bersih perjalanan dinas",
}


def announced(pair: Comparison, entries: Sequence[Announcement], found: pd.Series) -> Table | Note:
    """Every announced figure beside the same measure of these data, and the measure that comes nearest.

    ``found`` is the result of :func:`pkanalysis.analysis.budget.directive.measures`.
    """
    if refused := pair.refused("pengumuman"):
        return refused
    own = [entry for entry in entries if entry.budget_year == pair.setting.year and entry.tanggal <= pair.setting.end]
    if not own:
        said = "Belum ada angka yang pernah diumumkan di pkanalysis.toml (bagian [[pengumuman]]) untuk tahun ini."
        return Note(**pair.block("pengumuman"), items=(Phrase(said),))
    rows: tuple[tuple[Any, ...], ...] = tuple(
        (
            entry.uraian,
            entry.tanggal,
            entry.sumber or "belum diisi",
            entry.nilai_rp,
            MEASURES[entry.ukuran],
            int(found[entry.ukuran]),
            int(found[entry.ukuran]) - entry.nilai_rp,
            explanation(entry, found),
        )
        for entry in own
    )
    return Table(
        **pair.block("pengumuman", "Angka yang pernah diumumkan dan angka pada laporan ini"),
        columns=(
            Column("uraian", "Yang diumumkan", wide=True),
            Column("tanggal", "Tanggal", "tanggal"),
            Column("sumber", "Sumber", wide=True),
            Column("nilai", "Diumumkan (Rp)", "rp"),
            Column("ukuran", "Ukuran pembanding", wide=True),
            Column("hasil", "Pada laporan ini (Rp)", "rp"),
            Column("selisih", "Selisih (Rp)", "perubahan_rp"),
            Column("penjelasan", "Penjelasan", wide=True),
        ),
        rows=rows,
        note=pair.note(
            "Angka pada laporan ini dihitung dari baris belanja kedua tahap. Ukuran yang dipilih ditulis di "
            "pkanalysis.toml; ukuran terdekat hanya petunjuk, bukan keterangan dari yang mengumumkan."
        ),
        source=pair.setting.budget_source,
    )


def explanation(entry: Announcement, found: pd.Series) -> Phrase | str:
    """Same, or different with the other measure that comes nearer to what was announced."""
    gaps = (found - entry.nilai_rp).abs().sort_values(kind="stable")
    if not gaps[entry.ukuran]:
        return "sama"
    nearest = str(gaps.index[0])
    if gaps[nearest] >= gaps[entry.ukuran]:
        return "berbeda; tidak ada ukuran lain yang lebih dekat"
    values = {"u": plain(MEASURES[nearest]), "rp": rupiah(found[nearest])}
    text = "berbeda; sama dengan {u} ({rp})" if not gaps[nearest] else "berbeda; yang terdekat {u} ({rp})"
    return Phrase(text, values)

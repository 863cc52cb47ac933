"""Columns that several tables share."""

from __future__ import annotations

from pkanalysis.show.blocks import Column

CHANGE = (
    Column("pagu_sebelum_rp", "Sebelum (Rp)", "rp"),
    Column("pagu_sesudah_rp", "Sesudah (Rp)", "rp"),
    Column("pengurangan_rp", "Pengurangan (Rp)", "rp"),
    Column("penambahan_rp", "Penambahan (Rp)", "rp"),
    Column("selisih_rp", "Bertambah/(Berkurang) (Rp)", "perubahan_rp"),
    Column("persen", "%", "persen", 1),
)
"""A budget before and after, as the Perda prints it, with gross decrease and increase apart."""

ACHIEVED = (
    Column("satuan", "Satuan"),
    Column("target", "Target", "angka"),
    Column("realisasi", "Realisasi", "angka"),
    Column("murni", "Capaian thd PK murni", "persen", 1),
    Column("perubahan", "Capaian thd PK Perubahan", "persen", 1),
)
"""An indicator against both PK versions; the cells are those of :func:`pkanalysis.show.cells.achieved`."""

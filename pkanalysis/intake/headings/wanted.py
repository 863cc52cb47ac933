"""Which headings a layout wants: for saying what a file lacks, and what ``[kolom]`` may name."""

from __future__ import annotations

from pkanalysis.intake.headings.columns import Field
from pkanalysis.intake.layouts.tiers import HEADINGS
from pkanalysis.intake.reading import Layout

_PATTERNS: dict[str, tuple[Field, ...]] = {
    "lra": (*HEADINGS, Field("anggaran", ("ANGGARAN", "PAGU")), Field("realisasi", ("REALISASI",))),
    "penjabaran": (*HEADINGS, Field("jumlah", ("JUMLAH", "ANGGARAN", "SEBELUM PERUBAHAN", "SESUDAH PERUBAHAN"))),
    "rekap_perubahan": (Field("murni", ("PAGU MURNI",)), Field("pergeseran", ("PAGU PERGESERAN", "PAGU GESER"))),
    "sebelum_sesudah": (
        Field("murni", ("SEBELUM EFISIENSI", "ANGGARAN SEBELUM EFISIENSI")),
        Field("pergeseran", ("SETELAH EFISIENSI", "ANGGARAN SETELAH EFISIENSI")),
        Field("perubahan", ("PAPBD",), required=False),
    ),
    "iku": (
        Field("indikator", ("Indikator Kinerja", "Indikator")),
        Field("target", ("Target",)),
        Field("realisasi", ("Realisasi",)),
        Field("opd", ("Perangkat Daerah", "OPD"), required=False),
        Field("satuan", ("Satuan",), required=False),
        Field("arah", ("Arah",), required=False),
    ),
    "angka_terbit": (
        Field("tahun", ("tahun",)),
        Field("nilai", ("nilai",)),
        Field("sumber", ("source/sumber", "source", "sumber")),
    ),
}
"""For layouts that know their headings by pattern: the plainest wording of each."""


def fields(layout: Layout) -> tuple[Field, ...]:
    """Columns of ``layout`` by their headings; none for documents that are not told by headings."""
    return layout.fields or _PATTERNS.get(layout.name, ())

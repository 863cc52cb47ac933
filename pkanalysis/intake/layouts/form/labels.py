"""Words that a user picks from a list of the workbook, and the way back to the values stored for them."""

from __future__ import annotations

from collections.abc import Mapping

from pkanalysis.config import Config
from pkanalysis.vocabulary import LABELS, STAGES

Labels = Mapping[str, str]

OPEN: dict[str, tuple[str, ...]] = {
    "satuan": ("persen", "indeks", "nilai", "orang", "rupiah", "unit", "dokumen", "hari", "per 1.000", "predikat"),
    "penanggung_jawab_data": ("Internal OPD", "BPS", "K/L", "Provinsi"),
    "kategori_penghambat": (
        "Anggaran", "SDM", "Data", "Regulasi", "Pihak lain", "Cuaca/bencana", "Waktu pengadaan",
    ),
    "status_dokumen": ("Draf", "Disetujui kepala OPD"),
}  # fmt: skip
"""Lists that suggest; other words are kept as written."""


def closed(config: Config) -> dict[str, Labels]:
    """The lists of :data:`pkanalysis.vocabulary.LABELS` and the budget stages of the configuration (list ``tahap``).

    Examples
    --------
    >>> closed(Config("contoh", "Kota Contoh"))["tahap"]["perubahan"]
    'DPPA'
    """
    named = {stage.kode: STAGES.get(stage.kode, stage.nama) for stage in config.tahap}
    return {**LABELS, "tahap": STAGES | named}


def stored(labels: Labels, word: str) -> str | None:
    """Stored value of a word (or of the value itself), whatever its case; ``None`` if there is none.

    Examples
    --------
    >>> stored(LABELS["status"], "menunggu  RILIS"), stored(LABELS["periode"], "tw3"), stored({"True": "Ya"}, "ya")
    ('menunggu_rilis', 'TW3', 'True')
    """
    sought = " ".join(word.split()).casefold()
    return next((kode for kode, label in labels.items() if sought in (label.casefold(), kode.casefold())), None)

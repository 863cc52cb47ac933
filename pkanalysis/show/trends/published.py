"""The published series: what they allow to say, year by year, and what was set aside."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.trend.region import disputed
from pkanalysis.show.blocks import Column, Note, Phrase, Table, phrases
from pkanalysis.show.cells import count
from pkanalysis.show.setting import Setting


def told(setting: Setting, found: pd.DataFrame) -> Note:
    """How many published series there are and how far they go (:func:`pkanalysis.trend.readings`)."""
    if found.empty:
        return Note("terbit", "", setting.is_sample, items=(Phrase("Tidak ada angka terbit di ruang kerja ini."),))
    values = {
        "k": count(len(found)),
        "s": count(found["n"].lt(4).sum()),
        "d": count(found["klaim"].eq("L2").sum()),
        "b": count(found["bertentangan"].ne("").sum()),
        "l": count(found["seri_lama"].ne("").sum()),
    }
    texts = (
        "{k} deret terbit; {s} di antaranya kurang dari empat tahun yang dapat dibandingkan. Tren dinyatakan pada {d} "
        "deret.",
        f"{{b}} deret memuat angka yang bertentangan. {disputed()}",
        "{l} deret memuat nilai seri lama; nilai itu tidak disambung dengan yang baru.",
    )
    return Note("terbit", "", setting.is_sample, items=phrases(values, *texts))


def headline(found: pd.DataFrame) -> Phrase | None:
    """How many published series there are and how few may be compared, for the first page; ``None`` without any."""
    if found.empty:
        return None
    values = {"k": count(len(found)), "s": count(found["n"].lt(4).sum())}
    return Phrase("Dari {k} deret angka terbit, {s} belum cukup panjang untuk dibicarakan sebagai tren.", values)


def readings(setting: Setting, found: pd.DataFrame) -> Table:
    """Every published series with the years used and set aside, and the sentence that it allows."""
    return Table.from_frame(
        found,
        [
            Column("uraian", "Indikator", wide=True),
            Column("satuan", "Satuan"),
            Column("tahun", "Tahun yang dipakai"),
            Column("bertentangan", "Tahun bertentangan"),
            Column("seri_lama", "Seri lama"),
            Column("kosong", "Tidak diukur"),
            Column("kalimat", "Yang dapat dikatakan", wide=True),
        ],
        id="terbit-deret",
        caption="Yang dapat dikatakan tentang deret terbit",
        is_sample=setting.is_sample,
        note="" if len(found) else "Tidak ada deret tiga tahun atau lebih.",
        source="angka terbit beserta alamat sumbernya pada halaman Angka terbit" if len(found) else "",
    )

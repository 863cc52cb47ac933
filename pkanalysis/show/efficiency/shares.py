"""Exact decomposition of the change: general, mix of spending, own to the SKPD."""

from __future__ import annotations

import pandas as pd

from pkanalysis.show.blocks import Column, Note, Table
from pkanalysis.show.efficiency.comparison import Comparison

PARTS = ["umum", "susunan", "khusus"]


def decomposition(pair: Comparison, found: pd.DataFrame, turned: pd.DataFrame) -> Table | Note:
    """Exact decomposition per SKPD: general change, mix of spending, own to the SKPD; on the later base too.

    ``found`` is the result of :func:`pkanalysis.analysis.budget.changes.decompose` by ``kode_opd``
    and ``kategori``, ``turned`` that of the two stages exchanged.
    """
    if refused := pair.refused("dekomposisi"):
        return refused
    later = -turned.set_index("kode_opd")[PARTS].add_suffix("_akhir")
    found = found.join(later, on="kode_opd")
    parts = [*PARTS, *later.columns, "selisih_rp"]
    rows = found.assign(nama=[pair.office(code) for code in found["kode_opd"]]).sort_values("selisih_rp", kind="stable")
    whole = pd.DataFrame([{"nama": "Jumlah", "catatan": ""} | rows[parts].sum().to_dict()])
    return Table.from_frame(
        pd.concat([rows, whole], ignore_index=True),
        [
            Column("nama", "SKPD", wide=True),
            Column("umum", "Perubahan umum kota (Rp)", "perubahan_rp"),
            Column("susunan", "Susunan belanja (Rp)", "perubahan_rp"),
            Column("khusus", "Khusus SKPD (Rp)", "perubahan_rp"),
            Column("umum_akhir", "Umum, dasar sesudah (Rp)", "perubahan_rp"),
            Column("susunan_akhir", "Susunan, dasar sesudah (Rp)", "perubahan_rp"),
            Column("khusus_akhir", "Khusus, dasar sesudah (Rp)", "perubahan_rp"),
            Column("selisih_rp", "Bertambah/(Berkurang) (Rp)", "perubahan_rp"),
            Column("catatan", "Catatan", wide=True),
        ],
        **pair.block("dekomposisi", "Perubahan pagu menurut bagian umum, susunan, dan khusus"),
        totals=(len(rows),),
        note=pair.note(
            "Umum: andai setiap rupiah berubah seperti seluruh kota. Susunan: karena kelompok belanja SKPD berbeda "
            "dari kota. Khusus: sisanya. Jumlah ketiganya tepat sama dengan perubahannya (pembulatan per rupiah dapat "
            "berbeda satu), baik dengan dasar pagu sebelum maupun dasar pagu sesudah. Bagian ini menguraikan, tidak "
            "menerangkan sebab."
        ),
        source=pair.setting.budget_source,
    )

"""Travel at every stage against the rule."""

from __future__ import annotations

import pandas as pd

from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Table
from pkanalysis.show.cells import percent, rupiah
from pkanalysis.show.setting import Setting


def travel(setting: Setting, tests: pd.DataFrame) -> Table:
    """Travel at every later stage against the rule, base murni."""
    own = tests[tests["cakupan"].eq("opd")]
    rows = own.assign(nama=own["tahap"].map(setting.stage_name), keadaan=own["status"].map(words.TRAVEL_STATUSES))
    columns = (
        Column("nama", "Tahap", wide=True),
        Column("pagu_sebelum_rp", "Pagu murni (Rp)", "rp"),
        Column("pagu_sesudah_rp", "Pagu tahap ini (Rp)", "rp"),
        Column("selisih_rp", "Bertambah/(Berkurang) (Rp)", "perubahan_rp"),
        Column("persen", "%", "persen", 1),
        Column("batas_rp", "Batas menurut ketentuan (Rp)", "rp"),
        Column("kekurangan_rp", "Selisih dari ketentuan (Rp)", "rp"),
        Column("keadaan", "Keadaan", wide=True),
    )
    rate, tolerance = percent(100 * setting.saving.travel_rate, 0), rupiah(setting.saving.toleransi_rp)
    return Table.from_frame(
        rows,
        columns,
        id="perjalanan",
        caption="Perjalanan dinas pada setiap tahap",
        is_sample=setting.is_sample,
        note=f"Rekening 5.1.02.04; ketentuan {rate} (Inpres 1/2025 diktum KEEMPAT angka 2). "
        f"Dasar pagu murni, karena SE tidak menyebut dasarnya. Toleransi pembulatan {tolerance}.",
        source=setting.budget_source,
    )

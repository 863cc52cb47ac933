"""Budget lines worth a look: travel at every stage, and the largest additions."""

from __future__ import annotations

import pandas as pd

from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Table
from pkanalysis.show.cells import percent, rupiah
from pkanalysis.show.setting import Setting

TOP = 10


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


def additions(setting: Setting, lines: pd.DataFrame, steps: pd.DataFrame) -> Table:
    """List the largest additions by sub kegiatan and account."""
    activities = lines.drop_duplicates("kode_sub_kegiatan", keep="last").set_index("kode_sub_kegiatan")
    accounts = lines.drop_duplicates("kode_rekening", keep="last").set_index("kode_rekening")
    top = steps[steps["penambahan_rp"].gt(0)].nlargest(TOP, "penambahan_rp")
    rows = top.assign(
        sub=top["kode_sub_kegiatan"].map(activities["nama_sub_kegiatan"]),
        rekening=top["kode_rekening"] + " " + top["kode_rekening"].map(accounts["nama_rekening"]).fillna(""),
        tahap=top["tahap_sesudah"].map(setting.stage_name),
        keadaan=top["status"].map(words.LINE_STATUSES),
    )
    columns = (
        Column("sub", "Sub kegiatan", wide=True),
        Column("rekening", "Rekening", wide=True),
        Column("tahap", "Tahap", wide=True),
        Column("pagu_sebelum_rp", "Sebelum (Rp)", "rp"),
        Column("pagu_sesudah_rp", "Sesudah (Rp)", "rp"),
        Column("penambahan_rp", "Penambahan (Rp)", "rp"),
        Column("keadaan", "Keadaan"),
    )
    return Table.from_frame(
        rows,
        columns,
        id="penambahan",
        caption="Penambahan terbesar",
        is_sample=setting.is_sample,
        note=f"Paling banyak {TOP} baris. Data tidak menunjukkan rupiah tertentu berpindah dari satu pos ke pos lain.",
        source=setting.budget_source,
    )

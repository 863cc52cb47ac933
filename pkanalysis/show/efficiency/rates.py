"""Other yardsticks: travel really spent, rates that the region set itself, the state budget, other rates."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pkanalysis import reference
from pkanalysis.analysis.budget import changes
from pkanalysis.analysis.budget.accounts import classify
from pkanalysis.analysis.budget.rates import BINDING, rate_by_stage
from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.cells import count, rupiah
from pkanalysis.show.efficiency.comparison import Comparison
from pkanalysis.show.setting import Setting

CEILINGS = {"dalam_pagu": "di dalam", "melebihi_pagu": "melebihi", "belum_ada_data": "belum ada data"}
STATUSES = {
    "memenuhi": "di dalam batas",
    "belum": "di atas batas",
    "tidak_berlaku": "tidak ada perjalanan dinas",
    "pos_baru": "pos baru",
    "belum_ada_data": "belum ada data",
}


def realised(pair: Comparison, found: pd.DataFrame) -> Table:
    """Travel that was really spent, against the ceiling in force and against the rate on the original one.

    ``found`` is the result of :func:`pkanalysis.analysis.budget.rates.travel_realised`.
    """
    is_whole = found["cakupan"].eq("semua")
    named = ["Jumlah" if whole else pair.office(code) for whole, code in zip(is_whole, found["kode_opd"], strict=True)]
    rows = found.assign(
        nama=named,
        bulan=found["sampai_bulan"].map(dict(enumerate(words.MONTHS, start=1))),
        pagu=found["status_pagu"].map(CEILINGS),
        tarif=found["status_tarif"].map(STATUSES),
    )
    return Table.from_frame(
        rows,
        [
            Column("nama", "SKPD", wide=True),
            Column("pagu_murni_rp", "Pagu murni (Rp)", "rp"),
            Column("pagu_terakhir_rp", "Pagu terakhir (Rp)", "rp"),
            Column("batas_rp", "Batas ketentuan (Rp)", "rp"),
            Column("realisasi_rp", "Realisasi (Rp)", "rp"),
            Column("persen", "% dari murni", "persen", 1),
            Column("bulan", "Data s.d."),
            Column("pagu", "Terhadap pagu terakhir"),
            Column("tarif", "Terhadap ketentuan"),
        ],
        **pair.block("realisasi-perjalanan", f"Realisasi perjalanan dinas s.d. {pair.setting.period_short}"),
        totals=tuple(found.index[is_whole]),
        note=pair.note(
            "Selama tahun belum selesai, realisasi di dalam batas belum berarti ketentuan tercapai. Jumlah hanya "
            "memuat SKPD yang pagu murni, pagu terakhir, dan realisasinya ada."
        ),
        source=pair.setting.spending_source,
    )


def local_tests(setting: Setting, lines: pd.DataFrame) -> pd.DataFrame:
    """:func:`pkanalysis.analysis.budget.rates.rate_by_stage` of every rate of the configuration but the binding one."""
    rates = {name: rate for name, rate in setting.saving.tarif.items() if name != BINDING}
    stages, tolerance = setting.codes_from_original, setting.saving.toleransi_rp
    tests = [rate_by_stage(lines, stages, name, rate, tolerance) for name, rate in rates.items()]
    return pd.concat(tests, ignore_index=True) if tests else pd.DataFrame()


def local_rates(pair: Comparison, tests: pd.DataFrame) -> Table | Note:
    """Rates that the region set itself, tested as the binding one is, and labelled as local.

    ``tests``: rows of :func:`pkanalysis.analysis.budget.rates.rate_by_stage` of every local category,
    one after the other.
    """
    if tests.empty:
        said = "Tidak ada tarif lokal di [efisiensi] pkanalysis.toml, atau baru satu tahap yang ada datanya."
        return Note(**pair.block("tarif-lokal"), items=(Phrase(said),))
    rows = [_local(pair, own) for _, own in tests.groupby(["kategori", "tahap"], sort=False)]
    columns = (
        Column("pos", "Kelompok pos", wide=True),
        Column("tarif", "Tarif lokal", "persen", 0),
        Column("tahap", "Tahap"),
        Column("murni", "Pagu murni (Rp)", "rp"),
        Column("kini", "Pagu tahap ini (Rp)", "rp"),
        Column("persen", "%", "persen", 1),
        Column("memenuhi", "SKPD mencapai tarif"),
        Column("selisih", "Jumlah selisih (Rp)", "rp"),
    )
    return Table(
        **pair.block("tarif-lokal", "Tarif lokal (ketetapan daerah), bukan ketentuan Inpres"),
        columns=columns,
        rows=tuple(rows),
        note=pair.note(
            "Tarif dari [efisiensi.tarif] pkanalysis.toml; dasarnya ketetapan daerah, diuji dengan cara yang sama, "
            "pada pos pasti dan taksiran. Toleransi pembulatan {tol}.",
            tol=rupiah(pair.setting.saving.toleransi_rp),
        ),
        source=pair.setting.budget_source,
    )


def _local(pair: Comparison, own: pd.DataFrame) -> tuple[Any, ...]:
    whole, offices = own.iloc[-1], own[own["cakupan"].eq("opd") & own["status"].isin(("memenuhi", "belum"))]
    met = Phrase("{m} dari {n}", {"m": count(offices["status"].eq("memenuhi").sum()), "n": count(len(offices))})
    if offices.empty:
        met = Phrase("tidak ada pagu pada pos ini")
    return (
        words.heading(words.category(whole["kategori"])),
        100 * whole["tarif"],
        pair.setting.stage_name(whole["tahap"]),
        whole["pagu_sebelum_rp"],
        whole["pagu_sesudah_rp"],
        whole["persen"],
        met,
        offices["kekurangan_rp"].sum(),
    )


def state_budget(pair: Comparison, step: pd.DataFrame) -> Table | Note:
    """The items of S-37 beside what was done; a comparison with the state budget only, no test."""
    if refused := pair.refused("pembanding-apbn"):
        return refused
    item = classify(step["kode_rekening"])["kategori_s37"]
    sums = changes.total(step.assign(item=item)[item.ne("")], ["item"]).set_index("item")
    known = reference.s37().set_index("item")["persen_potongan"].astype("float64")
    rows = sums.reindex([name for name in known.index if name in sums.index]).reset_index()
    rows = rows.assign(apbn=-rows["item"].map(known))
    return Table.from_frame(
        rows,
        [
            Column("item", "Butir", wide=True),
            Column("pagu_sebelum_rp", "Sebelum (Rp)", "rp"),
            Column("pagu_sesudah_rp", "Sesudah (Rp)", "rp"),
            Column("persen", "% daerah", "persen", 1),
            Column("apbn", "% kementerian/lembaga", "persen", 1),
        ],
        **pair.block("pembanding-apbn", "Pembanding APBN (tidak mengikat APBD)"),
        note=pair.note(
            "S-37/MK.02/2025 hanya untuk kementerian/lembaga; persentasenya bukan ketentuan bagi daerah dan tidak "
            "dipakai sebagai uji. Penempatan rekening pada butirnya adalah pertimbangan."
        ),
        source=pair.setting.budget_source,
    )

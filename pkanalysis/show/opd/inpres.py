"""Table i of the LKjIP: every account that the Inpres asks to limit, at every stage."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.budget.rates import WHOLE
from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.efficiency.comparison import Comparison
from pkanalysis.show.efficiency.lines import Named

MET = {True: "Ya", False: "Belum"}
RULES = (
    "Pengurangan = pagu tahap pertama dikurangi tahap terakhir; minus berarti bertambah. Batas berlaku untuk jumlah "
    "kelompok, bukan untuk tiap rekening: perjalanan dinas menurut Inpres 1/2025, yang lain menurut tarif daerah. "
    "Dialihkan ke: menurut isian OPD; data tidak menunjukkan rupiah tertentu berpindah."
)


def targeted_accounts(pair: Comparison, found: pd.DataFrame, named: Named, filled: pd.DataFrame) -> Table | Note:
    """The accounts with their ceilings, the cut, the rate of their category, spending and what the OPD wrote.

    Parameters
    ----------
    found : DataFrame
        :func:`pkanalysis.budget.targeted_accounts`.
    filled : DataFrame
        Rows of ``perubahan_anggaran`` of the OPD and year.
    """
    if refused := pair.refused("inpres-rekening"):
        return refused
    if found.empty:
        none = Phrase("Tidak ada pagu pada rekening yang diminta dibatasi Inpres 1/2025.")
        return Note(**pair.block("inpres-rekening"), items=(none,))
    is_sum = found["kode_rekening"].isna()
    rows = found.assign(
        uraian=[
            _called(code, kind, named) for code, kind in zip(found["kode_rekening"], found["kategori"], strict=True)
        ],
        batas=100 * found["tarif"],
        memenuhi=[MET[bool(met)] if pd.notna(met) else "–" for met in found["is_memenuhi"]],
        ke=_moved(found, filled).mask(is_sum, "–"),
    )
    stages = [Column(code, f"{pair.setting.stage_name(code)} (Rp)", "rp") for code in pair.setting.codes]
    return Table.from_frame(
        rows,
        [
            Column("kode_rekening", "Kode Rekening"),
            Column("uraian", "Uraian", wide=True),
            *stages,
            Column("pengurangan_rp", "Pengurangan (Rp)", "rp"),
            Column("pengurangan_pct", "Pengurangan (%)", "persen", 1),
            Column("batas", "Batas/Target (%)", "persen", 1),
            Column("memenuhi", "Memenuhi"),
            Column("realisasi_rp", "Realisasi (Rp)", "rp"),
            Column("ke", "Dialihkan ke", wide=True),
        ],
        **pair.block("inpres-rekening", f"Efisiensi Inpres 1/2025 per rekening s.d. {pair.setting.period_short}"),
        totals=tuple(found.index[is_sum]),
        note=pair.note(RULES),
        source=", ".join(filter(None, (pair.setting.budget_source, pair.setting.spending_source))),
    )


def _called(code: str | None, kind: str, named: Named) -> str:
    if code is None or pd.isna(code):
        return "Jumlah" if kind == WHOLE else f"Jumlah: {words.category(kind)}"
    return " ".join(str(named.account.get(code, "")).split())


def _moved(found: pd.DataFrame, filled: pd.DataFrame) -> pd.Series:
    """What the OPD wrote on the lines of an account; an account that was not cut needs no word."""
    told = filled.dropna(subset="penjelasan").groupby("kode_rekening")["penjelasan"]
    said = found["kode_rekening"].map(told.agg(lambda texts: "; ".join(dict.fromkeys(texts)))).astype(object)
    return said.fillna(words.NOT_FILLED).where(found["pengurangan_rp"].gt(0), "–")

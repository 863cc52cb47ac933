"""Tables g and h of the LKjIP: programmes behind the indicators, and the budget down to sub kegiatan."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.efficiency.lines import Named
from pkanalysis.show.setting import Setting

UNLINKED = "Belum dikaitkan"
NO_LINKS = (
    "Program penunjang: belum dapat ditampilkan, karena kaskade indikator dan program (lembar 2b_KAITAN) belum diisi."
)


def supporting(setting: Setting, found: pd.DataFrame, programmes: list[str]) -> Table | Note:
    """Table g: which programme supports which indicator as the cascade says, and which supports none.

    Parameters
    ----------
    found : DataFrame
        :func:`pkanalysis.resource.supporting`.
    programmes : list of str
        Names of the programmes, for each row of ``found``.
    """
    rows = found.assign(program=programmes)
    return _linked(
        setting,
        rows,
        found["is_terkait"],
        [Column("program", "Program", wide=True)],
        id="penunjang",
        caption=f"Program penunjang indikator s.d. {setting.period_short}",
        note="Menunjang menurut kaskade isian OPD, bukan bukti pengaruh; program yang menunjang beberapa indikator "
        "tercatat pada setiap indikator, sehingga barisnya tidak dijumlahkan.",
    )


def cascaded(setting: Setting, found: pd.DataFrame, named: Named) -> Table | Note:
    """Table g in full: what each indicator serves, and the kegiatan and sub kegiatan that pay for it.

    ``found`` is :func:`pkanalysis.resource.supporting_activities`.
    """
    rows = found.assign(
        induk=found["induk"].astype("object").fillna("–"), sub=named.activities(found["kode_sub_kegiatan"])
    )
    return _linked(
        setting,
        rows,
        found["kode_indikator"].notna(),
        [Column("sub", "Sub kegiatan", wide=True)],
        [Column("induk", "IKU yang ditunjang")],
        id="kaskade-opd",
        caption=f"Kaskade sampai sub kegiatan s.d. {setting.period_short}",
        note="Kaitan dengan program atau kegiatan berlaku untuk semua sub kegiatannya; sub kegiatan yang menunjang "
        "beberapa indikator tercatat pada setiap indikator, sehingga barisnya tidak dijumlahkan.",
    )


def _linked(
    setting: Setting,
    rows: pd.DataFrame,
    is_linked: pd.Series,
    paying: list[Column],
    above: Sequence[Column] = (),
    **block: str,
) -> Table | Note:
    """Indicators beside what pays for them (``paying``) and, before them, what they serve (``above``)."""
    if not is_linked.any():
        return Note(block["id"], "", setting.is_sample, items=(Phrase(NO_LINKS),))
    columns = [
        *above,
        Column("sasaran", "Sasaran", wide=True),
        Column("nama_indikator", "Indikator", wide=True),
        Column("target", "Target"),
        *paying,
        Column("pagu_perubahan_rp", "Pagu terakhir (Rp)", "rp"),
        Column("realisasi_rp", "Realisasi (Rp)", "rp"),
        Column("serapan_pct", "%", "persen", 1),
        Column("menunjang", "Menunjang/Tidak Menunjang"),
    ]
    return Table.from_frame(
        rows.assign(
            target=words.reached(rows["is_tercapai"].astype("boolean")),
            menunjang=is_linked.map({True: "Menunjang", False: UNLINKED}),
        ),
        columns,
        is_sample=setting.is_sample,
        source=", ".join(filter(None, ("lembar 2b_KAITAN", setting.budget_source, setting.spending_source))),
        **block,
    )


def realised(setting: Setting, found: pd.DataFrame) -> Table:
    """Table h: budget before and after, and spending, per programme, kegiatan and sub kegiatan.

    ``found`` is :func:`pkanalysis.resource.by_activity`.
    """
    columns = [
        Column("kode", "Kode"),
        Column("nama", "Program/Kegiatan/Sub Kegiatan", wide=True),
        Column("pagu_sebelum_rp", "Anggaran Sebelum Perubahan (Rp)", "rp"),
        Column("pagu_sesudah_rp", "Anggaran Setelah Perubahan (Rp)", "rp"),
        Column("selisih_rp", "Bertambah/(Berkurang) (Rp)", "perubahan_rp"),
        Column("realisasi_rp", "Realisasi (Rp)", "rp"),
        Column("serapan_pct", "%", "persen", 1),
        Column("sisa_rp", "Sisa (Rp)", "perubahan_rp"),
    ]
    names = [setting.stage_name(code) for code in (setting.original, *setting.codes[-1:])]
    return Table.from_frame(
        found,
        columns,
        id="realisasi-anggaran",
        caption=f"Realisasi anggaran s.d. {setting.period_short}",
        is_sample=setting.is_sample,
        totals=(len(found) - 1,) if len(found) else (),
        note=f"Sebelum = {names[0]}, setelah = {names[-1]}; persen dan sisa terhadap pagu terakhir."
        if len(found)
        else "",
        source=", ".join(filter(None, (setting.budget_source, setting.spending_source))),
    )

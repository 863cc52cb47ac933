"""The cascade below the IKU kota: what supports what, what several OPD carry, what hangs in the air."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.achievement.agreements import Cascade
from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.page import Page
from pkanalysis.show.values import count

WHOLE = "Setiap indikator mempunyai kaitan."


def linked(setting: Page, found: Cascade) -> Note:
    """The cascade in words: links, orphans, IKU kota without support, several parents, unknown parents."""
    kinds = found.orphans["tingkat"].value_counts()
    values = {
        "k": count(len(found.links)),
        "i": count(len(found.orphans)),
        "u": count(len(found.unsupported)),
        "m": count(len(found.many)),
        "x": count(len(found.unknown)),
    }
    text = (
        "{k} kaitan indikator ke induknya. {i} indikator tidak menunjang indikator lain; {u} IKU kota tidak ditunjang "
        "indikator mana pun; {m} indikator menunjang dua induk atau lebih; {x} kaitan menunjuk induk yang tidak "
        "terdaftar."
    )
    if found.links.empty and found.unknown.empty:
        items = [Phrase("Kaitan indikator belum diterima; kaskade tidak dapat diperiksa.")]
        return Note("kaskade", "", setting.is_sample, items=tuple(items), source="lembar 2b_KAITAN")
    items = [Phrase(text, values)]
    if len(kinds):
        said = {f"t{place}": count(number) for place, number in enumerate(kinds)}
        listed = ", ".join(
            f"{words.stored('tingkat', str(kind))} {{t{place}}}" for place, kind in enumerate(kinds.index)
        )
        items.append(Phrase(f"Indikator tanpa induk menurut tingkat: {listed}.", said))
    return Note("kaskade", "", setting.is_sample, items=tuple(items), source="lembar 2b_KAITAN")


def reach(setting: Page, found: pd.DataFrame) -> Table:
    """From each IKU kota down to the sub kegiatan: how many of each stand below it.

    ``found`` is :func:`pkanalysis.resource.reach_down`.
    """
    return Table.from_frame(
        found,
        [
            Column("nama_indikator", "IKU kota", wide=True),
            Column("n_opd", "OPD", "bulat"),
            Column("n_iku_opd", "IKU OPD", "bulat"),
            Column("n_indikator_program", "Indikator program", "bulat"),
            Column("n_program", "Program", "bulat"),
            Column("n_sub_kegiatan", "Sub kegiatan", "bulat"),
            Column("pagu_perubahan_rp", "Pagu terakhir sub kegiatan itu (Rp)", "rp"),
        ],
        id="kaskade-kota",
        caption="Kaskade dari IKU kota sampai sub kegiatan",
        is_sample=setting.is_sample,
        note="Program menurut OPD. Yang menunjang beberapa IKU kota dihitung pada setiap IKU, sehingga barisnya tidak "
        "dijumlahkan; kaitan menurut isian OPD, bukan bukti pengaruh.",
        source=", ".join(filter(None, ("lembar 2b_KAITAN", setting.budget_source))),
    )


def shared(setting: Page, found: Cascade) -> Table:
    """Indicators that several OPD carry together (lintas sektor)."""
    rows = found.shared.assign(tingkat=[words.stored("tingkat", kind) for kind in found.shared["tingkat"]])
    return Table.from_frame(
        rows.sort_values("kode_indikator", kind="stable"),
        [
            Column("nama_indikator", "Indikator yang ditunjang", wide=True),
            Column("tingkat", "Tingkat"),
            Column("n_opd", "OPD yang menunjang", "bulat"),
            Column("n_penunjang", "Indikator yang menunjang", "bulat"),
        ],
        id="lintas-sektor",
        caption="Indikator yang ditunjang beberapa OPD (lintas sektor)",
        is_sample=setting.is_sample,
        source="lembar 2b_KAITAN",
    )


def orphans(setting: Page, found: Cascade, names: pd.Series) -> Table:
    """Indicators that support nothing, and IKU kota that nothing supports."""
    rows = pd.concat([found.unsupported.assign(hal="tidak ditunjang"), found.orphans.assign(hal="tidak menunjang")])
    rows = rows if len(found.links) else rows.head(0)
    rows = rows.assign(
        opd=rows["kode_opd"].map(names), tingkat=[words.stored("tingkat", kind) for kind in rows["tingkat"]]
    )
    return Table.from_frame(
        rows,
        [
            Column("opd", "OPD", wide=True),
            Column("nama_indikator", "Indikator", wide=True),
            Column("tingkat", "Tingkat"),
            Column("hal", "Keadaan"),
        ],
        id="tanpa-kaitan",
        caption="Indikator tanpa kaitan",
        is_sample=setting.is_sample,
        note="" if len(rows) else WHOLE if len(found.links) else "Kaitan indikator belum diterima.",
        source="lembar 2b_KAITAN",
    )

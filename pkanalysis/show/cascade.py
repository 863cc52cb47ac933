"""The cascade below the IKU kota: what supports what, what several OPD carry, what hangs in the air."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from pkanalysis.analysis.achievement.agreements import Cascade
from pkanalysis.show import words
from pkanalysis.show.blocks import Note, Phrase
from pkanalysis.show.page import Page
from pkanalysis.show.tables import RowsOrBlock, table
from pkanalysis.show.values import count

SOURCE = "lembar 2b_KAITAN"


def linked(page: Page, found: Cascade) -> Note:
    """The cascade in words: links, orphans, IKU kota without support, several parents, unknown parents."""
    if found.links.empty and found.unknown.empty:
        note = page.say("kaskade", "Kaitan indikator belum diterima; kaskade tidak dapat diperiksa.")
        return replace(note, source=SOURCE)
    items: list[str | Phrase] = [
        "{k} kaitan indikator ke induknya. {i} indikator tidak menunjang indikator lain; {u} IKU kota tidak ditunjang "
        "indikator mana pun; {m} indikator menunjang dua induk atau lebih; {x} kaitan menunjuk induk yang tidak "
        "terdaftar."
    ]
    if len(kinds := found.orphans["tingkat"].value_counts()):
        levels = [words.stored("tingkat", str(kind)) for kind in kinds.index]
        listed = ", ".join(f"{level} {{t{place}}}" for place, level in enumerate(levels))
        values = {f"t{place}": count(number) for place, number in enumerate(kinds)}
        items.append(Phrase(f"Indikator tanpa induk menurut tingkat: {listed}.", values))
    parts = {"k": found.links, "i": found.orphans, "u": found.unsupported, "m": found.many, "x": found.unknown}
    numbers: dict[str, Any] = {name: count(len(part)) for name, part in parts.items()}
    return replace(page.say("kaskade", *items, **numbers), source=SOURCE)


@table("kaskade-kota", "Kaskade dari IKU kota sampai sub kegiatan",
       "nama_indikator n_opd n_iku_opd n_indikator_program n_program n_sub_kegiatan pagu_perubahan_rp",
       "Program menurut OPD. Yang menunjang beberapa IKU kota dihitung pada setiap IKU, sehingga barisnya tidak "
       "dijumlahkan; kaitan menurut isian OPD, bukan bukti pengaruh.",
       nama_indikator="IKU kota", pagu_perubahan_rp="Pagu terakhir sub kegiatan itu (Rp)")  # fmt: skip
def reach(page: Page, found: pd.DataFrame) -> RowsOrBlock:
    """From each IKU kota down to the sub kegiatan: how many of each stand below it.

    ``found`` is :func:`pkanalysis.resource.reach_down`.
    """
    return found, {"source": ", ".join(filter(None, (SOURCE, page.budget_source)))}


@table("lintas-sektor", "Indikator yang ditunjang beberapa OPD (lintas sektor)",
       "nama_indikator tingkat n_opd n_penunjang", source=SOURCE,
       nama_indikator="Indikator yang ditunjang", n_opd="OPD yang menunjang")  # fmt: skip
def shared(_page: Page, found: Cascade) -> pd.DataFrame:
    """Indicators that several OPD carry together (lintas sektor)."""
    levels = [words.stored("tingkat", kind) for kind in found.shared["tingkat"]]
    return found.shared.assign(tingkat=levels).sort_values("kode_indikator", kind="stable")


@table("tanpa-kaitan", "Indikator tanpa kaitan", "opd nama_indikator tingkat hal", source=SOURCE,
       hal=("Keadaan", "teks", 0, False))  # fmt: skip
def orphans(_page: Page, found: Cascade, names: pd.Series) -> RowsOrBlock:
    """Indicators that support nothing, and IKU kota that nothing supports."""
    if found.links.empty:
        return [], {"note": "Kaitan indikator belum diterima."}
    rows = pd.concat([found.unsupported.assign(hal="tidak ditunjang"), found.orphans.assign(hal="tidak menunjang")])
    levels = [words.stored("tingkat", kind) for kind in rows["tingkat"]]
    rows = rows.assign(tingkat=levels, opd=rows["kode_opd"].map(names))
    return rows, {"note": "" if len(rows) else "Setiap indikator mempunyai kaitan."}

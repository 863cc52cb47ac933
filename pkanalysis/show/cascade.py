"""The cascade below the IKU kota: what supports what, what several OPD carry, what hangs in the air."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.achievement.agreements import Cascade
from pkanalysis.show import words
from pkanalysis.show.blocks import Note, Phrase
from pkanalysis.show.page import Page
from pkanalysis.show.tables import Given, table
from pkanalysis.show.values import count

WHOLE = "Setiap indikator mempunyai kaitan."


def linked(page: Page, found: Cascade) -> Note:
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
        return Note("kaskade", "", page.is_sample, items=tuple(items), source="lembar 2b_KAITAN")
    items = [Phrase(text, values)]
    if len(kinds):
        said = {f"t{place}": count(number) for place, number in enumerate(kinds)}
        listed = ", ".join(
            f"{words.stored('tingkat', str(kind))} {{t{place}}}" for place, kind in enumerate(kinds.index)
        )
        items.append(Phrase(f"Indikator tanpa induk menurut tingkat: {listed}.", said))
    return Note("kaskade", "", page.is_sample, items=tuple(items), source="lembar 2b_KAITAN")


@table(
    "kaskade-kota",
    "Kaskade dari IKU kota sampai sub kegiatan",
    "nama_indikator n_opd n_iku_opd n_indikator_program n_program n_sub_kegiatan pagu_perubahan_rp",
    "Program menurut OPD. Yang menunjang beberapa IKU kota dihitung pada setiap IKU, sehingga barisnya tidak "
    "dijumlahkan; kaitan menurut isian OPD, bukan bukti pengaruh.",
    nama_indikator="IKU kota",
    pagu_perubahan_rp="Pagu terakhir sub kegiatan itu (Rp)",
)
def reach(page: Page, found: pd.DataFrame) -> Given:
    """From each IKU kota down to the sub kegiatan: how many of each stand below it.

    ``found`` is :func:`pkanalysis.resource.reach_down`.
    """
    return found, {"source": ", ".join(filter(None, ("lembar 2b_KAITAN", page.budget_source)))}


@table(
    "lintas-sektor",
    "Indikator yang ditunjang beberapa OPD (lintas sektor)",
    "nama_indikator tingkat n_opd n_penunjang",
    source="lembar 2b_KAITAN",
    nama_indikator="Indikator yang ditunjang",
    n_opd="OPD yang menunjang",
)
def shared(_page: Page, found: Cascade) -> Given:
    """Indicators that several OPD carry together (lintas sektor)."""
    rows = found.shared.assign(tingkat=[words.stored("tingkat", kind) for kind in found.shared["tingkat"]])
    return rows.sort_values("kode_indikator", kind="stable")


@table(
    "tanpa-kaitan",
    "Indikator tanpa kaitan",
    "opd nama_indikator tingkat hal",
    source="lembar 2b_KAITAN",
    hal=("Keadaan", "teks", 0, False),
)
def orphans(_page: Page, found: Cascade, names: pd.Series) -> Given:
    """Indicators that support nothing, and IKU kota that nothing supports."""
    rows = pd.concat([found.unsupported.assign(hal="tidak ditunjang"), found.orphans.assign(hal="tidak menunjang")])
    rows = rows if len(found.links) else rows.head(0)
    rows = rows.assign(
        opd=rows["kode_opd"].map(names), tingkat=[words.stored("tingkat", kind) for kind in rows["tingkat"]]
    )
    return rows, {"note": "" if len(rows) else WHOLE if len(found.links) else "Kaitan indikator belum diterima."}

"""The five sentences, one by one; a number stands in one only as a typed value."""

from __future__ import annotations

import math

import pandas as pd

from pkanalysis.analysis.claims import LEVELS
from pkanalysis.analysis.effect import Compliance, DoseResponse
from pkanalysis.analysis.effect.estimates import LEVEL
from pkanalysis.show.blocks import Phrase
from pkanalysis.show.cells import count, percent, plain
from pkanalysis.show.effect.case import Case, reasons
from pkanalysis.show.effect.influence import influential
from pkanalysis.show.effect.numbers import STEP, number
from pkanalysis.show.values import Value

MEANS = {
    "L1": "yang tampak hanya uraian, bukan kaitan",
    "L2": "perubahan capaian berjalan bersama besar pengurangan; arah pengaruhnya tidak diketahui",
    "L3": "polanya konsisten dengan pengaruh pengurangan, dengan asumsi OPD akan bergerak serupa tanpa pengurangan",
}


def sized(sizes: pd.DataFrame, followed: Compliance) -> Phrase:
    """How large the cut is by rule and as carried out, and how the two go together."""
    due, cut = 100 * sizes["potensi"].dropna(), 100 * sizes["pengurangan"].dropna()
    if due.empty:
        return Phrase("**Besar pengurangan belum dapat dihitung**: pagu murni belum ada.")
    values = {"n": count(len(due)), "z": percent(due.median()), "lo": percent(due.min()), "hi": percent(due.max())}
    text = "**Menurut tarif, {n} OPD terkena {lo} sampai {hi} dari pagu murninya** (median {z})"
    if cut.empty:
        return Phrase(f"{text}; pengurangan nyata belum ada karena baru satu tahap anggaran.", values)
    values |= {"d": percent(cut.median()), "g": count(cut.lt(0).sum())}
    text += "; pengurangan nyata mediannya {d}, dan pagu {g} OPD justru bertambah"
    if math.isnan(followed.correlation):
        return Phrase(f"{text}.", values)
    return Phrase(
        f"{text}. Di OPD lain korelasi keduanya {{r}}.", values | {"r": Value(followed.correlation, "angka", 2)}
    )


def is_told_apart(found: DoseResponse) -> bool:
    """Whether both tests tell the slope from zero."""
    return found.p < LEVEL and found.p_wild < LEVEL


def related(case: Case, main: DoseResponse) -> Phrase:
    """The slope against the original target in plain words, with its interval."""
    low, high = (STEP * end for end in main.interval_hc3)
    values = {
        "n": count(main.n), "s": count(100 * STEP), "b": number(main.per_step, 1), "lo": number(low, 1),
        "hi": number(high, 1), "u": plain(case.size_name),
    }  # fmt: skip
    head = "**Pada {n} OPD, besar pengurangan dan perubahan capaian tidak menunjukkan pola yang jelas**"
    if is_told_apart(main):
        head = (
            f"**Pada {{n}} OPD, capaian {'turun' if main.beta < 0 else 'naik'} lebih besar bila pengurangannya besar**"
        )
    return Phrase(
        f"{head}: OPD dengan {{u}} {{s}} poin lebih besar, perubahan capaiannya terhadap target awal berbeda {{b}} "
        "poin dari OPD lain (rentang {lo} sampai {hi}).",
        values,
    )


def visible(main: DoseResponse) -> Phrase:
    """What could have been seen at all, and whether a change beyond the margin can be ruled out."""
    values = {"m": number(STEP * main.mde, 1), "s": count(100 * STEP), "n": count(main.n)}
    head = "Perbedaan itu dapat dibedakan dari nol" if is_told_apart(main) else "**Belum dapat dibedakan dari nol**"
    text = f"{head}; efek terkecil yang dapat terlihat dengan {{n}} OPD adalah {{m}} poin per {{s}} poin pengurangan."
    if main.equivalence is None:
        return Phrase(text, values)
    values |= {"e": Value(main.equivalence.margin, "angka", 1)}
    if main.equivalence.is_shown:
        return Phrase(f"{text} Perbedaan lebih dari {{e}} poin dapat dikesampingkan.", values)
    return Phrase(f"{text} Perbedaan {{e}} poin belum dapat dikesampingkan.", values)


def retargeted(main: DoseResponse, valid: DoseResponse, moved: DoseResponse) -> Phrase:
    """The same against the valid target, and whether targets were changed with the size of the cut."""
    if moved.claim == "L0":
        return Phrase(
            "**Kaitan perubahan target dengan besar pengurangan tidak dihitung.** {x}",
            {"x": reasons(moved)},
        )
    low, high = (STEP * end for end in moved.interval_hc3)
    values = {"b": number(moved.per_step, 1), "lo": number(low, 1), "hi": number(high, 1), "s": count(100 * STEP)}
    head = "belum dapat dibedakan dari nol"
    if is_told_apart(moved):
        head = f"perubahan target {'menaikkan' if moved.beta > 0 else 'menurunkan'} capaian lebih banyak di sana"
    text = (
        "**Perubahan target dihitung tersendiri**: per {s} poin pengurangan bedanya {b} poin (rentang {lo} sampai "
        f"{{hi}}), {head}."
    )
    if valid.claim == "L0":
        return Phrase(text, values)
    values |= {"v": number(valid.per_step, 1), "y": number(main.per_step, 1)}
    return Phrase(f"{text} Terhadap target yang berlaku {{v}} poin, terhadap target awal {{y}} poin.", values)


def level_said(main: DoseResponse) -> Phrase:
    """The level of claim and what it means."""
    values = {"t": plain(f"{main.claim} ({LEVELS[main.claim]})")}
    return Phrase(f"**Tingkat kesimpulan {{t}}**: {MEANS[main.claim]}.", values)


def largest(case: Case, main: DoseResponse) -> Phrase:
    """The OPD that the result leans on most."""
    top = influential(main, 1)
    code = top.index[0]
    assert main.leave_one_out is not None
    values = {"o": plain(case.name(code)), "w": number(STEP * float(main.leave_one_out[code]), 1)}
    return Phrase("OPD yang paling memengaruhi hasil: {o}; tanpa OPD itu bedanya {w} poin.", values)

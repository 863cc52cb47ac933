"""Sentences by rule, in the patterns of the house; a number stands in one only as a typed value."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.achievement.scorecard import Summary
from pkanalysis.analysis.spending import Absorption
from pkanalysis.show import words
from pkanalysis.show.blocks import Phrase
from pkanalysis.show.cells import count, gap, measured, percent, plain, rupiah


def reached(found: Summary) -> Phrase:
    """How many indicators reach the target, and how many could not be counted."""
    if not found.n:
        return Phrase("belum ada indikator yang diterima")
    rest = {
        "w": (found.n_waiting, "{w} menunggu rilis atau jadwal"),
        "t": (found.n_unmeasurable, "{t} tidak terukur"),
        "b": (found.n_missing, "{b} belum disampaikan"),
        "u": (found.n_unjudged, "{u} belum dapat dinilai"),
    }
    said = {name: pattern for name, (number, pattern) in rest.items() if number}
    values = {name: count(rest[name][0]) for name in said}
    head = "belum ada indikator yang terukur"
    if found.n_measured:
        head = "**{k} dari {n}** yang sudah terukur"
        values |= {"k": count(found.n_reached), "n": count(found.n_measured)}
    if not said:
        return Phrase(head, values)
    pattern = f"{head} ({', '.join(said.values())}; jumlah {{semua}} indikator)"
    return Phrase(pattern, values | {"semua": count(found.n)})


def target_changed(card: pd.DataFrame, to_date: str) -> Phrase | None:
    """Targets that the PK Perubahan made easier, with both achievements; ``None`` when there is none.

    ``to_date`` is the period in short (``TW III``), since targets and achievements are to its end.
    """
    eased = card[card["perubahan_target"].eq("dilonggarkan")]
    if eased.empty:
        return None
    effect = (eased["capaian_perubahan"] - eased["capaian_murni"]).fillna(-1)
    row = eased.iloc[int(effect.argmax())]
    values = {
        "nama": plain(row["nama_indikator"]),
        "a": measured(row["target_murni"]),
        "b": measured(row["target_perubahan"]),
    }
    which = "Target satu indikator" if len(eased) == 1 else "Target {k} indikator"
    values |= {"k": count(len(eased))} if len(eased) > 1 else {}
    start = (
        f"**{which} dibuat lebih mudah pada PK Perubahan.** "
        f"Target {{nama}} s.d. {to_date} diubah dari {{a}} menjadi {{b}}."
    )
    if pd.isna(row["capaian_murni"]):
        return Phrase(start, values)
    return Phrase(
        f"{start} Terhadap target awal capaiannya {{x}}, terhadap PK Perubahan {{y}}; selisih {{z}} poin berasal "
        "dari perubahan target. Realisasinya sendiri {r}.",
        values
        | {
            "x": percent(row["capaian_murni"]),
            "y": percent(row["capaian_perubahan"]),
            "z": gap(row["capaian_perubahan"], row["capaian_murni"]),
            "r": measured(row["realisasi"]),
        },
    )


def target_tightened(card: pd.DataFrame) -> Phrase | None:
    """How many targets the PK Perubahan made harder or changed otherwise; ``None`` when there is none."""
    harder, other = (int(card["perubahan_target"].eq(word).sum()) for word in ("diperketat", "diubah"))
    parts = ["{k} indikator diperketat"] * bool(harder) + ["{m} indikator diubah batas atau predikatnya"] * bool(other)
    values = {"k": count(harder)} if harder else {}
    values |= {"m": count(other)} if other else {}
    return Phrase(f"Pada PK Perubahan target {' dan '.join(parts)}.", values) if parts else None


def step_changed(step: pd.DataFrame, stage: str, targeted: pd.Series) -> Phrase:
    """Gross decrease, gross increase and net of one step between two stages.

    Parameters
    ----------
    step : DataFrame
        Rows of :func:`pkanalysis.analysis.budget.changes.steps` for one step.
    stage : str
        Name of the later stage.
    targeted : Series
        Gross decrease by category on accounts that the Inpres asks to limit, in rupiah, largest first.
    """
    down, up, net, base = (
        int(step[column].sum()) for column in ("pengurangan_rp", "penambahan_rp", "selisih_rp", "pagu_sebelum_rp")
    )
    values = {"tahap": plain(stage), "a": rupiah(down), "b": rupiah(up)}
    if not down and not up:
        return Phrase("**Anggaran tidak berubah** pada {tahap}.", {"tahap": values["tahap"]})
    net_words = "bersih tetap"
    if net:
        net_words = f"bersih {'berkurang' if net < 0 else 'bertambah'} {{c}} ({{p}})"
        values |= {"c": rupiah(abs(net)), "p": percent(100 * abs(net) / base if base else None)}
    text = (
        f"**Pada {{tahap}} anggaran berkurang {{a}} dan bertambah {{b}}, {net_words}**, dihitung pada tingkat rekening."
    )
    if not targeted.sum():
        return Phrase(text, values)
    largest = {"pos": plain(words.category(str(targeted.index[0]))), "q": rupiah(targeted.iloc[0])}
    said = "Dari pengurangan itu {s} berada pada pos sasaran Inpres 1/2025, terbesar {pos} ({q})."
    return Phrase(f"{text} {said}", values | largest | {"s": rupiah(targeted.sum())})


def travel(row: pd.Series, rate: float) -> Phrase:
    """Travel at one stage against the rate: reached, or the gap in rupiah.

    ``row`` is one row of :func:`pkanalysis.analysis.budget.rates.travel_cut`, ``rate`` 0-1.
    """
    if row["status"] in ("tidak_berlaku", "pos_baru"):
        return Phrase(words.TRAVEL_STATUSES[row["status"]])
    values = {"p": percent(abs(row["persen"]))}
    verb = "turun" if row["selisih_rp"] <= 0 else "naik"
    if row["status"] == "memenuhi":
        return Phrase(f"**{verb} {{p}}** dari pagu murni", values)
    gap = {"r": percent(100 * rate, 0), "rp": rupiah(row["kekurangan_rp"])}
    return Phrase(f"**{verb} {{p}}** dari pagu murni; belum {{r}}, selisih {{rp}}", values | gap)


def absorbed(found: Absorption) -> Phrase:
    """Spending to date in rupiah and per cent of the ceiling in force."""
    if found.realised_rp is None:
        return Phrase(words.NOT_DELIVERED)
    values = {"rp": rupiah(found.realised_rp), "s": percent(found.rate)}
    return Phrase(f"**{{rp}} = {{s}}** dari pagu terakhir{_so_far(found)}", values)


def absorbed_beside(found: Absorption) -> Phrase:
    """Beside it: the cash plan, and the share of the original ceiling."""
    plan = "rencana kas belum ada" if found.plan_rate is None else "rencana kas {r}"
    original = "pagu murni belum ada" if found.rate_original is None else "{s0} dari pagu murni"
    values = {"r": percent(found.plan_rate), "s0": percent(found.rate_original)}
    pattern = f"{plan}; {original}"
    return Phrase(pattern, {name: value for name, value in values.items() if f"{{{name}}}" in pattern})


def behind_plan(found: Absorption) -> Phrase | None:
    """How far spending is from the cash plan; ``None`` when one of them is missing."""
    if found.gap_points is None or found.planned_rp is None or found.realised_rp is None:
        return None
    values = {"d": gap(found.rate, found.plan_rate), "rp": rupiah(abs(found.realised_rp - found.planned_rp))}
    word = "tertinggal {d} poin dari" if found.gap_points < 0 else "mendahului {d} poin"
    return Phrase(f"**Penyerapan {word} rencana kas**{_so_far(found)} ({{rp}}).", values)


def _so_far(found: Absorption) -> str:
    """The last month with data, where the period has run on without any."""
    is_said = found.last_month is not None and not found.is_complete
    return f" (data s.d. {words.MONTHS[found.last_month - 1]})" if is_said and found.last_month else ""

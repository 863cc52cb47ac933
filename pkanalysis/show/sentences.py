"""Sentences by rule, in the patterns of the house; a number stands in one only as a typed value.

Those for the leader's attention stand last; ``None`` means that there is nothing to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from pkanalysis.analysis.achievement.averages import Summary
from pkanalysis.analysis.budget.accounts import classify, is_targeted
from pkanalysis.analysis.spending import Absorption
from pkanalysis.show import words
from pkanalysis.show.values import Phrase, Value, count, gap, measured, percent, phrases, plain, rupiah

FAR_ABOVE = 130.0
"""Achievement in per cent from which a target deserves a second look."""
AT_MOST = 2
FEW = 3
NAMED = 5
"""Indicators that one sentence names at most; a first page has no room for sixty."""


def reached(found: Summary) -> Phrase:
    """How many indicators reach the target, and how many could not be counted."""
    if not found.n:
        return Phrase("belum ada indikator yang diterima")
    head, values = "belum ada indikator yang terukur", dict[str, Value]()
    if found.n_measured:
        head = "**{k} dari {n}** yang sudah terukur"
        values = {"k": count(found.n_reached), "n": count(found.n_measured)}
    rest = {
        "{w} menunggu rilis atau jadwal": found.n_waiting,
        "{t} tidak terukur": found.n_unmeasurable,
        "{b} belum disampaikan": found.n_missing,
        "{u} belum dapat dinilai": found.n_unjudged,
    }
    said = [pattern for pattern, number in rest.items() if number]
    if not said:
        return Phrase(head, values)
    values |= {pattern[1]: count(rest[pattern]) for pattern in said} | {"semua": count(found.n)}
    return Phrase(f"{head} ({', '.join(said)}; jumlah {{semua}} indikator)", values)


def targets_changed(card: pd.DataFrame, to_date: str) -> list[Phrase]:
    """Targets that the PK Perubahan made easier, with both achievements, and how many it made harder or changed.

    ``to_date`` is the period in short (``TW III``), since targets and achievements are to its end.
    """
    said, changed = [], card["perubahan_target"].value_counts()
    eased = card[card["perubahan_target"].eq("dilonggarkan")]
    if len(eased):
        effect = (eased["capaian_perubahan"] - eased["capaian_murni"]).fillna(-1)
        row, which = eased.iloc[int(effect.argmax())], "{k}" if len(eased) > 1 else "satu"
        values = {"k": count(len(eased))} if len(eased) > 1 else {}
        values |= {"nama": plain(row["nama_indikator"])}
        values |= {"a": measured(row["target_murni"]), "b": measured(row["target_perubahan"])}
        text = (
            f"**Target {which} indikator dibuat lebih mudah pada PK Perubahan.** "
            f"Target {{nama}} s.d. {to_date} diubah dari {{a}} menjadi {{b}}."
        )
        if pd.notna(row["capaian_murni"]):
            text += (
                " Terhadap target awal capaiannya {x}, terhadap PK Perubahan {y}; selisih {z} poin berasal dari "
                "perubahan target. Realisasinya sendiri {r}."
            )
            both = row["capaian_murni"], row["capaian_perubahan"]
            values |= {"x": percent(both[0]), "y": percent(both[1]), "z": gap(both[1], both[0])}
            values |= {"r": measured(row["realisasi"])}
        said.append(Phrase(text, values))

    others = {
        "k": ("diperketat", "{k} indikator diperketat"),
        "m": ("diubah", "{m} indikator diubah batas atau predikatnya"),
    }
    numbers = {name: count(changed[word]) for name, (word, _) in others.items() if word in changed}
    if numbers:
        listed = " dan ".join(others[name][1] for name in numbers)
        said.append(Phrase(f"Pada PK Perubahan target {listed}.", numbers))
    return said


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
    names = ("pengurangan_rp", "penambahan_rp", "selisih_rp", "pagu_sebelum_rp")
    down, up, net, base = (int(step[name].sum()) for name in names)
    values = {"tahap": plain(stage)}
    if not down and not up:
        return Phrase("**Anggaran tidak berubah** pada {tahap}.", values)
    values |= {"a": rupiah(down), "b": rupiah(up)}
    net_words = "bersih tetap"
    if net:
        net_words = f"bersih {'berkurang' if net < 0 else 'bertambah'} {{c}} ({{p}})"
        values |= {"c": rupiah(abs(net)), "p": percent(100 * abs(net) / base if base else None)}
    text = (
        f"**Pada {{tahap}} anggaran berkurang {{a}} dan bertambah {{b}}, {net_words}**, dihitung pada tingkat rekening."
    )
    if not targeted.sum():
        return Phrase(text, values)
    values |= {"pos": plain(words.category(str(targeted.index[0]))), "q": rupiah(targeted.iloc[0])}
    values |= {"s": rupiah(targeted.sum())}
    return Phrase(
        f"{text} Dari pengurangan itu {{s}} berada pada pos sasaran Inpres 1/2025, terbesar {{pos}} ({{q}}).", values
    )


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


def carriers(carried: pd.DataFrame, names: Mapping[str, str] | pd.Series, text: str) -> list[Phrase]:
    """The share of the few OPD that carry most of a decrease; nothing where there are not more than those few.

    Parameters
    ----------
    carried : DataFrame
        Result of :func:`pkanalysis.analysis.budget.directive.carried_by`.
    names : mapping or Series
        ``nama_opd`` by ``kode_opd``.
    text : str
        What is said of ``{k}`` OPD, their share ``{p}``, the largest ``{nama}`` and its ``{rp}``.
    """
    if len(carried) <= FEW or not carried["pengurangan_rp"].iloc[0]:
        return []
    values = {
        "k": count(FEW),
        "p": percent(carried["kumulatif_pct"].iloc[FEW - 1], 0),
        "nama": plain(names.get(carried.index[0], carried.index[0])),
        "rp": rupiah(carried["pengurangan_rp"].iloc[0]),
    }
    return [Phrase(text, values)]


def absorbed(found: Absorption) -> Phrase:
    """Spending to date in rupiah and per cent of the ceiling in force."""
    if found.realised_rp is None:
        return Phrase(words.NOT_DELIVERED)
    values = {"rp": rupiah(found.realised_rp), "s": percent(found.rate)}
    return Phrase(f"**{{rp}} = {{s}}** dari pagu terakhir{_so_far(found)}", values)


def other_rates(found: Absorption) -> Phrase:
    """What absorption is compared with: the cash plan, and the share of the original ceiling."""
    plan = "rencana kas belum ada" if found.plan_rate is None else "rencana kas {r}"
    original = "pagu murni belum ada" if found.rate_original is None else "{s0} dari pagu murni"
    values = {"r": percent(found.plan_rate), "s0": percent(found.rate_original)}
    return phrases(values, f"{plan}; {original}")[0]


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


def travel_refilled(rows: pd.DataFrame, names: dict[str, str]) -> Phrase | None:
    """Travel that rose again at a later stage.

    Parameters
    ----------
    rows : DataFrame
        Rows of :func:`pkanalysis.analysis.budget.rates.travel_by_stage` of one OPD, in stage order.
    names : dict of str to str
        Stage code to stage name.
    """
    rise = rows["pagu_sesudah_rp"].diff()
    if not rise.gt(0).any():
        return None
    row, rise_rp = rows[rise.gt(0)].iloc[-1], rise[rise.gt(0)].iloc[-1]
    values = {
        "rp": rupiah(rise_rp),
        "tahap": plain(names[row["tahap"]]),
        "a": rupiah(row["pagu_sesudah_rp"] - rise_rp),
        "b": rupiah(row["pagu_sesudah_rp"]),
        "p": percent(abs(row["persen"])),
    }
    verb = "turun" if row["selisih_rp"] < 0 else "naik"
    tail = f", sehingga {verb} {{p}} dari murni" if pd.notna(row["persen"]) else ""
    return Phrase(f"Perjalanan dinas kembali naik {{rp}} pada {{tahap}} (dari {{a}} menjadi {{b}}){tail}.", values)


def limited_but_added(step: pd.DataFrame, stage: str) -> Phrase | None:
    """Additions on accounts that the Inpres asks to limit (travel has its own sentence)."""
    kinds = classify(step["kode_rekening"])
    is_limited = is_targeted(step["kode_rekening"]) & kinds["kategori"].ne("perjalanan_dinas")
    added = step.loc[is_limited, "penambahan_rp"].groupby(kinds["kategori"]).sum()
    if not added.sum():
        return None
    values = {"rp": rupiah(added.sum()), "pos": plain(words.category(str(added.idxmax()))), "tahap": plain(stage)}
    return Phrase(
        "Penambahan {rp} pada {tahap} berada pada pos yang diminta dibatasi, terbesar {pos}. "
        "Mohon penjelasan dan dasar.",
        values,
    )


def not_reached(card: pd.DataFrame) -> Phrase | None:
    """Which indicators miss the target in force, the furthest first; after :data:`NAMED` only how many."""
    missed = card[card["is_tercapai"].eq(False).fillna(False)].sort_values("capaian_berlaku", na_position="last")
    if missed.empty:
        return None
    named = missed.head(NAMED)
    values = {f"nama{place}": plain(name) for place, name in enumerate(named["nama_indikator"])}
    values |= {f"x{place}": percent(value) for place, value in enumerate(named["capaian_berlaku"])}
    said = "; ".join(f"{{nama{place}}} ({{x{place}}})" for place in range(len(named)))
    if len(missed) > NAMED:
        said, values = f"{said}; dan {{k}} indikator lain", values | {"k": count(len(missed) - NAMED)}
    return Phrase(f"Belum mencapai target: {said}.", values)


def questionable(card: pd.DataFrame) -> list[Phrase]:
    """Achievements so high that the target may be too low; values not come or not for every quarter; an older year."""
    text = "Capaian {nama} {x} jauh di atas target. Periksa apakah target terlalu rendah."
    high = card[card["capaian_berlaku"].gt(FAR_ABOVE)].nlargest(AT_MOST, "capaian_berlaku")
    said = [
        Phrase(text, {"nama": plain(name), "x": percent(reached)})
        for name, reached in zip(high["nama_indikator"], high["capaian_berlaku"], strict=True)
    ]
    if number := int(card["bendera"].str.contains("REALISASI_KOSONG|TRIWULAN_TIDAK_LENGKAP").sum()):
        said += [Phrase("Realisasi {k} indikator belum disampaikan atau belum lengkap.", {"k": count(number)})]
    old = card.loc[card["tahun_yang_digambarkan"].eq("tahun_sebelumnya"), "nama_indikator"]
    text = "{nama} menggambarkan kinerja tahun sebelumnya."
    return said + [Phrase(text, {"nama": plain(name)}) for name in old.head(1)]


def nothing_delivered(card: pd.DataFrame, stages: Sequence[str], missing: Sequence[str]) -> list[Phrase]:
    """What is not there at all: indicators, the budget, or some of its stages.

    Parameters
    ----------
    stages : sequence of str
        Codes of the stages with rows.
    missing : sequence of str
        Names of the stages that are in force but have no rows.
    """
    said = [Phrase("Indikator kinerja belum disampaikan OPD.")] if card.empty else []
    if not stages:
        return [*said, Phrase("Anggaran belum diterima.")]
    text = "Anggaran tahap {tahap} tidak ada, padahal tahap itu sudah berlaku."
    return said + [Phrase(text, {"tahap": plain(name)}) for name in missing]

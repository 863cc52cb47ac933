"""The first page: four headline rows, what to know, what needs the leader's attention."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.achievement.scorecard import Summary
from pkanalysis.analysis.budget.changes import targeted_decrease
from pkanalysis.analysis.spending import Absorption
from pkanalysis.show import attentions, sentences
from pkanalysis.show.blocks import Column, Figure, Note, Phrase, Table
from pkanalysis.show.cells import count, percent, rupiah
from pkanalysis.show.drawings import bars
from pkanalysis.show.setting import Setting
from pkanalysis.show.values import Value

NO_MEAN = Phrase("belum ada capaian yang dapat dirata-ratakan")


def headline(setting: Setting, found: Summary, last_year: Summary, spent: Absorption, travel: pd.DataFrame) -> Table:
    """Four rows: indicators, mean achievement, spending, travel; each beside what it is compared with."""
    mean = {"x": percent(found.mean_current), "n": count(found.n_current)}
    original = {"y": percent(found.mean_original), "m": count(found.n_original)}
    rows = (
        (
            Phrase(f"Indikator yang mencapai target s.d. {setting.period_short}"),
            sentences.reached(found),
            _last_year(setting, last_year),
        ),
        (
            Phrase(f"Rata-rata capaian s.d. {setting.period_short}"),
            Phrase("**{x}** terhadap PK yang berlaku (n = {n})", mean) if found.n_current else NO_MEAN,
            Phrase("{y} terhadap PK murni (n = {m})", original) if found.n_original else NO_MEAN,
        ),
        (Phrase("Realisasi anggaran"), sentences.absorbed(spent), sentences.absorbed_beside(spent)),
        (Phrase("Perjalanan dinas"), *_travel(setting, travel)),
    )
    labels = {"hal": "Hal", "keadaan": "Keadaan", "pembanding": "Pembanding"}
    return Table(
        id="ringkasan",
        caption="Ringkasan",
        is_sample=setting.is_sample,
        columns=tuple(Column(name, label, wide=True) for name, label in labels.items()),
        rows=rows,
    )


def need_to_know(setting: Setting, card: pd.DataFrame, steps: pd.DataFrame, spent: Absorption) -> Note:
    """List the few things to know: changed targets, changed budget, spending against the plan."""
    changes = [
        sentences.step_changed(step, setting.stage_name(str(stage)), targeted_decrease(step))
        for stage, step in steps.groupby("tahap_sesudah", sort=False)
    ]
    eased = sentences.target_changed(card, setting.period_short)
    said = [eased, sentences.target_tightened(card), *changes, sentences.behind_plan(spent)]
    return Note(
        id="perlu-diketahui",
        caption="Yang perlu diketahui",
        is_sample=setting.is_sample,
        ordered=True,
        items=_said(said, "Anggaran baru satu tahap atau belum diterima; belum ada perubahan yang dapat dibandingkan."),
    )


def attention(setting: Setting, card: pd.DataFrame, steps: pd.DataFrame, travel: pd.DataFrame) -> Note:
    """List what the leader should look at: refilled travel, additions on limited items, gaps in the data."""
    own = travel[travel["cakupan"].eq("opd")]
    names = {code: setting.stage_name(code) for code in setting.codes}
    said = [attentions.travel_refilled(own, names)]
    said += [
        attentions.limited_but_added(step, setting.stage_name(str(stage)))
        for stage, step in steps.groupby("tahap_sesudah", sort=False)
    ]
    said += [
        attentions.not_reached(card),
        *attentions.far_above(card),
        attentions.not_delivered(card),
        attentions.older_year(card),
    ]
    said += attentions.nothing_delivered(card, setting.codes, [stage.nama for stage in setting.missing_stages])
    return Note(
        id="perhatian",
        caption="Perlu perhatian pimpinan",
        is_sample=setting.is_sample,
        items=_said(said, "Pemeriksaan otomatis tidak menemukan hal khusus."),
    )


def stages_figure(setting: Setting, ceilings: pd.Series, spent: Absorption) -> Figure | Note:
    """Draw one bar per budget stage and one for spending to date, with the figures on the bars."""
    amounts = {setting.stage_name(code): ceilings[code] for code in setting.codes}
    if spent.realised_rp is not None:
        amounts[f"Realisasi s.d. {setting.period_short}"] = spent.realised_rp
    if not amounts:
        return Note(
            "gambar-pagu", "", setting.is_sample, items=(Phrase("Anggaran belum diterima; gambar tidak dibuat."),)
        )
    values = {name: rupiah(amount) for name, amount in amounts.items()}
    return Figure(
        id="gambar-pagu",
        caption="Pagu menurut tahap dan realisasi",
        is_sample=setting.is_sample,
        unit="rupiah",
        alt="Batang mendatar: " + "; ".join(f"{name} {value}" for name, value in values.items()),
        svg=bars(values, setting.is_sample),
        values=values,
        source=", ".join(filter(None, (setting.budget_source, setting.spending_source))),
    )


def _last_year(setting: Setting, found: Summary) -> Phrase:
    if not found.n_measured:
        return Phrase("tahun lalu belum ada data")
    said = sentences.reached(found)
    year = {"tahun": Value(setting.year - 1, "tahun")}
    return Phrase(f"{setting.period_short} {{tahun}}: {said.pattern.replace('**', '')}", said.values | year)


def _travel(setting: Setting, travel: pd.DataFrame) -> tuple[Phrase, Phrase]:
    rate = setting.saving.travel_rate
    rule = Phrase("ketentuan {r} (Inpres 1/2025), dasar pagu murni", {"r": percent(100 * rate, 0)})
    own = travel[travel["cakupan"].eq("opd")]
    if own.empty:
        return Phrase("belum dapat dihitung: perlu pagu murni dan satu tahap sesudahnya"), rule
    return sentences.travel(own.iloc[-1], rate), rule


def _said(sentences: list[Phrase | None], otherwise: str) -> tuple[Phrase, ...]:
    return tuple(sentence for sentence in sentences if sentence is not None) or (Phrase(otherwise),)

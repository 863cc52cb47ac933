"""The first page: cover, five sentences, level of claim with its reasons, threats."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.claims import LEVELS
from pkanalysis.analysis.effect import Compliance, DoseResponse
from pkanalysis.show.blocks import Column, Cover, Note, Phrase, Table, phrases
from pkanalysis.show.cells import count, day, plain
from pkanalysis.show.effect.case import Case, reasons
from pkanalysis.show.effect.opening import largest, level_said, related, retargeted, sized, visible
from pkanalysis.show.values import Value

MOST_NAMES = 100
COMMON = (
    "Semua OPD terkena pada waktu yang sama, sehingga yang dapat dilihat hanya perbedaan antar-OPD menurut besar "
    "pengurangannya. Pengaruh yang sama besar pada semua OPD tidak terlihat di sini."
)


def cover(case: Case, main: DoseResponse) -> Cover:
    """Title, region, date, how many OPD, and what was fixed before any result."""
    setting, fixed = case.setting, case.fixed
    values = {"tahun": Value(setting.year, "tahun"), "akhir": day(setting.end), "n": count(main.n)}
    rule = {
        "u": plain(case.size_name), "m": Value(fixed.margin, "angka", 1), "k": count(len(fixed.cara)),
        "s": plain(case.digest),
    }  # fmt: skip
    return Cover(
        id="sampul",
        caption="Evaluasi Kaitan Pengurangan Anggaran dan Capaian",
        is_sample=setting.is_sample,
        unit=setting.region,
        items=(
            Phrase("Tahun {tahun} · keadaan s.d. {akhir} · {n} OPD yang dapat dibandingkan", values),
            Phrase(
                "Ditetapkan sebelum hasil dilihat: ukuran utama {u}; batas setara {m} poin; {k} cara hitung · "
                "sidik {s}",
                rule,
            ),
        ),
        footer=setting.footer,
    )


def sentences(
    case: Case,
    sizes: pd.DataFrame,
    followed: Compliance,
    main: DoseResponse,
    valid: DoseResponse,
    moved: DoseResponse,
) -> Note:
    """Five sentences: the cut, its relation to achievement, what could be seen, change of targets, what may be said.

    Parameters
    ----------
    sizes : DataFrame
        Result of :func:`pkanalysis.analysis.effect.exposure`.
    followed : Compliance
    main, valid, moved : DoseResponse
        Achievement against the original target, against the valid one, and the difference of the two.
    """
    every = [sized(sizes, followed)]
    if main.claim == "L0":
        every.append(Phrase("**Kaitan dengan capaian tidak dihitung.** {x}", {"x": reasons(main)}))
        return Note(**case.block("kalimat", "Yang dapat dikatakan"), items=(*every, Phrase(COMMON)), ordered=True)
    said, leaning = level_said(main), largest(case, main)
    every += [related(case, main), visible(main), retargeted(main, valid, moved)]
    every.append(Phrase(f"{said.pattern} {leaning.pattern}", said.values | leaning.values))
    return Note(**case.block("kalimat", "Lima kalimat"), items=tuple(every), ordered=True)


def level(case: Case, main: DoseResponse) -> Table | Note:
    """The level of claim and every condition of it."""
    if main.claim == "L0":
        text = "Tingkat kesimpulan {t}: {x}"
        values = {"t": plain(f"L0 ({LEVELS['L0']})"), "x": reasons(main)}
        return Note(**case.block("tingkat", "Tingkat kesimpulan"), items=(Phrase(text, values),))
    rows = tuple(
        (item.rule, f"{item.level} {LEVELS[item.level]}", "ya" if item.is_met else "belum") for item in main.reasons
    )
    text = "Tingkat yang dicapai: **{t}**. Semua syarat suatu tingkat harus terpenuhi."
    note = Phrase(text, {"t": plain(f"{main.claim} ({LEVELS[main.claim]})")})
    if main.refusals:
        note = Phrase(f"{text} {{k}}", note.values | {"k": reasons(main)})
    return Table(
        **case.block("tingkat", "Tingkat kesimpulan dan syaratnya"),
        columns=(Column("syarat", "Syarat", wide=True), Column("untuk", "Untuk"), Column("is_met", "Terpenuhi")),
        rows=rows,
        note=note,
    )


def threats(case: Case, main: DoseResponse) -> Note:
    """What else may lie behind any pattern; printed every time, refused or not."""
    items = tuple(Phrase("{x}", {"x": plain(text)}) for text in main.threats)
    return Note(**case.block("ancaman", "Yang dapat mengaburkan hasil"), items=items)


def missing(case: Case, main: DoseResponse, sizes: pd.DataFrame) -> Note:
    """OPD that are not among those compared, and those whose budget grew."""
    grown = sizes.loc[sizes["bertambah"].fillna(False), "kode_opd"]
    left, more = (_listed(case, list(codes)) for codes in (main.left_out, grown))
    texts = (
        "OPD tanpa besar pengurangan atau tanpa nilai pada salah satu tahun, tidak ikut: {a}.",
        "OPD yang pagunya justru bertambah (pengurangan nyata negatif): {b}.",
    )
    return Note(
        **case.block("tidak-ikut", "OPD yang perlu dibaca tersendiri"),
        items=phrases({"a": plain(left), "b": plain(more)}, *texts),
    )


def _listed(case: Case, codes: list[object]) -> str:
    """Names, the first hundred where there are more."""
    names = ", ".join(case.name(code) for code in codes[:MOST_NAMES]) or "tidak ada"
    return f"{names}, dan {count(len(codes) - MOST_NAMES)} lainnya" if len(codes) > MOST_NAMES else names

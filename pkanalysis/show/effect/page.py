"""The words of the page: cover, five sentences, level of claim with its reasons, threats, method."""

from __future__ import annotations

import math

import pandas as pd

from pkanalysis import reference
from pkanalysis.analysis.claims import LEVELS
from pkanalysis.analysis.effect import Compliance, DoseResponse
from pkanalysis.analysis.effect.estimates import LEVEL
from pkanalysis.analysis.effect.slopes import DRAWS, SEED
from pkanalysis.show.blocks import Cover, Note
from pkanalysis.show.effect.fixed import LIMITS, SIZES, STEP, influential, number, per_step, reasons
from pkanalysis.show.page import Page
from pkanalysis.show.tables import RowsOrBlock, table
from pkanalysis.show.values import Phrase, Value, count, day, percent, phrases, plain

MOST_NAMES = 100


def cover(page: Page, main: DoseResponse) -> Cover:
    """Title, region, date, how many OPD, and what was fixed before any result."""
    rule = page.relation
    values = {
        "tahun": Value(page.year, "tahun"),
        "akhir": day(page.end),
        "n": count(main.n),
        "u": plain(SIZES[rule.ukuran]),
        "m": Value(rule.margin, "angka", 1),
        "k": count(len(rule.cara)),
        "s": plain(page.digest),
    }
    return Cover(
        **page.block("sampul", "Evaluasi Kaitan Pengurangan Anggaran dan Capaian"),
        unit=page.region,
        items=phrases(
            values,
            "Tahun {tahun} · keadaan s.d. {akhir} · {n} OPD yang dapat dibandingkan",
            "Ditetapkan sebelum hasil dilihat: ukuran utama {u}; batas setara {m} poin; {k} cara hitung · sidik {s}",
        ),
        footer=page.footer,
    )


def sentences(
    page: Page, sizes: pd.DataFrame, followed: Compliance, main: DoseResponse, valid: DoseResponse, moved: DoseResponse
) -> Note:
    """Five sentences: the cut, its relation to achievement, what could be seen, change of targets, what may be said.

    Parameters
    ----------
    page : Page
    sizes : DataFrame
        Result of :func:`pkanalysis.analysis.effect.exposure`.
    followed : Compliance
    main, valid, moved : DoseResponse
        Achievement against the original target, against the valid one, and the difference of the two.
    """
    first, fixed = _size(sizes, followed), reference.pages()["kaitan"]
    if main.claim == "L0":
        why = Phrase("**Kaitan dengan capaian tidak dihitung.** {x}", {"x": reasons(main)})
        return page.say("kalimat", first, why, fixed["umum"], caption="Yang dapat dikatakan", ordered=True)
    code = influential(main, 1).index[0]
    assert main.leave_one_out is not None
    may_be_said = Phrase(
        f"**Tingkat kesimpulan {{t}}**: {fixed['arti'][main.claim]}. OPD yang paling memengaruhi hasil: {{o}}; tanpa "
        "OPD itu bedanya {w} poin.",
        {
            "t": plain(f"{main.claim} ({LEVELS[main.claim]})"),
            "o": plain(page.office(code)),
            "w": per_step(float(main.leave_one_out[code]), decimals=1)[0],
        },
    )
    items = (first, *_relation(page, main), _retargeted(main, valid, moved), may_be_said)
    return page.say("kalimat", *items, caption="Lima kalimat", ordered=True)


def _size(sizes: pd.DataFrame, followed: Compliance) -> Phrase:
    """How large the cut is by rule and as carried out, and how the two go together."""
    due, cut = 100 * sizes["potensi"].dropna(), 100 * sizes["pengurangan"].dropna()
    if due.empty:
        return Phrase("**Besar pengurangan belum dapat dihitung**: pagu murni belum ada.")
    values = {"n": count(len(due)), "z": percent(due.median()), "lo": percent(due.min()), "hi": percent(due.max())}
    text = "**Menurut tarif, {n} OPD terkena {lo} sampai {hi} dari pagu murninya** (median {z})"
    if cut.empty:
        return Phrase(f"{text}; pengurangan nyata belum ada karena baru satu tahap anggaran.", values)
    values |= {"d": percent(cut.median()), "g": count(cut.lt(0).sum())}
    text += "; pengurangan nyata mediannya {d}, dan pagu {g} OPD justru bertambah."
    if math.isnan(followed.correlation):
        return Phrase(text, values)
    return Phrase(
        f"{text} Di OPD lain korelasi keduanya {{r}}.", values | {"r": Value(followed.correlation, "angka", 2)}
    )


def _slope(found: DoseResponse) -> dict[str, Value]:
    low, high = per_step(*found.interval_hc3, decimals=1)
    return {"s": count(100 * STEP), "b": number(found.per_step, 1), "lo": low, "hi": high}


def _relation(page: Page, main: DoseResponse) -> tuple[Phrase, Phrase]:
    """The slope in plain words with its interval; what could have been seen, and whether a change can be ruled out.

    Told from zero is what both tests tell from zero.
    """
    is_seen = main.p < LEVEL and main.p_wild < LEVEL
    head = "besar pengurangan dan perubahan capaian tidak menunjukkan pola yang jelas"
    if is_seen:
        head = f"capaian {'turun' if main.beta < 0 else 'naik'} lebih besar bila pengurangannya besar"
    slope = Phrase(
        f"**Pada {{n}} OPD, {head}**: OPD dengan {{u}} {{s}} poin lebih besar, perubahan capaiannya terhadap target "
        "awal berbeda {b} poin dari OPD lain (rentang {lo} sampai {hi}).",
        _slope(main) | {"n": count(main.n), "u": plain(SIZES[page.relation.ukuran])},
    )

    head = "Perbedaan itu dapat dibedakan dari nol" if is_seen else "**Belum dapat dibedakan dari nol**"
    text = f"{head}; efek terkecil yang dapat terlihat dengan {{n}} OPD adalah {{m}} poin per {{s}} poin pengurangan."
    values = {"m": per_step(main.mde, decimals=1)[0], "s": count(100 * STEP), "n": count(main.n)}
    if main.equivalence:
        more = "lebih dari {e} poin dapat" if main.equivalence.is_shown else "{e} poin belum dapat"
        text = f"{text} Perbedaan {more} dikesampingkan."
        values |= {"e": Value(main.equivalence.margin, "angka", 1)}
    return slope, Phrase(text, values)


def _retargeted(main: DoseResponse, valid: DoseResponse, moved: DoseResponse) -> Phrase:
    """The same against the valid target, and whether targets were changed with the size of the cut."""
    if moved.claim == "L0":
        text = "**Kaitan perubahan target dengan besar pengurangan tidak dihitung.** {x}"
        return Phrase(text, {"x": reasons(moved)})
    head = "belum dapat dibedakan dari nol"
    if moved.p < LEVEL and moved.p_wild < LEVEL:
        head = f"perubahan target {'menaikkan' if moved.beta > 0 else 'menurunkan'} capaian lebih banyak di sana"
    text = (
        "**Perubahan target dihitung tersendiri**: per {s} poin pengurangan bedanya {b} poin (rentang {lo} sampai "
        f"{{hi}}), {head}."
    )
    if valid.claim == "L0":
        return Phrase(text, _slope(moved))
    values = _slope(moved) | {"v": number(valid.per_step, 1), "y": number(main.per_step, 1)}
    return Phrase(f"{text} Terhadap target yang berlaku {{v}} poin, terhadap target awal {{y}} poin.", values)


@table("tingkat", "Tingkat kesimpulan dan syaratnya", "syarat untuk is_met")
def level(page: Page, main: DoseResponse) -> RowsOrBlock:
    """The level of claim and every condition of it."""
    claim = plain(f"{main.claim} ({LEVELS[main.claim]})")
    if main.claim == "L0":
        text = "Tingkat kesimpulan {t}: {x}"
        return page.say("tingkat", text, caption="Tingkat kesimpulan", t=claim, x=reasons(main))
    rows = [
        (item.rule, f"{item.level} {LEVELS[item.level]}", "ya" if item.is_met else "belum") for item in main.reasons
    ]
    text = "Tingkat yang dicapai: **{t}**. Semua syarat suatu tingkat harus terpenuhi."
    more = {"k": reasons(main)} if main.refusals else {}
    return rows, {"note": f"{text} {{k}}" if more else text, "t": claim} | more


def threats(page: Page, main: DoseResponse) -> Note:
    """What else may lie behind any pattern; printed every time, refused or not."""
    items = (Phrase("{x}", {"x": plain(text)}) for text in main.threats)
    return page.say("ancaman", *items, caption="Yang dapat mengaburkan hasil")


def missing(page: Page, main: DoseResponse, sizes: pd.DataFrame) -> Note:
    """OPD that are not among those compared, and those whose budget grew."""
    grown = sizes.loc[sizes["bertambah"].fillna(False), "kode_opd"]
    listed = []
    for codes in (list(main.left_out), list(grown)):
        names, more = ", ".join(map(page.office, codes[:MOST_NAMES])), len(codes) - MOST_NAMES
        listed.append(plain(f"{names}, dan {count(more)} lainnya" if more > 0 else names or "tidak ada"))
    return page.say(
        "tidak-ikut",
        "OPD tanpa besar pengurangan atau tanpa nilai pada salah satu tahun, tidak ikut: {a}.",
        "OPD yang pagunya justru bertambah (pengurangan nyata negatif): {b}.",
        caption="OPD yang perlu dibaca tersendiri",
        a=listed[0],
        b=listed[1],
    )


def method(page: Page) -> Note:
    """How the page counts, in words."""
    return page.say(
        "metode",
        *reference.pages()["kaitan"]["metode"],
        caption="Metode",
        lo=count(LIMITS[0]),
        hi=count(LIMITS[1]),
        d=count(DRAWS),
        b=plain(str(SEED)),
        s=plain(page.digest),
    )

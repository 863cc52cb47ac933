"""The tables of the page: sizes and outcomes, influence, comparison tests, every estimate, every way of calculating."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from pkanalysis.analysis.claims import refusal
from pkanalysis.analysis.effect import Bounded, Compliance, DoseResponse, WithinOpd
from pkanalysis.show.effect.fixed import (
    OUTCOMES,
    REFUSED,
    SIZES,
    chance,
    influential,
    number,
    per_step,
    reasons,
    sizes_in_order,
)
from pkanalysis.show.page import Page
from pkanalysis.show.tables import BUDGET, RowsOrBlock, table
from pkanalysis.show.values import Phrase, Value, count, plain

SHARES = {"aturan": "potensi", "nyata": "pengurangan", "luar_pegawai": "pengurangan_luar_pegawai"}
MOST_ROWS = 500
ESTIMATE = "b lo hi"
ENDS = ["kemiringan", "batas_bawah", "batas_atas"]
"""An estimate and its interval, as columns of the table and of the results."""
OFFICES = ("OPD", "bulat")
NONE = "tidak dapat dihitung"
NO_CASCADE = "kaskade belum mengaitkan indikator dengan program"
Row = tuple[Any, ...]
Fit = tuple[float, tuple[float, ...], float]
"""A slope, its interval and its p."""


@table("ukuran", "Besar pengurangan tiap OPD, persen dari pagu murni", "nama n terkecil median terbesar naik r",
       "Pada {n} OPD yang pagunya tidak bertambah: korelasi tarif dan pengurangan nyata {r}, kemiringannya {k} (satu "
       "= tepat menurut tarif). Pengurangan relatif mengikuti ukuran dan jenis OPD, maka ada hitungan dalam jenis "
       "yang sama.", source=BUDGET, none="Besar pengurangan belum dapat dihitung: pagu murni belum ada.",
       nama="Ukuran (yang utama paling atas)", n=OFFICES)  # fmt: skip
def sizes(page: Page, found: pd.DataFrame, followed: Compliance) -> RowsOrBlock:
    """Spread of the three sizes over OPD, gains apart, and their correlations."""
    if found.empty:
        return []
    first = found[list(SHARES.values())].astype("float64").corr()[SHARES[page.relation.ukuran]]
    rows: list[Row] = []
    for name in sizes_in_order(page):
        shares = 100 * found[SHARES[name]].dropna()
        ends = (float(shares.min()), float(shares.median()), float(shares.max()), int(shares.lt(0).sum()))
        spread = (*ends, number(first[SHARES[name]])) if len(shares) else (None,) * 5
        rows.append((SIZES[name], len(shares), *spread))
    return rows, {"k": number(followed.slope), "r": number(followed.correlation), "n": count(followed.n)}


@table("hasil", "Kaitan besar pengurangan dengan setiap hasil", f"nama satuan {ESTIMATE} mde n tingkat",
       nama="Hasil, menurut urutan", n=OFFICES)  # fmt: skip
def outcomes(_page: Page, found: Mapping[str, DoseResponse]) -> RowsOrBlock:
    """The primary size against every outcome, in the order that was fixed."""
    text = "Yang pertama menentukan; yang terakhir memperlihatkan bedanya bila target yang sudah diubah dipakai."
    said = dict.fromkeys(item.sentence for one in found.values() if one.claim == "L0" for item in one.refusals)
    note = Phrase(f"{text} {{x}}", {"x": plain(" ".join(said))}) if said else Phrase(text)
    rows: list[Row] = []
    for name, one in found.items():
        numbers = per_step(one.beta, *one.interval_hc3, one.mde, outcome=name)
        rows.append((*OUTCOMES[name], *numbers, one.n, one.claim))
    return rows, {"note": note}


@table("perubahan-target", "Perubahan target menurut besar pengurangan", f"nama satuan {ESTIMATE} mde n p",
       "Target yang diturunkan adalah salah satu jalan pengurangan bekerja, karena itu tidak dipakai sebagai "
       "pengendali.", nama="Hasil", n=OFFICES)  # fmt: skip
def retargeting(page: Page, found: DoseResponse) -> RowsOrBlock:
    """Change of targets on the size of the cut, as a finding of its own."""
    if found.claim == "L0":
        text = "Perubahan target tidak dikaitkan dengan besar pengurangan: {x}"
        return page.say("perubahan-target", text, x=reasons(found))
    title = "Capaian target berlaku dikurangi capaian target awal"
    numbers = per_step(found.beta, *found.interval_hc3, found.mde)
    return [(title, "poin", *numbers, found.n, chance(found.p_wild))]


@table("uraian", "Perubahan capaian yang dilaporkan menurut bagiannya (poin)",
       "nama perubahan_dilaporkan target_tetap perubahan_target batas_atas",
       none="Perubahan capaian tidak dapat diuraikan: belum ada OPD dengan ketiga capaian pada kedua masa.", nama="OPD",
       target_tetap=("Target tetap", "poin", 1), perubahan_target=("Perubahan target", "poin", 1),
       batas_atas=("Batas atas", "poin", 1))  # fmt: skip
def parts(page: Page, found: pd.DataFrame) -> RowsOrBlock:
    """Per OPD: the reported change as fixed target, change of target, and cap."""
    size = found["perubahan_dilaporkan"].abs().sort_values(ascending=False, kind="stable")
    largest = found.loc[size.index[:MOST_ROWS]]
    text = (
        "Target tetap + perubahan target + batas atas = perubahan yang dilaporkan, terhadap rata-rata tahun sebelumnya."
    )
    values = {"n": count(len(found)), "m": count(MOST_ROWS)} if len(found) > MOST_ROWS else {}
    few = " Dari {n} OPD ditampilkan {m} yang perubahannya terbesar." if values else ""
    rows = largest.assign(nama=largest["kode_opd"].map(page.office)).sort_values("nama", kind="stable")
    return rows, {"note": Phrase(text + few, values)}


@table("berpengaruh", "OPD yang sangat memengaruhi hasil", "nama z y h b",
       "Dengan semua OPD bedanya {b}. Ukuran pengaruh mendekati satu bila besar pengurangan suatu OPD jauh dari yang "
       "lain; di atas setengah, hasil bertumpu pada OPD itu.", none=f"Daftar OPD berpengaruh tidak dibuat; {REFUSED}.",
       nama="OPD", b="Beda tanpa OPD ini (per 10 poin)")  # fmt: skip
def influence(page: Page, main: DoseResponse) -> RowsOrBlock:
    """OPD that the result leans on, and the slope without each."""
    if main.units is None:
        return []
    rows = [
        (
            page.office(code),
            100 * row["besar"],
            row["perubahan"],
            row["daya_ungkit"],
            *per_step(main.beta + row["geser"]),
        )
        for code, row in influential(main, 8).join(main.units).to_dict("index").items()
    ]
    return rows, {"b": number(main.per_step)}


@table("pembanding", "Uji pembanding: hitungan yang sama sebelum ada pengurangan (D3)", "nama b t n lolos",
       "Bila pola serupa tampak sebelum ada pengurangan, pola sesudahnya tidak dapat ditafsirkan. Rata-rata sebelum "
       "pengurangan hanya gagal bila arahnya berlawanan dengan taksiran dan sebesar setengahnya atau lebih.",
       none=f"Uji pembanding tidak dihitung; {REFUSED}.", nama="Perbandingan")  # fmt: skip
def placebos(_page: Page, main: DoseResponse) -> RowsOrBlock:
    """D3: the same calculation where no relation can be."""
    if main.placebos is None:
        return []
    named = {"sebelum_pengurangan": "indikator yang menggambarkan tahun sebelumnya"}
    return [
        (
            named.get(row["uji"], row["uji"]),
            *per_step(row["kemiringan"]),
            number(row["t"]),
            row["n"],
            "ya" if row["lolos"] else "tidak",
        )
        for row in main.placebos.to_dict("records")
    ]


@table("per-tahun", "Kemiringan tiap tahun terhadap tahun acuan (D4)", f"tahun {ESTIMATE}",
       "Tahun acuan {t}; galat menurut OPD. Kemiringan sebelum pengurangan seharusnya di sekitar nol.",
       none=f"Kemiringan per tahun tidak dihitung; {REFUSED}.")  # fmt: skip
def years(_page: Page, main: DoseResponse) -> RowsOrBlock:
    """D4: slope by year against the last year before the cut."""
    if main.event_study is None:
        return []
    by_year = main.event_study.table[["tahun", *ENDS]]
    rows = [(year, *per_step(*ends)) for year, *ends in by_year.itertuples(index=False, name=None)]
    return rows, {"t": Value(main.event_study.reference, "tahun")}


@table("per-triwulan", "Kemiringan tiap triwulan terhadap triwulan yang sama tahun sebelumnya (D7)",
       f"hasil tw {ESTIMATE} p n",
       "Triwulan pertama hampir merupakan uji pembanding: pengurangan belum berlaku. Serapan terhadap pagu murni "
       "turun dengan sendirinya bila pagunya dikurangi. Kosong = tidak dihitung karena datanya belum memenuhi syarat.",
       none="Kemiringan per triwulan tidak dihitung: belum ada nilai triwulan pada kedua tahun.",
       tw=("Triwulan", "teks", 0), p="p (Holm)")  # fmt: skip
def quarters(_page: Page, found: Mapping[str, pd.DataFrame]) -> RowsOrBlock:
    """D7: slope by quarter against the same quarter of the year before, achievement and absorption."""
    return [
        (title, row["triwulan"], *per_step(*[row[end] for end in ENDS]), chance(row["p_holm"]), row["n"])
        for title, rows in found.items()
        for row in rows.to_dict("records")
    ]


@table("taksiran", "Semua taksiran, poin per 10 poin pengurangan", f"nama {ESTIMATE} p n",
       none=f"Taksiran tidak dihitung; {REFUSED}.", nama="Taksiran")  # fmt: skip
def estimates(_page: Page, main: DoseResponse, within: WithinOpd, shares: Bounded | None) -> RowsOrBlock:
    """Estimates (D1-D9) per ten points of size for the achievement against the original target."""
    if main.claim == "L0":
        return []
    change = "D1 selisih terhadap rata-rata tahun sebelumnya, galat HC3"
    rows = [
        _estimate(change, main.n, (main.beta, main.interval_hc3, main.p)),
        _estimate("D1, bootstrap liar", main.n, (main.beta, main.interval, main.p_wild)),
    ]
    if main.permutation:
        p = chance(main.permutation.p_studentised)
        rows += [("D1, permutasi", number(main.per_step), None, None, p, main.n)]
    slopes = {
        "D1 terhadap tahun terakhir saja": main.last_year,
        "D2 ANCOVA dengan tahun terakhir": main.ancova,
        "D5 dalam jenis OPD yang sama": main.within_kinds,
    }
    for name, fit in slopes.items():
        rows += [_estimate(name, fit.n, (fit.beta, fit.interval, fit.p)) if fit else _estimate(name, None, NONE)]
        if fit and fit is main.ancova and (wild := main.wild_ancova):
            rows += [_estimate("D2 ANCOVA, bootstrap liar", main.n, (fit.beta, wild.interval, wild.p))]

    programmes: Fit | str = (within.beta, within.interval, within.p_wild)
    if within.n == 0 or within.refusals:
        programmes = f"tidak dihitung: {within.refusals[0].sentence if within.n else NO_CASCADE}"
    rows += [_estimate("D6 antarprogram di dalam OPD, bootstrap liar per OPD", within.n, programmes)]
    reached: Fit | str = NONE
    if shares and shares.refusals:
        reached = f"tidak dihitung: {shares.refusals[0].sentence}"
    elif shares:
        reached = (100 * shares.effect, tuple(100 * end for end in shares.interval), shares.p)
    name = "D8 bagian indikator yang mencapai target, logit pecahan"
    return [*rows, _estimate(name, shares.n if shares else None, reached)], {"note": _without_slope(main)}


def _estimate(name: str, n: int | None, fit: Fit | str) -> Row:
    """Slope, interval and p of a fit, or the words why there is none."""
    if isinstance(fit, str):
        return (f"{name} ({fit})", None, None, None, None, n)
    beta, interval, p = fit
    return (name, *per_step(beta, *interval), chance(p), n)


def _without_slope(main: DoseResponse) -> Phrase:
    """What is no slope: ranks, smallest visible effect, equivalence, bend of the trend."""
    values = {"mde": per_step(main.mde)[0]}
    text = "D9 efek terkecil yang dapat terlihat {mde}"
    if main.equivalence:
        text += "; uji setara dengan batas {m}: p {q}"
        values |= {"m": number(main.equivalence.margin, 1), "q": chance(main.equivalence.p)}
    if main.ranks:
        text += ". D5 menurut peringkat: rho Spearman {rho}, tau Kendall {tau}, p {p}"
        values |= {"rho": number(main.ranks.rho), "tau": number(main.ranks.tau), "p": chance(main.ranks.p)}
    if main.breakdown is None:
        reason = "hanya dihitung bila taksiran berbeda dari nol dan ada dua tahun sebelum pengurangan"
        return Phrase(f"{text}. Belokan kecenderungan (HonestDiD) {reason}.", values)
    text += ". Belokan kecenderungan terbesar yang masih menyisakan beda dari nol: {b} (HonestDiD)."
    return Phrase(text, values | {"b": per_step(main.breakdown)[0]})


@table("kurva", "Semua cara hitung", f"hasil ukuran cara {ESTIMATE} p n", n=OFFICES)
def curve_table(_page: Page, curve: pd.DataFrame) -> RowsOrBlock:
    """Every outcome, size and way of calculating, also those that could not be computed, with the reason."""
    rows = [
        (
            OUTCOMES[row["hasil"]][0],
            SIZES[row["ukuran"]],
            row["cara"],
            *per_step(*[row[end] for end in ENDS], outcome=row["hasil"]),
            chance(row["p"]),
            row["n"] or None,
        )
        for row in curve.to_dict("records")
    ]
    text = (
        "Satuan menurut hasil, per 10 poin pengurangan. Kosong = cara itu tidak mengubah apa pun atau tidak dapat "
        "dihitung."
    )
    codes = [code for code in curve["kode"].unique() if code not in ("", "TIDAK_BERLAKU")]
    said = " ".join(refusal(code).sentence for code in codes)
    return rows, {"note": Phrase(f"{text} {{k}}", {"k": plain(said)}) if said else text}

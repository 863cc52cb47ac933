"""The page on the efficiency of spending, whole: its first page, announced figures beside it, and its method."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pkanalysis.analysis.budget.accounts import opaque
from pkanalysis.analysis.budget.directive import BY_ACCOUNT, Parts, transfer_kind
from pkanalysis.config import Announcement
from pkanalysis.show import sentences as said
from pkanalysis.show import words
from pkanalysis.show.blocks import Cover, Note
from pkanalysis.show.page import Page, basis
from pkanalysis.show.tables import RowsOrBlock, change_table
from pkanalysis.show.values import Phrase, Value, count, day, percent, phrases, plain, rupiah

CARRIED = "**{k} SKPD menyumbang {p} pengurangan pilihan daerah**, terbesar {nama} ({rp})."
NO_ACCOUNT = (
    "Seremonial, kajian, studi banding, dan FGD tidak memiliki rekening sendiri; angkanya taksiran. Kata pada nama sub "
    "kegiatan atau paket menandai {k} baris pada tahap sebelum ({kp}) untuk ditelaah, tanpa mengubah golongannya."
)
SKIPPED = (
    "Pasangan ini melompati satu tahap atau lebih: baris yang dipotong lalu naik lagi di antaranya saling menutup, dan "
    "sebab yang diisi OPD per langkah tidak dapat dipasangkan."
)
METHOD = (
    "Kedua tahap disandingkan penuh pada kunci SKPD, sub unit, sub kegiatan, rekening, dan sumber dana: baris yang "
    "hanya ada pada satu tahap ikut dihitung, sebagai baris baru atau tidak dianggarkan lagi.",
    "Pengurangan dan penambahan kotor bergantung pada tingkat perhitungan; yang dicetak adalah tingkat baris belanja, "
    "kecuali dikatakan lain. Bersih = penambahan − pengurangan pada tingkat mana pun.",
    "Kelompok pos ditentukan oleh awalan kode rekening terpanjang, dengan keyakinan pasti, taksiran, perlu telaah, di "
    "luar sasaran, atau tidak terurai; penempatannya adalah pertimbangan penyusun, bukan bunyi peraturan.",
    "Sebab menurut isian OPD. Tanpa isian, pengurangan pada sumber dana yang disesuaikan KMK 29/2025 dihitung sebagai "
    "TKD, dan pengurangan lain pada pos sasaran disebut berkurang pada pos sasaran Inpres.",
    "SKPD tanpa satu baris pun pada salah satu tahap belum menyampaikan tahap itu dan tidak ikut dibandingkan.",
)


def cover(page: Page, lines: pd.DataFrame) -> Cover:
    """Title, region, the two stages, the date, and how many SKPD."""
    offices = lines[lines["tahap"].isin(page.step.codes or page.codes)]["kode_opd"].nunique()
    values = {
        "langkah": plain(" → ".join(map(page.stage_name, page.step.codes)) or "belum ada dua tahap anggaran"),
        "akhir": day(page.end),
        "tahun": Value(page.year, "tahun"),
        "n": count(offices),
    }
    text = "Tahun Anggaran {tahun} · perbandingan {langkah} · keadaan s.d. {akhir} · cakupan belanja {n} SKPD"
    return Cover(
        **page.block("sampul", "Pelaksanaan Efisiensi Belanja"),
        unit=page.region,
        items=(Phrase(text, values), *map(basis, page.steps)),
        footer=page.footer,
    )


def sentences(page: Page, parts: Parts, tests: pd.DataFrame, carried: pd.DataFrame) -> Note:
    """Five sentences: the change, chosen or transfer, travel, additions, who carried it.

    Parameters
    ----------
    parts : Parts
        The step in its parts.
    tests : DataFrame
        Travel at every stage against murni (:func:`pkanalysis.analysis.budget.rates.travel_by_stage`).
    carried : DataFrame
        Who carries the chosen decrease (:func:`pkanalysis.analysis.budget.directive.carried_by`).
    """
    if not page.step.after:
        return page.say("kalimat", *page.too_few(), caption="Yang dapat dikatakan")
    every = [changed(parts, page.step.is_other_numbering)]
    if not page.step.is_other_numbering:
        every += [chosen(parts), travel(page, tests), *added(parts), *said.carriers(carried, page.names, CARRIED)]
    return page.say("kalimat", *every, caption="Lima kalimat", ordered=True)


def changed(parts: Parts, is_net_only: bool = False) -> Phrase:
    """The whole change: gross decrease, gross increase, net; net alone where lines cannot be compared."""
    share = 100 * abs(parts.net_rp) / parts.before_rp if parts.before_rp > 0 else None
    amounts = {"a": parts.before_rp, "b": parts.after_rp, "k": parts.decrease_rp, "t": parts.increase_rp}
    values = {name: rupiah(amount) for name, amount in amounts.items()}
    values |= {"n": rupiah(abs(parts.net_rp)), "p": percent(share)}
    net = f"bersih {'turun' if parts.net_rp < 0 else 'naik'} {{n}} ({{p}})" if parts.net_rp else "bersih tetap"
    text = f"**berkurang {{k}} dan bertambah {{t}}, {net}**, dihitung kotor pada tingkat baris belanja."
    text = f"Belanja daerah berubah dari {{a}} menjadi {{b}}: {text}"
    if is_net_only:
        text = f"Belanja daerah berubah dari {{a}} menjadi {{b}}, **{net}**."
    if not parts.decrease_rp and not parts.increase_rp:
        text = "Belanja daerah tetap {a}; tidak ada baris yang berubah."
    return phrases(values, text)[0]


def chosen(parts: Parts) -> Phrase:
    """What of the decrease was the region's choice, what the transfer took, and what OPD say about it."""
    stated, silent = parts.because("inpres_1_2025"), parts.because(BY_ACCOUNT)
    amounts = {"k": parts.decrease_rp, "p": parts.chosen_rp, "t": parts.transfer_rp, "i": stated, "s": silent}
    text = (
        "Pengurangan {k} **seluruhnya pilihan daerah**; tidak ada yang diketahui karena penyesuaian TKD (KMK 29/2025)."
    )
    if parts.transfer_rp:
        text = (
            "Dari pengurangan {k}, **{p} adalah pilihan daerah dan {t} penyesuaian TKD (KMK 29/2025)**. Bagian TKD "
            "tidak dapat dialihkan."
        )
    text += " Menurut isian OPD {i} dihemat karena Inpres 1/2025." * bool(stated)
    text += " {s} berkurang pada pos sasaran Inpres tanpa sebab yang diisi." * bool(silent)
    return phrases({name: rupiah(amount) for name, amount in amounts.items()}, text)[0]


def travel(page: Page, tests: pd.DataFrame) -> Phrase:
    """Travel of the whole region at the later stage, and how many OPD reached the rate."""
    own = tests[tests["tahap"].eq(page.step.after)] if len(tests) else tests
    if own.empty or own.iloc[-1]["status"] in ("tidak_berlaku", "pos_baru"):
        return Phrase("Perjalanan dinas belum dapat diuji: tidak ada pagu perjalanan dinas pada APBD murni.")
    whole, offices = own.iloc[-1], own[own["cakupan"].eq("opd") & own["status"].isin(("memenuhi", "belum"))]
    short, rate = offices[offices["status"].eq("belum")], percent(100 * page.saving.travel_rate, 0)
    values = {
        "p": percent(abs(whole["persen"])),
        "a": rupiah(whole["pagu_sebelum_rp"]),
        "b": rupiah(whole["pagu_sesudah_rp"]),
        "m": count(len(offices) - len(short)),
        "n": count(len(offices)),
        "r": rate,
        "k": count(len(short)),
        "s": rupiah(short["kekurangan_rp"].sum()),
        "r2": rate,
    }
    verb = "turun" if whole["selisih_rp"] <= 0 else "naik"
    text = (
        f"**Perjalanan dinas {verb} {{p}}** dari pagu murni ({{a}} menjadi {{b}}). {{m}} dari {{n}} SKPD mencapai {{r}}"
    )
    text += "; {k} SKPD belum {r2}, jumlah selisih {s}" * bool(len(short))
    return phrases(values, f"{text}.")[0]


def added(parts: Parts) -> list[Phrase]:
    """Where the additions are by sector of the SE, on limited accounts, and what has not been used again."""
    if not parts.increase_rp:
        return [Phrase("Tidak ada penambahan.")]
    sums = parts.added_by_sector[parts.added_by_sector.gt(0)]
    values = {"t": rupiah(parts.increase_rp)} | {f"s{place}": rupiah(rp) for place, rp in enumerate(sums)}
    values |= {"d": rupiah(parts.limited_rp), "o": count(parts.limited_offices), "u": rupiah(parts.unused_rp)}
    sectors = "; ".join(f"{words.SECTORS[name]} {{s{place}}}" for place, name in enumerate(sums.index))
    text = f"**Penambahan {{t}}**: {sectors}."
    if parts.limited_rp:
        text += " {d} di {o} SKPD berada pada pos yang diminta dibatasi."
    if parts.unused_rp > 0:
        text += " Pengurangan pilihan daerah lebih besar {u} dari penambahan; sebesar itu belum dialokasikan kembali."
    return list(phrases(values, text))


def limits(page: Page, lines: pd.DataFrame, marked: pd.DataFrame, parts: Parts, absent: pd.Series) -> Note:
    """What these data cannot show: hidden accounts, estimates, missing stages, causes that nobody gave.

    ``marked`` is the result of :func:`pkanalysis.show.directive.marked`.
    """
    items: list[Phrase] = page.too_few()
    for code in page.step.codes:
        found = opaque(lines[lines["tahap"].eq(code)])
        text = "Pada {tahap} tidak ada pagu pada rekening BOS/BOSP/BOK/BLUD, yang isinya tidak terurai."
        if found.amount_rp:
            text = (
                "**Pada {tahap} {rp} ({p} belanja barang dan jasa) tercatat pada rekening BOS/BOSP/BOK/BLUD yang tidak "
                "terurai**; perjalanan dinas dan ATK di dalamnya tidak terlihat."
            )
        amount = {"rp": rupiah(found.amount_rp), "p": percent(found.share)}
        items += phrases({"tahap": plain(page.stage_name(code))} | amount, text)
    if page.step.after:
        first = marked[marked["tahap"].eq(page.step.before)]
        first = first[~first.index.duplicated()]
        items.append(Phrase(NO_ACCOUNT, {"k": count(len(first)), "kp": rupiah(first["pagu_rp"].sum())}))
    items += [Phrase(found.sentence) for found in page.step.refusals]
    text = "Tahap {tahap} sudah berlaku, tetapi anggarannya belum diterima."
    items += [Phrase(text, {"tahap": plain(stage.nama)}) for stage in page.missing_stages]
    text = "{n} SKPD tanpa baris anggaran pada tahap {tahap}; SKPD itu tidak ikut dibandingkan pada langkah tersebut."
    for stage, number in absent[absent.ne(0)].items():
        items.append(Phrase(text, {"n": count(number), "tahap": plain(page.stage_name(str(stage)))}))
    if len(page.steps) > 1:
        items.append(Phrase(SKIPPED))
    if parts.unsourced_rp:
        text = "Pengurangan {rp} tidak berkode sumber dana; TKD di dalamnya tidak dapat dikenali dari sumber dananya."
        items.append(Phrase(text, {"rp": rupiah(parts.unsourced_rp)}))
    if parts.unexplained_rp:
        text = "Sebab belum diisi OPD untuk pengurangan {rp}; dari rekening saja tidak terlihat mengapa berkurang."
        items.append(Phrase(text, {"rp": rupiah(parts.unexplained_rp)}))
    return page.say("batas-data", *items, caption="Batas data")


@change_table("pengumuman", "Angka yang pernah diumumkan dan angka pada laporan ini",
              "uraian tanggal sumber nilai ukuran hasil selisih penjelasan",
              "Angka pada laporan ini dihitung dari baris belanja kedua tahap. Ukuran yang dipilih ditulis di "
              "pkanalysis.toml; ukuran terdekat hanya petunjuk, bukan keterangan dari yang mengumumkan.",
              none="Belum ada angka yang pernah diumumkan di pkanalysis.toml (bagian [[pengumuman]]) untuk tahun ini.",
              ukuran="Ukuran pembanding", hasil=("Pada laporan ini (Rp)", "rp", 0, False))  # fmt: skip
def announced(page: Page, entries: Sequence[Announcement], found: pd.Series) -> RowsOrBlock:
    """Every announced figure beside the same measure of these data, and the measure that comes nearest.

    ``found`` is the result of :func:`pkanalysis.analysis.budget.directive.measures`.
    """
    rows = []
    for entry in entries:
        if entry.budget_year != page.year or entry.tanggal > page.end:
            continue
        gaps, measure = (found - entry.nilai_rp).abs().sort_values(kind="stable"), words.MEASURES[entry.ukuran]
        nearest, own = str(gaps.index[0]), int(found[entry.ukuran])
        said: Phrase | str = "berbeda; tidak ada ukuran lain yang lebih dekat"
        if not gaps[entry.ukuran]:
            said = "sama"
        elif gaps[nearest] < gaps[entry.ukuran]:
            text = "berbeda; yang terdekat {u} ({rp})" if gaps[nearest] else "berbeda; sama dengan {u} ({rp})"
            said = Phrase(text, {"u": plain(words.MEASURES[nearest]), "rp": rupiah(found[nearest])})
        announcement = (entry.uraian, entry.tanggal, entry.sumber or "belum diisi", entry.nilai_rp)
        rows.append((*announcement, measure, own, own - entry.nilai_rp, said))
    return rows


def method(page: Page, lines: pd.DataFrame) -> Note:
    """How the page counts, in words, with the funding sources of these lines that count as transfer."""
    is_transfer = transfer_kind(lines["kode_sumber_dana"]).ne("")
    names = lines.loc[is_transfer, "nama_sumber_dana"].fillna(lines["kode_sumber_dana"])
    listed = "; ".join(sorted({str(name) for name in names if name}))
    known = "Sumber dana yang disesuaikan KMK 29/2025 dan ada pada data ini: {nama}."
    return page.say("metode", *METHOD, *[known] * bool(listed), caption="Metode", nama=plain(listed))

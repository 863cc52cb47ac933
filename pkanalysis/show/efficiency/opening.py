"""The five sentences of the first page, one by one; a number stands in one only as a typed value."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.budget.directive import BY_ACCOUNT, Parts
from pkanalysis.show import words
from pkanalysis.show.blocks import Phrase
from pkanalysis.show.cells import count, percent, plain, rupiah
from pkanalysis.show.efficiency.comparison import Comparison

FEW = 3


def changed(parts: Parts, is_net_only: bool = False) -> Phrase:
    """The whole change: gross decrease, gross increase, net; net alone where lines cannot be compared."""
    values = {"a": rupiah(parts.before_rp), "b": rupiah(parts.after_rp)}
    if not parts.decrease_rp and not parts.increase_rp:
        return Phrase("Belanja daerah tetap {a}; tidak ada baris yang berubah.", {"a": values["a"]})
    values |= {"k": rupiah(parts.decrease_rp), "t": rupiah(parts.increase_rp)}
    net = "bersih tetap"
    if parts.net_rp:
        net = f"bersih {'turun' if parts.net_rp < 0 else 'naik'} {{n}} ({{p}})"
        share = 100 * abs(parts.net_rp) / parts.before_rp if parts.before_rp > 0 else None
        values |= {"n": rupiah(abs(parts.net_rp)), "p": percent(share)}
    if is_net_only:
        values = {name: value for name, value in values.items() if name in ("a", "b", "n", "p")}
        return Phrase(f"Belanja daerah berubah dari {{a}} menjadi {{b}}, **{net}**.", values)
    text = f"Belanja daerah berubah dari {{a}} menjadi {{b}}: **berkurang {{k}} dan bertambah {{t}}, {net}**"
    return Phrase(f"{text}, dihitung kotor pada tingkat baris belanja.", values)


def chosen(parts: Parts) -> Phrase:
    """What of the decrease was the region's choice, what the transfer took, and what OPD say about it."""
    values = {"k": rupiah(parts.decrease_rp)}
    text = (
        "Pengurangan {k} **seluruhnya pilihan daerah**; tidak ada yang diketahui karena penyesuaian TKD (KMK 29/2025)."
    )
    if parts.transfer_rp:
        values |= {"p": rupiah(parts.chosen_rp), "t": rupiah(parts.transfer_rp)}
        text = (
            "Dari pengurangan {k}, **{p} adalah pilihan daerah dan {t} penyesuaian TKD (KMK 29/2025)**. Bagian TKD "
            "tidak dapat dialihkan."
        )
    stated, silent = parts.because("inpres_1_2025"), parts.because(BY_ACCOUNT)
    if stated:
        text += " Menurut isian OPD {i} dihemat karena Inpres 1/2025."
        values |= {"i": rupiah(stated)}
    if silent:
        text += " {s} berkurang pada pos sasaran Inpres tanpa sebab yang diisi."
        values |= {"s": rupiah(silent)}
    return Phrase(text, values)


def travel(pair: Comparison, tests: pd.DataFrame) -> Phrase:
    """Travel of the whole region at the later stage, and how many OPD reached the rate."""
    own = tests[tests["tahap"].eq(pair.after)] if len(tests) else tests
    if own.empty or own.iloc[-1]["status"] in ("tidak_berlaku", "pos_baru"):
        return Phrase("Perjalanan dinas belum dapat diuji: tidak ada pagu perjalanan dinas pada APBD murni.")
    whole, offices = own.iloc[-1], own[own["cakupan"].eq("opd") & own["status"].isin(("memenuhi", "belum"))]
    short = offices[offices["status"].eq("belum")]
    values = {
        "p": percent(abs(whole["persen"])),
        "a": rupiah(whole["pagu_sebelum_rp"]),
        "b": rupiah(whole["pagu_sesudah_rp"]),
        "m": count(len(offices) - len(short)),
        "n": count(len(offices)),
        "r": percent(100 * pair.setting.saving.travel_rate, 0),
    }
    verb = "turun" if whole["selisih_rp"] <= 0 else "naik"
    text = (
        f"**Perjalanan dinas {verb} {{p}}** dari pagu murni ({{a}} menjadi {{b}}). {{m}} dari {{n}} SKPD mencapai {{r}}"
    )
    if short.empty:
        return Phrase(f"{text}.", values)
    values |= {"k": count(len(short)), "s": rupiah(short["kekurangan_rp"].sum()), "r2": values["r"]}
    return Phrase(f"{text}; {{k}} SKPD belum {{r2}}, jumlah selisih {{s}}.", values)


def added(parts: Parts) -> list[Phrase]:
    """Where the additions are by sector of the SE, on limited accounts, and what has not been used again."""
    if not parts.increase_rp:
        return [Phrase("Tidak ada penambahan.")]
    sums = parts.added_by_sector[parts.added_by_sector.gt(0)]
    values = {"t": rupiah(parts.increase_rp)} | {f"s{place}": rupiah(rp) for place, rp in enumerate(sums)}
    said = "; ".join(f"{words.SECTORS[name]} {{s{place}}}" for place, name in enumerate(sums.index))
    text = f"**Penambahan {{t}}**: {said}."
    if parts.limited_rp:
        text += " {d} di {o} SKPD berada pada pos yang diminta dibatasi."
        values |= {"d": rupiah(parts.limited_rp), "o": count(parts.limited_offices)}
    if parts.unused_rp > 0:
        text += " Pengurangan pilihan daerah lebih besar {u} dari penambahan; sebesar itu belum dialokasikan kembali."
        values |= {"u": rupiah(parts.unused_rp)}
    return [Phrase(text, values)]


def carriers(pair: Comparison, carried: pd.DataFrame) -> list[Phrase]:
    """The share of the few OPD that carry most of the chosen decrease."""
    if len(carried) <= FEW or not carried["pengurangan_rp"].iloc[0]:
        return []
    values = {
        "k": count(FEW),
        "p": percent(carried["kumulatif_pct"].iloc[FEW - 1], 0),
        "nama": plain(pair.office(str(carried.index[0]))),
        "rp": rupiah(carried["pengurangan_rp"].iloc[0]),
    }
    return [Phrase("**{k} SKPD menyumbang {p} pengurangan pilihan daerah**, terbesar {nama} ({rp}).", values)]

"""The first page: cover, five sentences, limits of the data.

The five sentences of the first page, one by one; a number stands in one only as a typed value.

Why figures here differ from those that were announced earlier.

The annex: outturn as PEFA measures it, how uneven the cut is, and the method.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pandas as pd

from pkanalysis.analysis.budget.accounts import opaque
from pkanalysis.analysis.budget.directive import BY_ACCOUNT, Parts, transfer_kind
from pkanalysis.analysis.budget.patterns import Concentration, TheilByGroup
from pkanalysis.analysis.spending import Outturn
from pkanalysis.config import Announcement, Config
from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Cover, Note, Phrase, Table, phrases
from pkanalysis.show.cells import count, day, percent, plain, rupiah
from pkanalysis.show.efficiency.comparison import Comparison
from pkanalysis.show.setting import Setting
from pkanalysis.show.values import Value

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


NO_ACCOUNT = (
    "Seremonial, kajian, studi banding, dan FGD tidak memiliki rekening sendiri; angkanya taksiran. Kata pada nama sub "
    "kegiatan atau paket menandai {k} baris pada tahap sebelum ({kp}) untuk ditelaah, tanpa mengubah golongannya."
)


SKIPPED = (
    "Pasangan ini melompati satu tahap atau lebih: baris yang dipotong lalu naik lagi di antaranya saling menutup, dan "
    "sebab yang diisi OPD per langkah tidak dapat dipasangkan."
)


def cover(pair: Comparison, lines: pd.DataFrame) -> Cover:
    """Title, region, the two stages, the date, and how many SKPD."""
    setting = pair.setting
    offices = lines[lines["tahap"].isin(pair.step.codes or setting.codes)]["kode_opd"].nunique()
    values = {
        "langkah": plain(pair.names_of_stages or "belum ada dua tahap anggaran"),
        "akhir": day(setting.end),
        "tahun": Value(setting.year, "tahun"),
        "n": count(offices),
    }
    return Cover(
        id="sampul",
        caption="Pelaksanaan Efisiensi Belanja",
        is_sample=setting.is_sample,
        unit=setting.region,
        items=(
            Phrase(
                "Tahun Anggaran {tahun} · perbandingan {langkah} · keadaan s.d. {akhir} · cakupan belanja {n} SKPD",
                values,
            ),
            *pair.basis(),
        ),
        footer=setting.footer,
    )


def sentences(pair: Comparison, parts: Parts, tests: pd.DataFrame, carried: pd.DataFrame) -> Note:
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
    if not pair.after:
        return Note(**pair.block("kalimat", "Yang dapat dikatakan"), items=tuple(pair.too_few()))
    every = [changed(parts, pair.is_other_numbering)]
    if not pair.is_other_numbering:
        every += [chosen(parts), travel(pair, tests), *added(parts), *carriers(pair, carried)]
    return Note(**pair.block("kalimat", "Lima kalimat"), items=tuple(every), ordered=True)


def limits(pair: Comparison, lines: pd.DataFrame, marked: pd.DataFrame, parts: Parts, absent: pd.Series) -> Note:
    """What these data cannot show: hidden accounts, estimates, missing stages, causes that nobody gave.

    ``marked`` is the result of :func:`pkanalysis.show.directive.marked`.
    """
    items: list[Phrase] = pair.too_few()
    for code in pair.step.codes:
        found = opaque(lines[lines["tahap"].eq(code)])
        values = {
            "tahap": plain(pair.setting.stage_name(code)),
            "rp": rupiah(found.amount_rp),
            "p": percent(found.share),
        }
        items += phrases(
            values,
            "**Pada {tahap} {rp} ({p} belanja barang dan jasa) tercatat pada rekening BOS/BOSP/BOK/BLUD yang tidak "
            "terurai**; perjalanan dinas dan ATK di dalamnya tidak terlihat."
            if found.amount_rp
            else "Pada {tahap} tidak ada pagu pada rekening BOS/BOSP/BOK/BLUD, yang isinya tidak terurai.",
        )
    if pair.after:
        first = marked[marked["tahap"].eq(pair.before)]
        first = first[~first.index.duplicated()]
        items.append(Phrase(NO_ACCOUNT, {"k": count(len(first)), "kp": rupiah(first["pagu_rp"].sum())}))
    items += [Phrase(found.sentence) for found in pair.refusals]
    items += gaps(pair.setting, absent)
    if len(pair.steps) > 1:
        items.append(Phrase(SKIPPED))
    if parts.unsourced_rp:
        text = "Pengurangan {rp} tidak berkode sumber dana; TKD di dalamnya tidak dapat dikenali dari sumber dananya."
        items.append(Phrase(text, {"rp": rupiah(parts.unsourced_rp)}))
    if parts.unexplained_rp:
        text = "Sebab belum diisi OPD untuk pengurangan {rp}; dari rekening saja tidak terlihat mengapa berkurang."
        items.append(Phrase(text, {"rp": rupiah(parts.unexplained_rp)}))
    return Note(**pair.block("batas-data", "Batas data"), items=tuple(items))


def gaps(setting: Setting, absent: pd.Series) -> list[Phrase]:
    """Stages that are in force without rows, and OPD without rows in a stage that others have."""
    text = "Tahap {tahap} sudah berlaku, tetapi anggarannya belum diterima."
    said = [Phrase(text, {"tahap": plain(stage.nama)}) for stage in setting.missing_stages]
    text = "{n} SKPD tanpa baris anggaran pada tahap {tahap}; SKPD itu tidak ikut dibandingkan pada langkah tersebut."
    return said + [
        Phrase(text, {"n": count(number), "tahap": plain(setting.stage_name(str(code)))})
        for code, number in absent.items()
        if number
    ]


MEASURES = {
    "pagu_sebelum": "belanja tahap sebelum",
    "pagu_sesudah": "belanja tahap sesudah",
    "pengurangan": "seluruh pengurangan kotor",
    "pengurangan_pilihan": "pengurangan kotor di luar TKD",
    "pengurangan_tkd": "pengurangan karena TKD",
    "pengurangan_sasaran": "pengurangan kotor pada pos sasaran, di luar TKD",
    "pengurangan_bertarif": "pengurangan kotor pada kelompok pos yang bertarif, di luar TKD",
    "penambahan": "seluruh penambahan kotor",
    "penambahan_prioritas": "penambahan kotor pada bidang prioritas SE",
    "perjalanan_sebelum": "perjalanan dinas tahap sebelum",
    "perjalanan_sesudah": "perjalanan dinas tahap sesudah",
    "perjalanan_berkurang": "pengurangan bersih perjalanan dinas",
}


def announced(pair: Comparison, entries: Sequence[Announcement], found: pd.Series) -> Table | Note:
    """Every announced figure beside the same measure of these data, and the measure that comes nearest.

    ``found`` is the result of :func:`pkanalysis.analysis.budget.directive.measures`.
    """
    if refused := pair.refused("pengumuman"):
        return refused
    own = [entry for entry in entries if entry.budget_year == pair.setting.year and entry.tanggal <= pair.setting.end]
    if not own:
        said = "Belum ada angka yang pernah diumumkan di pkanalysis.toml (bagian [[pengumuman]]) untuk tahun ini."
        return Note(**pair.block("pengumuman"), items=(Phrase(said),))
    rows: tuple[tuple[Any, ...], ...] = tuple(
        (
            entry.uraian,
            entry.tanggal,
            entry.sumber or "belum diisi",
            entry.nilai_rp,
            MEASURES[entry.ukuran],
            int(found[entry.ukuran]),
            int(found[entry.ukuran]) - entry.nilai_rp,
            explanation(entry, found),
        )
        for entry in own
    )
    return Table(
        **pair.block("pengumuman", "Angka yang pernah diumumkan dan angka pada laporan ini"),
        columns=(
            Column("uraian", "Yang diumumkan", wide=True),
            Column("tanggal", "Tanggal", "tanggal"),
            Column("sumber", "Sumber", wide=True),
            Column("nilai", "Diumumkan (Rp)", "rp"),
            Column("ukuran", "Ukuran pembanding", wide=True),
            Column("hasil", "Pada laporan ini (Rp)", "rp"),
            Column("selisih", "Selisih (Rp)", "perubahan_rp"),
            Column("penjelasan", "Penjelasan", wide=True),
        ),
        rows=rows,
        note=pair.note(
            "Angka pada laporan ini dihitung dari baris belanja kedua tahap. Ukuran yang dipilih ditulis di "
            "pkanalysis.toml; ukuran terdekat hanya petunjuk, bukan keterangan dari yang mengumumkan."
        ),
        source=pair.setting.budget_source,
    )


def explanation(entry: Announcement, found: pd.Series) -> Phrase | str:
    """Same, or different with the other measure that comes nearer to what was announced."""
    gaps = (found - entry.nilai_rp).abs().sort_values(kind="stable")
    if not gaps[entry.ukuran]:
        return "sama"
    nearest = str(gaps.index[0])
    if gaps[nearest] >= gaps[entry.ukuran]:
        return "berbeda; tidak ada ukuran lain yang lebih dekat"
    values = {"u": plain(MEASURES[nearest]), "rp": rupiah(found[nearest])}
    text = "berbeda; sama dengan {u} ({rp})" if not gaps[nearest] else "berbeda; yang terdekat {u} ({rp})"
    return Phrase(text, values)


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


def originals(config: Config, end: dt.date) -> dict[int, str]:
    """Code of the original stage of every year that was over on ``end``."""
    years = sorted({stage.tahun for stage in config.tahap if dt.date(stage.tahun, 12, 31) <= end})
    return {year: config.stages(year)[0].kode for year in years}


def outturn(pair: Comparison, found: Outturn) -> Table | Note:
    """PI-1 and PI-2.1 per completed year; letters only where three years are there."""
    if found.rows.empty:
        said = "Simpangan PEFA belum dapat dihitung: belum ada tahun yang selesai dengan pagu murni dan realisasi."
        return Note(**pair.block("pefa"), items=(Phrase(said),))
    letters = [f"Nilai PI-2.1: {found.pi_2}."] if found.pi_2 else []
    letters += [f"Nilai PI-1: {found.pi_1}."] if found.pi_1 else []
    said = " ".join([*letters, *(reason.sentence for reason in found.refusals)])
    return Table.from_frame(
        found.rows,
        [
            Column("tahun", "Tahun", "tahun"),
            Column("anggaran_rp", "Pagu murni (Rp)", "rp"),
            Column("realisasi_rp", "Realisasi (Rp)", "rp"),
            Column("pi_1_pct", "Realisasi dari murni (%)", "persen", 1),
            Column("pi_2_pct", "Simpangan susunan (%)", "persen", 1),
        ],
        **pair.block("pefa", "Simpangan realisasi terhadap pagu murni menurut cara PEFA, per SKPD"),
        note=f"Hanya tahun yang selesai dengan realisasi sampai Desember. {said}",
        source=", ".join(filter(None, (pair.setting.budget_source, pair.setting.spending_source))),
    )


def concentration(pair: Comparison, decrease: Concentration, increase: Concentration) -> Table | Note:
    """How uneven decrease and increase are over SKPD, each apart."""
    if refused := pair.refused("pemusatan"):
        return refused
    rows = tuple(
        (name, found.n, found.hhi, found.hhi_normalised, found.gini, found.theil)
        for name, found in (("Pengurangan pilihan daerah", decrease), ("Penambahan", increase))
    )
    return Table(
        **pair.block("pemusatan", "Pemusatan pengurangan dan penambahan pada SKPD"),
        columns=(
            Column("nama", "Yang dihitung", wide=True),
            Column("n", "SKPD", "bulat"),
            Column("hhi", "HHI", "angka", 3),
            Column("hhi_normal", "HHI dinormalkan", "angka", 3),
            Column("gini", "Gini", "angka", 3),
            Column("theil", "Theil", "angka", 3),
        ),
        rows=rows,
        note=pair.note(
            "Pengurangan dan penambahan dihitung terpisah; SKPD yang nol ikut dihitung. Angka yang besar tidak berarti "
            "tidak adil: pagu SKPD memang berbeda."
        ),
        source=pair.setting.budget_source,
    )


def by_kind(pair: Comparison, found: TheilByGroup) -> Table | Note:
    """Theil's T of the chosen decrease within and between kinds of SKPD."""
    if refused := pair.refused("theil"):
        return refused
    rows = [
        (words.stored("jenis_opd", str(row["jenis"])), row["n"], 100 * row["pangsa"], row["theil"])
        for row in found.rows.rename(columns={found.rows.columns[0]: "jenis"}).to_dict("records")
    ]
    rows += [("Di dalam kelompok", None, None, found.within), ("Antarkelompok", None, None, found.between)]
    return Table(
        **pair.block("theil", "Theil pengurangan pilihan daerah menurut jenis SKPD"),
        columns=(
            Column("jenis", "Jenis SKPD", wide=True),
            Column("n", "SKPD", "bulat"),
            Column("pangsa", "Bagian pengurangan", "persen", 1),
            Column("theil", "Theil", "angka", 3),
        ),
        rows=(*rows, ("Jumlah", int(found.rows["n"].sum()), 100.0 if len(found.rows) else None, found.total)),
        totals=(len(rows),),
        note=pair.note("Di dalam + antarkelompok = Theil seluruhnya."),
        source=pair.setting.budget_source,
    )


def watched(lines: pd.DataFrame) -> pd.Series:
    """Names of the funding sources of these lines that count as transfer."""
    is_transfer = transfer_kind(lines["kode_sumber_dana"]).ne("")
    return lines.loc[is_transfer, "nama_sumber_dana"].fillna(lines["kode_sumber_dana"]).drop_duplicates()


def method(pair: Comparison, watched: pd.Series) -> Note:
    """How the page counts, in words; ``watched`` are the funding sources that count as transfer, by name."""
    names = "; ".join(sorted({str(name) for name in watched if name}))
    known = "Sumber dana yang disesuaikan KMK 29/2025 dan ada pada data ini: {nama}."
    items = [Phrase(text) for text in METHOD]
    items += [Phrase(known, {"nama": plain(names)})] if names else []
    return Note(**pair.block("metode", "Metode"), items=tuple(items))

"""Inpres 1/2025: its seven points, the accounts that it limits, the words it means, local rates and other ones."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pkanalysis import reference
from pkanalysis.analysis.budget import changes
from pkanalysis.analysis.budget.accounts import check_categories, classify, refine
from pkanalysis.analysis.budget.directive import SPREAD_POINT, TRANSFER_POINT, Parts
from pkanalysis.analysis.budget.rates import BINDING, WHOLE, rate_by_stage
from pkanalysis.errors import PkError
from pkanalysis.frames import Column
from pkanalysis.show import words
from pkanalysis.show.lines import Named
from pkanalysis.show.page import Page
from pkanalysis.show.tables import BOTH, BUDGET, SUM, TOTAL, RowsOrBlock, change_table, table
from pkanalysis.show.values import Phrase, Value, count, is_missing, rupiah

POINT = "angka ketentuan pagu_sebelum_rp pagu_sesudah_rp pengurangan_rp"
NOT_LIMITED = "di luar sasaran, pembanding APBN, atau tidak terurai"
WITHOUT_SPLIT = {
    SPREAD_POINT: "lihat penambahan menurut bidang dan sebaran antar-SKPD",
    TRANSFER_POINT: "menurut sumber dana atau isian OPD",
}
MET = {True: "Ya", False: "Belum"}


@change_table("tujuh-angka", "Rekapitulasi menurut diktum KEEMPAT Inpres 1/2025",
              f"{POINT} penambahan_rp persen keyakinan",
              "Kotor pada tingkat baris belanja. Pengurangan karena TKD hanya dihitung pada butir TKD dan tidak dapat "
              "dialihkan. Persen = (sesudah − sebelum) ÷ sebelum. Hanya perjalanan dinas yang mempunyai angka "
              "ketentuan; butir lain berbunyi membatasi, mengurangi, atau selektif. Berkurang pada pos sasaran belum "
              "tentu karena Inpres.")  # fmt: skip
def seven_points(_page: Page, points: pd.DataFrame, parts: Parts) -> RowsOrBlock:
    """The seven points with how certain the accounts are, and their sum up to the whole decrease.

    ``points`` is the result of :func:`pkanalysis.analysis.budget.directive.seven_points`.
    """
    rows = points.astype(object).assign(keyakinan=_certainties(points))
    limited = int(points[~points["angka"].isin((SPREAD_POINT, TRANSFER_POINT))]["pengurangan_rp"].sum())
    sums = [
        ("Jumlah pengurangan pada pos yang diminta dibatasi", limited, "", True),
        ("Pengurangan lain, di luar ketujuh butir", parts.chosen_rp - limited, NOT_LIMITED, False),
        ("Jumlah pilihan daerah", parts.chosen_rp, "", True),
        ("Jumlah pengurangan", parts.decrease_rp, "", True),
    ]
    empty = dict.fromkeys(["angka", "pagu_sebelum_rp", "pagu_sesudah_rp", "penambahan_rp", "persen"], Value("", "teks"))
    names = ("ketentuan", "pengurangan_rp", "keyakinan", TOTAL)
    whole = pd.DataFrame([empty | dict(zip(names, row, strict=True)) for row in sums], dtype=object)
    return pd.concat([rows.iloc[:-1], whole.iloc[:-1], rows.iloc[-1:], whole.iloc[-1:]], ignore_index=True)


@change_table("tujuh-angka", "Butir diktum KEEMPAT Inpres 1/2025, {langkah}", f"{POINT} persen keyakinan",
              "Hanya butir yang berpagu. Pengurangan kotor pada tingkat baris belanja. Berkurang pada pos sasaran "
              "belum tentu karena Inpres.", none="Tidak ada pagu pada pos yang disebut diktum KEEMPAT Inpres 1/2025.",
              angka="Butir", keyakinan="Keyakinan")  # fmt: skip
def points(_page: Page, found: pd.DataFrame) -> RowsOrBlock:
    """The points of diktum KEEMPAT on which this OPD has a budget.

    ``found`` is the result of :func:`pkanalysis.analysis.budget.directive.seven_points`.
    """
    own = found[found[["pagu_sebelum_rp", "pagu_sesudah_rp"]].gt(0).any(axis=1)]
    return own.assign(keyakinan=_certainties(own))


def _certainties(points: pd.DataFrame) -> pd.Series:
    """How the decrease of each point splits by certainty; in words where it does not."""
    every: list[Phrase | str] = []
    for point in points.to_dict("records"):
        known = {name: point[f"{name}_rp"] for name in ("pasti", "taksiran", "perlu_telaah")}
        some = {name: rupiah(amount) for name, amount in known.items() if not is_missing(amount) and amount}
        said = Phrase(" · ".join(f"{words.CERTAINTIES[name]} {{{name}}}" for name in some), some)
        every.append(WITHOUT_SPLIT.get(point["angka"]) or (said if some else "tidak ada pengurangan"))
    return pd.Series(every, index=points.index, dtype=object)


@table("inpres-rekening", "Efisiensi Inpres 1/2025 per rekening s.d. {periode}", "",
       "Pengurangan = pagu tahap pertama dikurangi tahap terakhir; minus berarti bertambah. Batas berlaku untuk "
       "jumlah kelompok, bukan untuk tiap rekening: perjalanan dinas menurut Inpres 1/2025, yang lain menurut tarif "
       "daerah. Dialihkan ke: menurut isian OPD; data tidak menunjukkan rupiah tertentu berpindah.", source=BOTH,
       needs="accounts", none="Tidak ada pagu pada rekening yang diminta dibatasi Inpres 1/2025.", uraian="Uraian",
       memenuhi="Memenuhi")  # fmt: skip
def targeted_accounts(page: Page, found: pd.DataFrame, named: Named, filled: pd.DataFrame) -> RowsOrBlock:
    """Table i of the LKjIP: ceilings, the cut, the rate of the category, spending and what the OPD wrote.

    Parameters
    ----------
    found : DataFrame
        :func:`pkanalysis.budget.targeted_accounts`.
    filled : DataFrame
        Rows of ``perubahan_anggaran`` of the OPD and year.
    """
    is_sum, names = found["kode_rekening"].isna(), []
    for code, kind in zip(found["kode_rekening"], found["kategori"], strict=True):
        group = SUM if kind == WHOLE else f"{SUM}: {words.category(kind)}"
        names.append(group if pd.isna(code) else " ".join(str(named.account.get(code, "")).split()))
    written = filled.dropna(subset="penjelasan").groupby("kode_rekening")["penjelasan"]
    said = found["kode_rekening"].map(written.agg(lambda texts: "; ".join(dict.fromkeys(texts)))).astype(object)
    said = said.fillna(words.NOT_FILLED).where(found["pengurangan_rp"].gt(0) & ~is_sum, "–")
    rows = found.assign(
        uraian=names,
        batas=100 * found["tarif"],
        memenuhi=[MET[bool(met)] if pd.notna(met) else "–" for met in found["is_memenuhi"]],
        ke=said,
    )
    stages = [Column(code, f"{page.stage_name(code)} (Rp)", "rp") for code in page.codes]
    cut = ["pengurangan_rp", "pengurangan_pct", "batas", "memenuhi", "realisasi_rp", "ke"]
    return rows.assign(**{TOTAL: is_sum}), {"columns": ["kode_rekening", "uraian", *stages, *cut]}


def marked(page: Page, lines: pd.DataFrame) -> pd.DataFrame:
    """Lines of the two stages with a word that calls for a look: one row per line and subject (``pokok``).

    The index is that of ``lines``, so a line with two subjects stands there twice.
    """
    own = lines[lines["tahap"].isin(page.step.codes)]
    hits = refine(own)["kata_kunci"].str.split("; ").explode()
    hits = hits[hits.ne("")].str.split(": ").str[0].rename("pokok")
    return own.join(hits, how="inner")


@table("kata-kunci", "Baris yang namanya perlu ditelaah, karena tidak ada rekeningnya",
       "pokok n_sebelum sebelum n_sesudah sesudah",
       "Kata pada nama sub kegiatan atau paket hanya menandai baris untuk dilihat orang; satu baris dapat memuat "
       "lebih dari satu pokok, sehingga tidak dijumlahkan.", source=BUDGET, needs="stages",
       none="Tidak ada baris yang nama sub kegiatan atau paketnya memuat kata yang perlu ditelaah.",
       n_sebelum=("Baris, {pertama}", "bulat"), sebelum=("{pertama} (Rp)", "rp"),
       n_sesudah=("Baris, {kedua}", "bulat"), sesudah=("{kedua} (Rp)", "rp"))  # fmt: skip
def by_words(page: Page, lines: pd.DataFrame) -> RowsOrBlock:
    """Lines with a word that calls for a look, by what the word points to; no line changes its class for it.

    ``lines`` is the result of :func:`marked`.
    """
    first, last = page.step.codes
    sums = lines.pivot_table(index="pokok", columns="tahap", values="pagu_rp", aggfunc=["count", "sum"], fill_value=0)
    cells = [(kind, stage) for stage in (first, last) for kind in ("count", "sum")]
    sums = sums.reindex(columns=pd.MultiIndex.from_tuples(cells), fill_value=0)
    rows = [(words.heading(words.category(str(row[0]))), *row[1:]) for row in sums.itertuples(name=None)]
    return rows, {"pertama": page.stage_name(first), "kedua": page.stage_name(last)}


def local_tests(page: Page, lines: pd.DataFrame) -> pd.DataFrame:
    """:func:`pkanalysis.analysis.budget.rates.rate_by_stage` of every rate of the configuration but the binding one."""
    rates = {name: rate for name, rate in page.saving.tarif.items() if name != BINDING}
    stages, tolerance = page.codes_from_original, page.saving.toleransi_rp
    tests = [rate_by_stage(lines, stages, name, rate, tolerance) for name, rate in rates.items()]
    return pd.concat(tests, ignore_index=True) if tests else pd.DataFrame()


@table("tarif-lokal", "Tarif lokal (ketetapan daerah), bukan ketentuan Inpres",
       "pos tarif tahap murni kini persen memenuhi selisih", source=BUDGET,
       none="Tidak ada tarif lokal di [efisiensi] pkanalysis.toml, atau baru satu tahap yang ada datanya.",
       selisih=("Jumlah selisih (Rp)", "rp"))  # fmt: skip
def local_rates(page: Page, tests: pd.DataFrame) -> RowsOrBlock:
    """Rates that the region set itself, tested as the binding one is, and labelled as local.

    ``tests``: rows of :func:`pkanalysis.analysis.budget.rates.rate_by_stage` of every local category,
    one after the other.
    """
    rows = []
    for _, own in tests.groupby(["kategori", "tahap"], sort=False) if len(tests) else ():
        whole, offices = own.iloc[-1], own[own["cakupan"].eq("opd") & own["status"].isin(("memenuhi", "belum"))]
        met = Phrase("{m} dari {n}", {"m": count(offices["status"].eq("memenuhi").sum()), "n": count(len(offices))})
        rows.append((
            words.heading(words.category(whole["kategori"])),
            100 * whole["tarif"],
            page.stage_name(whole["tahap"]),
            *whole[["pagu_sebelum_rp", "pagu_sesudah_rp", "persen"]],
            met if len(offices) else Phrase("tidak ada pagu pada pos ini"),
            offices["kekurangan_rp"].sum(),
        ))  # fmt: skip
    note = page.note(
        "Tarif dari [efisiensi.tarif] pkanalysis.toml; dasarnya ketetapan daerah, diuji dengan cara yang sama, pada "
        "pos pasti dan taksiran. Toleransi pembulatan {tol}.",
        tol=rupiah(page.saving.toleransi_rp),
    )
    return rows, {"note": note}


@change_table("pembanding-apbn", "Pembanding APBN (tidak mengikat APBD)",
              "item pagu_sebelum_rp pagu_sesudah_rp persen apbn",
              "S-37/MK.02/2025 hanya untuk kementerian/lembaga; persentasenya bukan ketentuan bagi daerah dan tidak "
              "dipakai sebagai uji. Penempatan rekening pada butirnya adalah pertimbangan.",
              persen="% daerah")  # fmt: skip
def state_budget(_page: Page, step: pd.DataFrame) -> RowsOrBlock:
    """The items of S-37 beside what was done; a comparison with the state budget only, no test."""
    item = classify(step["kode_rekening"])["kategori_s37"]
    sums = changes.total(step.assign(item=item)[item.ne("")], ["item"]).set_index("item")
    known = reference.s37().set_index("item")["persen_potongan"].astype("float64")
    rows = sums.reindex([name for name in known.index if name in sums.index]).reset_index()
    return rows.assign(apbn=-rows["item"].map(known))


def checked_rates(rates: Mapping[str, float]) -> dict[str, float]:
    """The rates of the parameter ``tarif``, each of a known category and from 0 to 1.

    Raises
    ------
    PkError
        An unknown category, or a rate that is no share.

    Examples
    --------
    >>> checked_rates({"perjalanan_dinas": 60})
    Traceback (most recent call last):
        ...
    pkanalysis.errors.PkError: Parameter tarif.perjalanan_dinas bernilai 60; isi angka dari 0 sampai 1, misalnya 0.6.
    """
    try:
        check_categories(rates)
    except ValueError as error:
        raise PkError(f"Parameter tarif: {error}.".replace("?.", "?")) from None
    for name, rate in rates.items():
        if not 0 <= rate <= 1:
            raise PkError(f"Parameter tarif.{name} bernilai {rate:g}; isi angka dari 0 sampai 1, misalnya 0.6.")
    return dict(rates)


@change_table("pengandaian", "Bila tarifnya lain: hitungan di samping yang dilakukan",
              "nama pos tarif_pct pagu_sebelum_rp simulasi_rp dilakukan_rp selisih_rp",
              "Hitungan atas pagu sebelum, bukan perkiraan; apakah SKPD masih dapat bekerja dengan sisanya adalah "
              "pertanyaan lain. Selisih positif: tarif itu mengurangi lebih banyak dari yang dilakukan.",
              none="Tidak ada tarif pengandaian pada laporan ini; isi parameter tarif untuk melihatnya.",
              selisih_rp="Selisih (Rp)")  # fmt: skip
def other_rates(page: Page, found: pd.DataFrame) -> RowsOrBlock:
    """What other rates would have saved, per SKPD, beside what was done.

    ``found`` is the result of :func:`pkanalysis.analysis.budget.directive.what_if`; without
    rates nothing is shown but how.
    """
    if found.empty:
        return found
    offices = found.assign(nama=[page.office(code) for code in found["kode_opd"]])
    sums = found.groupby(["kategori", "tarif"], sort=False, as_index=False).sum(numeric_only=True)
    sums = sums.assign(nama=SUM, **{TOTAL: True})
    parts = [part[part["kategori"].eq(name)] for name in sums["kategori"] for part in (offices, sums)]
    rows = pd.concat(parts, ignore_index=True)
    return rows.assign(tarif_pct=100 * rows["tarif"])

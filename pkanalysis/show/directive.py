"""Table 1: the seven points of Inpres 1/2025 diktum KEEMPAT, and the words that call for a look.

Other yardsticks: travel really spent, rates that the region set itself, the state budget, other rates.

What other rates would have saved, as arithmetic beside what was done.

Table i of the LKjIP: every account that the Inpres asks to limit, at every stage.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from pkanalysis import reference
from pkanalysis.analysis.budget import changes
from pkanalysis.analysis.budget.accounts import check_categories, classify, refine
from pkanalysis.analysis.budget.directive import SPREAD_POINT, TRANSFER_POINT, Parts
from pkanalysis.analysis.budget.rates import BINDING, WHOLE, rate_by_stage
from pkanalysis.errors import PkError
from pkanalysis.show import words
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.cells import count, rupiah
from pkanalysis.show.efficiency.comparison import Comparison
from pkanalysis.show.lines import Named
from pkanalysis.show.setting import Setting
from pkanalysis.show.values import Value, is_missing

AMOUNTS = (
    Column("pagu_sebelum_rp", "Sebelum (Rp)", "rp"),
    Column("pagu_sesudah_rp", "Sesudah (Rp)", "rp"),
    Column("pengurangan_rp", "Pengurangan (Rp)", "rp"),
    Column("penambahan_rp", "Penambahan (Rp)", "rp"),
    Column("persen", "%", "persen", 1),
)
NOTE = (
    "Kotor pada tingkat baris belanja. Pengurangan karena TKD hanya dihitung pada butir TKD dan tidak dapat "
    "dialihkan. Persen = (sesudah − sebelum) ÷ sebelum. Hanya perjalanan dinas yang mempunyai angka ketentuan; butir "
    "lain berbunyi membatasi, mengurangi, atau selektif. Berkurang pada pos sasaran belum tentu karena Inpres."
)


def seven_points(pair: Comparison, points: pd.DataFrame, parts: Parts) -> Table | Note:
    """The seven points with how certain the accounts are, and their sum up to the whole decrease.

    ``points`` is the result of :func:`pkanalysis.analysis.budget.directive.seven_points`.
    """
    if refused := pair.refused("tujuh-angka"):
        return refused
    columns = (
        Column("angka", "Angka", "bulat"),
        Column("ketentuan", "Ketentuan", wide=True),
        *AMOUNTS,
        Column("keyakinan", "Keyakinan data", wide=True),
    )
    rows = [_row(row) for row in points.to_dict("records")]
    limited = points[~points["angka"].isin((SPREAD_POINT, TRANSFER_POINT))]["pengurangan_rp"].sum()
    rest = parts.chosen_rp - int(limited)
    rows[-1:] = [
        _sum("Jumlah pengurangan pada pos yang diminta dibatasi", int(limited)),
        _sum("Pengurangan lain, di luar ketujuh butir", rest, "di luar sasaran, pembanding APBN, atau tidak terurai"),
        _sum("Jumlah pilihan daerah", parts.chosen_rp),
        rows[-1],
        _sum("Jumlah pengurangan", parts.decrease_rp),
    ]
    totals = tuple(place for place, row in enumerate(rows) if str(row[1]).startswith("Jumlah"))
    return Table(
        **pair.block("tujuh-angka", "Rekapitulasi menurut diktum KEEMPAT Inpres 1/2025"),
        columns=columns,
        rows=tuple(rows),
        totals=totals,
        note=pair.note(NOTE),
        source=pair.setting.budget_source,
    )


def _row(point: dict[Any, Any]) -> tuple[Any, ...]:
    amounts = [point[column.name] for column in AMOUNTS]
    return (point["angka"], point["ketentuan"], *amounts, certainty(point))


def _sum(name: str, amount: int, remark: str = "") -> tuple[Any, ...]:
    empty = Value("", "teks")
    return (empty, name, empty, empty, amount, empty, empty, remark)


def certainty(point: dict[Any, Any]) -> Phrase | str:
    """How the decrease of a point splits by certainty; in words where it does not."""
    if point["angka"] == SPREAD_POINT:
        return "lihat penambahan menurut bidang dan sebaran antar-SKPD"
    if point["angka"] == TRANSFER_POINT:
        return "menurut sumber dana atau isian OPD"
    known = {name: point[f"{name}_rp"] for name in ("pasti", "taksiran", "perlu_telaah")}
    some = {name: amount for name, amount in known.items() if not is_missing(amount) and amount}
    if not some:
        return "tidak ada pengurangan"
    said = " · ".join(f"{words.CERTAINTIES[name]} {{{name}}}" for name in some)
    return Phrase(said, {name: rupiah(amount) for name, amount in some.items()})


def marked(pair: Comparison, lines: pd.DataFrame) -> pd.DataFrame:
    """Lines of the two stages with a word that calls for a look: one row per line and subject (``pokok``).

    The index is that of ``lines``, so a line with two subjects stands there twice.
    """
    own = lines[lines["tahap"].isin(pair.step.codes)]
    hits = refine(own)["kata_kunci"].str.split("; ").explode()
    hits = hits[hits.ne("")].str.split(": ").str[0].rename("pokok")
    return own.join(hits, how="inner")


def by_words(pair: Comparison, lines: pd.DataFrame) -> Table | Note:
    """Lines with a word that calls for a look, by what the word points to; no line changes its class for it.

    ``lines`` is the result of :func:`marked`.
    """
    if refused := pair.refused("kata-kunci", is_by_account=False):
        return refused
    if lines.empty:
        said = "Tidak ada baris yang nama sub kegiatan atau paketnya memuat kata yang perlu ditelaah."
        return Note(**pair.block("kata-kunci"), items=(Phrase(said),))
    sums = lines.pivot_table(index="pokok", columns="tahap", values="pagu_rp", aggfunc=["sum", "count"], fill_value=0)
    rows = tuple(
        (
            words.heading(words.category(str(name))),
            _found(sums, "count", name, pair.before),
            _found(sums, "sum", name, pair.before),
            _found(sums, "count", name, pair.after),
            _found(sums, "sum", name, pair.after),
        )
        for name in sums.index
    )
    first, last = (pair.setting.stage_name(code) for code in pair.step.codes)
    return Table(
        **pair.block("kata-kunci", "Baris yang namanya perlu ditelaah, karena tidak ada rekeningnya"),
        columns=(
            Column("pokok", "Pokok kata", wide=True),
            Column("n_sebelum", f"Baris, {first}", "bulat"),
            Column("sebelum", f"{first} (Rp)", "rp"),
            Column("n_sesudah", f"Baris, {last}", "bulat"),
            Column("sesudah", f"{last} (Rp)", "rp"),
        ),
        rows=rows,
        note=pair.note(
            "Kata pada nama sub kegiatan atau paket hanya menandai baris untuk dilihat orang; satu baris dapat memuat "
            "lebih dari satu pokok, sehingga tidak dijumlahkan."
        ),
        source=pair.setting.budget_source,
    )


def _found(sums: pd.DataFrame, kind: str, name: Any, stage: str) -> int:
    return int(sums.loc[name, (kind, stage)]) if (kind, stage) in sums.columns else 0


CEILINGS = {"dalam_pagu": "di dalam", "melebihi_pagu": "melebihi", "belum_ada_data": "belum ada data"}
STATUSES = {
    "memenuhi": "di dalam batas",
    "belum": "di atas batas",
    "tidak_berlaku": "tidak ada perjalanan dinas",
    "pos_baru": "pos baru",
    "belum_ada_data": "belum ada data",
}


def realised(pair: Comparison, found: pd.DataFrame) -> Table:
    """Travel that was really spent, against the ceiling in force and against the rate on the original one.

    ``found`` is the result of :func:`pkanalysis.analysis.budget.rates.travel_realised`.
    """
    is_whole = found["cakupan"].eq("semua")
    named = ["Jumlah" if whole else pair.office(code) for whole, code in zip(is_whole, found["kode_opd"], strict=True)]
    rows = found.assign(
        nama=named,
        bulan=found["sampai_bulan"].map(dict(enumerate(words.MONTHS, start=1))),
        pagu=found["status_pagu"].map(CEILINGS),
        tarif=found["status_tarif"].map(STATUSES),
    )
    return Table.from_frame(
        rows,
        [
            Column("nama", "SKPD", wide=True),
            Column("pagu_murni_rp", "Pagu murni (Rp)", "rp"),
            Column("pagu_terakhir_rp", "Pagu terakhir (Rp)", "rp"),
            Column("batas_rp", "Batas ketentuan (Rp)", "rp"),
            Column("realisasi_rp", "Realisasi (Rp)", "rp"),
            Column("persen", "% dari murni", "persen", 1),
            Column("bulan", "Data s.d."),
            Column("pagu", "Terhadap pagu terakhir"),
            Column("tarif", "Terhadap ketentuan"),
        ],
        **pair.block("realisasi-perjalanan", f"Realisasi perjalanan dinas s.d. {pair.setting.period_short}"),
        totals=tuple(found.index[is_whole]),
        note=pair.note(
            "Selama tahun belum selesai, realisasi di dalam batas belum berarti ketentuan tercapai. Jumlah hanya "
            "memuat SKPD yang pagu murni, pagu terakhir, dan realisasinya ada."
        ),
        source=pair.setting.spending_source,
    )


def local_tests(setting: Setting, lines: pd.DataFrame) -> pd.DataFrame:
    """:func:`pkanalysis.analysis.budget.rates.rate_by_stage` of every rate of the configuration but the binding one."""
    rates = {name: rate for name, rate in setting.saving.tarif.items() if name != BINDING}
    stages, tolerance = setting.codes_from_original, setting.saving.toleransi_rp
    tests = [rate_by_stage(lines, stages, name, rate, tolerance) for name, rate in rates.items()]
    return pd.concat(tests, ignore_index=True) if tests else pd.DataFrame()


def local_rates(pair: Comparison, tests: pd.DataFrame) -> Table | Note:
    """Rates that the region set itself, tested as the binding one is, and labelled as local.

    ``tests``: rows of :func:`pkanalysis.analysis.budget.rates.rate_by_stage` of every local category,
    one after the other.
    """
    if tests.empty:
        said = "Tidak ada tarif lokal di [efisiensi] pkanalysis.toml, atau baru satu tahap yang ada datanya."
        return Note(**pair.block("tarif-lokal"), items=(Phrase(said),))
    rows = [_local(pair, own) for _, own in tests.groupby(["kategori", "tahap"], sort=False)]
    columns = (
        Column("pos", "Kelompok pos", wide=True),
        Column("tarif", "Tarif lokal", "persen", 0),
        Column("tahap", "Tahap"),
        Column("murni", "Pagu murni (Rp)", "rp"),
        Column("kini", "Pagu tahap ini (Rp)", "rp"),
        Column("persen", "%", "persen", 1),
        Column("memenuhi", "SKPD mencapai tarif"),
        Column("selisih", "Jumlah selisih (Rp)", "rp"),
    )
    return Table(
        **pair.block("tarif-lokal", "Tarif lokal (ketetapan daerah), bukan ketentuan Inpres"),
        columns=columns,
        rows=tuple(rows),
        note=pair.note(
            "Tarif dari [efisiensi.tarif] pkanalysis.toml; dasarnya ketetapan daerah, diuji dengan cara yang sama, "
            "pada pos pasti dan taksiran. Toleransi pembulatan {tol}.",
            tol=rupiah(pair.setting.saving.toleransi_rp),
        ),
        source=pair.setting.budget_source,
    )


def _local(pair: Comparison, own: pd.DataFrame) -> tuple[Any, ...]:
    whole, offices = own.iloc[-1], own[own["cakupan"].eq("opd") & own["status"].isin(("memenuhi", "belum"))]
    met = Phrase("{m} dari {n}", {"m": count(offices["status"].eq("memenuhi").sum()), "n": count(len(offices))})
    if offices.empty:
        met = Phrase("tidak ada pagu pada pos ini")
    return (
        words.heading(words.category(whole["kategori"])),
        100 * whole["tarif"],
        pair.setting.stage_name(whole["tahap"]),
        whole["pagu_sebelum_rp"],
        whole["pagu_sesudah_rp"],
        whole["persen"],
        met,
        offices["kekurangan_rp"].sum(),
    )


def state_budget(pair: Comparison, step: pd.DataFrame) -> Table | Note:
    """The items of S-37 beside what was done; a comparison with the state budget only, no test."""
    if refused := pair.refused("pembanding-apbn"):
        return refused
    item = classify(step["kode_rekening"])["kategori_s37"]
    sums = changes.total(step.assign(item=item)[item.ne("")], ["item"]).set_index("item")
    known = reference.s37().set_index("item")["persen_potongan"].astype("float64")
    rows = sums.reindex([name for name in known.index if name in sums.index]).reset_index()
    rows = rows.assign(apbn=-rows["item"].map(known))
    return Table.from_frame(
        rows,
        [
            Column("item", "Butir", wide=True),
            Column("pagu_sebelum_rp", "Sebelum (Rp)", "rp"),
            Column("pagu_sesudah_rp", "Sesudah (Rp)", "rp"),
            Column("persen", "% daerah", "persen", 1),
            Column("apbn", "% kementerian/lembaga", "persen", 1),
        ],
        **pair.block("pembanding-apbn", "Pembanding APBN (tidak mengikat APBD)"),
        note=pair.note(
            "S-37/MK.02/2025 hanya untuk kementerian/lembaga; persentasenya bukan ketentuan bagi daerah dan tidak "
            "dipakai sebagai uji. Penempatan rekening pada butirnya adalah pertimbangan."
        ),
        source=pair.setting.budget_source,
    )


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


def other_rates(pair: Comparison, found: pd.DataFrame) -> Table | Note:
    """What other rates would have saved, per SKPD, beside what was done.

    ``found`` is the result of :func:`pkanalysis.analysis.budget.directive.what_if`; without
    rates nothing is shown but how.
    """
    if refused := pair.refused("pengandaian"):
        return refused
    if found.empty:
        said = "Tidak ada tarif pengandaian pada laporan ini; isi parameter tarif untuk melihatnya."
        return Note(**pair.block("pengandaian"), items=(Phrase(said),))
    offices = found.assign(nama=[pair.office(code) for code in found["kode_opd"]])
    sums = found.groupby(["kategori", "tarif"], sort=False, as_index=False).sum(numeric_only=True).assign(nama="Jumlah")
    rows = pd.concat(
        [part[part["kategori"].eq(name)] for name in sums["kategori"] for part in (offices, sums)], ignore_index=True
    )
    rows = rows.assign(
        pos=rows["kategori"].map(words.category).map(words.heading),
        tarif_pct=100 * rows["tarif"],
    )
    return Table.from_frame(
        rows,
        [
            Column("nama", "SKPD", wide=True),
            Column("pos", "Kelompok pos", wide=True),
            Column("tarif_pct", "Tarif pengandaian", "persen", 0),
            Column("pagu_sebelum_rp", "Sebelum (Rp)", "rp"),
            Column("simulasi_rp", "Pengurangan menurut tarif (Rp)", "rp"),
            Column("dilakukan_rp", "Pengurangan yang dilakukan (Rp)", "rp"),
            Column("selisih_rp", "Selisih (Rp)", "perubahan_rp"),
        ],
        **pair.block("pengandaian", "Bila tarifnya lain: hitungan di samping yang dilakukan"),
        totals=tuple(rows.index[rows["nama"].eq("Jumlah")]),
        note=pair.note(
            "Hitungan atas pagu sebelum, bukan perkiraan; apakah SKPD masih dapat bekerja dengan sisanya adalah "
            "pertanyaan lain. Selisih positif: tarif itu mengurangi lebih banyak dari yang dilakukan."
        ),
        source=pair.setting.budget_source,
    )


MET = {True: "Ya", False: "Belum"}
RULES = (
    "Pengurangan = pagu tahap pertama dikurangi tahap terakhir; minus berarti bertambah. Batas berlaku untuk jumlah "
    "kelompok, bukan untuk tiap rekening: perjalanan dinas menurut Inpres 1/2025, yang lain menurut tarif daerah. "
    "Dialihkan ke: menurut isian OPD; data tidak menunjukkan rupiah tertentu berpindah."
)


def targeted_accounts(pair: Comparison, found: pd.DataFrame, named: Named, filled: pd.DataFrame) -> Table | Note:
    """The accounts with their ceilings, the cut, the rate of their category, spending and what the OPD wrote.

    Parameters
    ----------
    found : DataFrame
        :func:`pkanalysis.budget.targeted_accounts`.
    filled : DataFrame
        Rows of ``perubahan_anggaran`` of the OPD and year.
    """
    if refused := pair.refused("inpres-rekening"):
        return refused
    if found.empty:
        none = Phrase("Tidak ada pagu pada rekening yang diminta dibatasi Inpres 1/2025.")
        return Note(**pair.block("inpres-rekening"), items=(none,))
    is_sum = found["kode_rekening"].isna()
    rows = found.assign(
        uraian=[
            _called(code, kind, named) for code, kind in zip(found["kode_rekening"], found["kategori"], strict=True)
        ],
        batas=100 * found["tarif"],
        memenuhi=[MET[bool(met)] if pd.notna(met) else "–" for met in found["is_memenuhi"]],
        ke=_moved(found, filled).mask(is_sum, "–"),
    )
    stages = [Column(code, f"{pair.setting.stage_name(code)} (Rp)", "rp") for code in pair.setting.codes]
    return Table.from_frame(
        rows,
        [
            Column("kode_rekening", "Kode Rekening"),
            Column("uraian", "Uraian", wide=True),
            *stages,
            Column("pengurangan_rp", "Pengurangan (Rp)", "rp"),
            Column("pengurangan_pct", "Pengurangan (%)", "persen", 1),
            Column("batas", "Batas/Target (%)", "persen", 1),
            Column("memenuhi", "Memenuhi"),
            Column("realisasi_rp", "Realisasi (Rp)", "rp"),
            Column("ke", "Dialihkan ke", wide=True),
        ],
        **pair.block("inpres-rekening", f"Efisiensi Inpres 1/2025 per rekening s.d. {pair.setting.period_short}"),
        totals=tuple(found.index[is_sum]),
        note=pair.note(RULES),
        source=", ".join(filter(None, (pair.setting.budget_source, pair.setting.spending_source))),
    )


def _called(code: str | None, kind: str, named: Named) -> str:
    if code is None or pd.isna(code):
        return "Jumlah" if kind == WHOLE else f"Jumlah: {words.category(kind)}"
    return " ".join(str(named.account.get(code, "")).split())


def _moved(found: pd.DataFrame, filled: pd.DataFrame) -> pd.Series:
    """What the OPD wrote on the lines of an account; an account that was not cut needs no word."""
    told = filled.dropna(subset="penjelasan").groupby("kode_rekening")["penjelasan"]
    said = found["kode_rekening"].map(told.agg(lambda texts: "; ".join(dict.fromkeys(texts)))).astype(object)
    return said.fillna(words.NOT_FILLED).where(found["pengurangan_rp"].gt(0), "–")

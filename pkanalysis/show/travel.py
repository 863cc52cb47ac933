"""Travel: the one binding number, at every stage, per SKPD, by kind, and on what was really spent."""

from __future__ import annotations

import pandas as pd

from pkanalysis.analysis.budget import changes
from pkanalysis.analysis.budget.rates import travel_kind
from pkanalysis.frames import Column
from pkanalysis.show import words
from pkanalysis.show.lines import MOVED, with_sum
from pkanalysis.show.page import Page
from pkanalysis.show.tables import BUDGET, SPENDING, SUM, TOTAL, RowsOrBlock, change_table, table
from pkanalysis.show.values import Phrase, percent, plain, rupiah

RULE = (
    "Rekening 5.1.02.04; ketentuan {r} (Inpres 1/2025 diktum KEEMPAT angka 2). Dasar pagu murni, karena SE tidak "
    "menyebut dasarnya. Toleransi pembulatan {tol}."
)
AT_LAST = (
    "Keadaan pada tahap terakhir yang ada datanya. Realisasi di dalam batas belum berarti ketentuan tercapai selama "
    "tahun belum selesai."
)
SERVICE = (
    "Dalam kota memuat uang transpor warga peserta kegiatan, dan perjalanan tetap adalah tugas rutin petugas lapangan: "
    "sebagian adalah layanan. Semuanya ikut dihitung dalam ketentuan."
)


@table("perjalanan", "Perjalanan dinas pada setiap tahap",
       "nama pagu_sebelum_rp pagu_sesudah_rp selisih_rp persen batas_rp kekurangan_rp keadaan", source=BUDGET,
       nama="Tahap", pagu_sebelum_rp="Pagu murni (Rp)", pagu_sesudah_rp="Pagu tahap ini (Rp)",
       batas_rp="Batas menurut ketentuan (Rp)")  # fmt: skip
def by_stage(page: Page, tests: pd.DataFrame) -> RowsOrBlock:
    """Travel of one OPD at every later stage against the rule, base murni."""
    own = tests[tests["cakupan"].eq("opd")]
    rate, tolerance = percent(100 * page.saving.travel_rate, 0), rupiah(page.saving.toleransi_rp)
    rows = own.assign(nama=own["tahap"].map(page.stage_name), keadaan=own["status"].map(words.TRAVEL_STATUSES))
    return rows, {"note": RULE.format(r=rate, tol=tolerance)}


@table("perjalanan", "Perjalanan dinas per SKPD pada setiap tahap dan pada realisasi", "", source=BUDGET,
       none="Belum dapat diuji: perlu pagu murni dan satu tahap sesudahnya.",
       realisasi=("Realisasi s.d. {periode} (Rp)", "rp"), keadaan="Keadaan pagu")  # fmt: skip
def per_office(page: Page, tests: pd.DataFrame, spent: pd.DataFrame) -> RowsOrBlock:
    """Every OPD at every stage against the rate, and what it has spent; the whole region last.

    ``tests`` is the result of :func:`pkanalysis.analysis.budget.rates.travel_by_stage` over all stages from murni,
    ``spent`` that of :func:`pkanalysis.analysis.budget.rates.travel_realised`. A stage or spending that an OPD has
    not delivered stays empty.
    """
    stages, rows = page.codes_from_original[1:], []
    known = spent.set_index(spent["kode_opd"].fillna(""))[["realisasi_rp", "persen"]].astype(object)
    for code, found in tests.groupby(tests["kode_opd"].fillna(""), sort=False):
        own = found.set_index("tahap")
        amounts = own[["pagu_sesudah_rp", "persen"]].reindex(stages).astype(object).to_numpy().ravel()
        name = page.office(code) if code else SUM
        used = known.reindex([code]).to_numpy().ravel()
        rows.append((name, own["pagu_sebelum_rp"].iloc[-1], *amounts, *used, state(page, own)))
    rate, tolerance = percent(100 * page.saving.travel_rate, 0), rupiah(page.saving.toleransi_rp)
    columns: list[str | Column] = ["nama", "murni"]
    for stage in stages:
        columns += [Column(stage, f"{page.stage_name(stage)} (Rp)", "rp"), Column(f"{stage}_persen", "%", "persen", 1)]
    return sorted(rows, key=lambda row: row[0] == SUM), {
        "columns": [*columns, "realisasi", "terpakai", "keadaan"],
        "note": page.note(f"{RULE} {AT_LAST}", r=rate, tol=tolerance),
    }


def state(page: Page, own: pd.DataFrame) -> Phrase | str:
    """What stands at the last stage: reached, short by how much, or reached and refilled.

    ``own`` are the tests of one OPD by stage code, in order.
    """
    last, rate = own.iloc[-1], percent(100 * page.saving.travel_rate, 0)
    if last["status"] in ("tidak_berlaku", "pos_baru"):
        return words.TRAVEL_STATUSES[last["status"]]
    if last["status"] == "memenuhi":
        return Phrase("mencapai {r}", {"r": rate})
    met = own[own["status"].eq("memenuhi")]
    if met.empty:
        return Phrase("belum {r}, selisih {rp}", {"r": rate, "rp": rupiah(last["kekurangan_rp"])})
    values = {
        "r": rate,
        "tahap": plain(page.stage_name(str(met.index[-1]))),
        "naik": rupiah(last["pagu_sesudah_rp"] - met["pagu_sesudah_rp"].iloc[-1]),
        "kini": plain(page.stage_name(str(own.index[-1]))),
        "p": percent(abs(last["persen"])),
        "rp": rupiah(last["kekurangan_rp"]),
    }
    verb = "turun" if last["selisih_rp"] <= 0 else "naik"
    text = "mencapai {r} pada {tahap}, kemudian bertambah {naik} pada {kini} sehingga"
    return Phrase(f"{text} {verb} {{p}}; selisih {{rp}}", values)


@change_table("jenis-perjalanan", "Perjalanan dinas menurut jenis, {langkah}", f"nama {MOVED} persen", SERVICE,
              nama="Jenis")  # fmt: skip
def kinds(_page: Page, step: pd.DataFrame) -> RowsOrBlock:
    """The kinds of travel apart: luar kota, tetap, dalam kota, paket meeting, luar negeri."""
    kind = travel_kind(step["kode_rekening"])
    found = changes.total(step.assign(jenis=kind)[kind.ne("")], ["jenis"]).set_index("jenis")
    rows = found.loc[[name for name in words.TRAVEL_KINDS if name in found.index]].reset_index()
    return with_sum(rows.assign(nama=rows["jenis"].map(words.TRAVEL_KINDS)), nama=SUM)


@table("realisasi-perjalanan", "Realisasi perjalanan dinas s.d. {periode}",
       "nama pagu_murni_rp pagu_terakhir_rp batas_rp realisasi_rp persen bulan pagu tarif", source=SPENDING,
       persen="% dari murni", tarif=("Terhadap ketentuan", "teks"))  # fmt: skip
def realised(page: Page, found: pd.DataFrame) -> RowsOrBlock:
    """Travel that was really spent, against the ceiling in force and against the rate on the original one.

    ``found`` is the result of :func:`pkanalysis.analysis.budget.rates.travel_realised`.
    """
    is_whole = found["cakupan"].eq("semua")
    rows = found.assign(
        nama=[SUM if whole else page.office(code) for whole, code in zip(is_whole, found["kode_opd"], strict=True)],
        bulan=found["sampai_bulan"].map(dict(enumerate(words.MONTHS, start=1))),
        pagu=found["status_pagu"].map(words.CEILING_STATUSES),
        tarif=found["status_tarif"].map(words.RATE_STATUSES),
    )
    note = page.note(
        "Selama tahun belum selesai, realisasi di dalam batas belum berarti ketentuan tercapai. Jumlah hanya memuat "
        "SKPD yang pagu murni, pagu terakhir, dan realisasinya ada."
    )
    return rows.assign(**{TOTAL: is_whole}), {"note": note}

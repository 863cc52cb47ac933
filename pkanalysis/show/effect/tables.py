"""Tables of sizes and outcomes: what was cut, what changed, and of which parts a reported change is made."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pkanalysis.analysis.effect import Compliance, DoseResponse
from pkanalysis.show.blocks import Column, Note, Phrase, Table
from pkanalysis.show.cells import count, plain
from pkanalysis.show.effect.case import OUTCOMES, SIZES, STEP, Case, chance, influential, number, reasons, scale

COLUMNS = {"aturan": "potensi", "nyata": "pengurangan", "luar_pegawai": "pengurangan_luar_pegawai"}
ESTIMATE = (
    Column("b", "Beda (per 10 poin)", "angka", 2),
    Column("lo", "Rentang bawah", "angka", 2),
    Column("hi", "Rentang atas", "angka", 2),
)


def sizes(case: Case, found: pd.DataFrame, followed: Compliance) -> Table | Note:
    """Spread of the three sizes over OPD, gains apart, and their correlations."""
    if found.empty:
        text = "Besar pengurangan belum dapat dihitung: pagu murni belum ada."
        return Note(**case.block("ukuran"), items=(Phrase(text),))
    together = found[list(COLUMNS.values())].astype("float64").corr()
    first = together[COLUMNS[case.fixed.ukuran]]
    rows = [_size_row(SIZES[name], 100 * found[COLUMNS[name]].dropna(), first[COLUMNS[name]]) for name in case.sizes]
    values = {"k": number(followed.slope), "r": number(followed.correlation), "n": count(followed.n)}
    return Table(
        **case.block("ukuran", "Besar pengurangan tiap OPD, persen dari pagu murni"),
        columns=(
            Column("nama", "Ukuran (yang utama paling atas)", wide=True),
            Column("n", "OPD", "bulat"),
            *(Column(name, name.capitalize(), "persen", 1) for name in ("terkecil", "median", "terbesar")),
            Column("naik", "Pagu bertambah", "bulat"),
            Column("r", "Korelasi dengan yang utama", "angka", 2),
        ),
        rows=tuple(rows),
        note=Phrase(
            "Pada {n} OPD yang pagunya tidak bertambah: korelasi tarif dan pengurangan nyata {r}, kemiringannya {k} "
            "(satu = tepat menurut tarif). Pengurangan relatif mengikuti ukuran dan jenis OPD, maka ada hitungan dalam "
            "jenis yang sama.",
            values,
        ),
        source=case.setting.budget_source,
    )


def _size_row(name: str, shares: pd.Series, together: float) -> tuple[object, ...]:
    if shares.empty:
        return (name, 0, None, None, None, None, None)
    ends = (float(shares.min()), float(shares.median()), float(shares.max()))
    return (name, len(shares), *ends, int(shares.lt(0).sum()), number(together))


def outcomes(case: Case, found: Mapping[str, DoseResponse]) -> Table:
    """The primary size against every outcome, in the order that was fixed."""
    return Table(
        **case.block("hasil", "Kaitan besar pengurangan dengan setiap hasil"),
        columns=(
            Column("nama", "Hasil, menurut urutan", wide=True),
            Column("satuan", "Satuan"),
            *ESTIMATE,
            Column("mde", "Terkecil yang terlihat", "angka", 2),
            Column("n", "OPD", "bulat"),
            Column("tingkat", "Tingkat"),
        ),
        rows=tuple(_outcome_row(name, *OUTCOMES[name], one) for name, one in found.items()),
        note=_order(list(found.values())),
    )


def _order(found: list[DoseResponse]) -> Phrase:
    """What the order means, and why some could not be computed."""
    text = "Yang pertama menentukan; yang terakhir memperlihatkan bedanya bila target yang sudah diubah dipakai."
    said = dict.fromkeys(item.sentence for one in found if one.claim == "L0" for item in one.refusals)
    return Phrase(f"{text} {{x}}", {"x": plain(" ".join(said))}) if said else Phrase(text)


def _outcome_row(key: str, name: str, unit: str, found: DoseResponse) -> tuple[object, ...]:
    factor = scale(key)
    numbers = (number(factor * raw) for raw in (found.beta, *found.interval_hc3, found.mde))
    return (name, unit, *numbers, found.n, found.claim)


def retargeting(case: Case, found: DoseResponse) -> Table | Note:
    """Change of targets on the size of the cut, as a finding of its own."""
    if found.claim == "L0":
        text = "Perubahan target tidak dikaitkan dengan besar pengurangan: {x}"
        return Note(**case.block("perubahan-target"), items=(Phrase(text, {"x": reasons(found)}),))
    row = _outcome_row("", "Capaian target berlaku dikurangi capaian target awal", "poin", found)
    return Table(
        **case.block("perubahan-target", "Perubahan target menurut besar pengurangan"),
        columns=(
            Column("nama", "Hasil", wide=True), Column("satuan", "Satuan"), *ESTIMATE,
            Column("mde", "Terkecil yang terlihat", "angka", 2), Column("n", "OPD", "bulat"), Column("p", "p", "teks"),
        ),
        rows=((*row[:-1], chance(found.p_wild)),),
        note="Target yang diturunkan adalah salah satu jalan pengurangan bekerja, karena itu tidak dipakai sebagai "
        "pengendali.",
    )  # fmt: skip


def parts(case: Case, found: pd.DataFrame) -> Table | Note:
    """Per OPD: the reported change as fixed target, change of target, and cap."""
    if found.empty:
        text = "Perubahan capaian tidak dapat diuraikan: belum ada OPD dengan ketiga capaian pada kedua masa."
        return Note(**case.block("uraian"), items=(Phrase(text),))
    rows = found.assign(nama=found["kode_opd"].map(case.name)).sort_values("nama", kind="stable")
    return Table.from_frame(
        rows,
        (
            Column("nama", "OPD", wide=True),
            Column("perubahan_dilaporkan", "Perubahan yang dilaporkan", "poin", 1),
            Column("target_tetap", "Target tetap", "poin", 1),
            Column("perubahan_target", "Perubahan target", "poin", 1),
            Column("batas_atas", "Batas atas", "poin", 1),
        ),
        **case.block("uraian", "Perubahan capaian yang dilaporkan menurut bagiannya (poin)"),
        note="Target tetap + perubahan target + batas atas = perubahan yang dilaporkan, terhadap rata-rata tahun "
        "sebelumnya.",
    )


def influence(case: Case, main: DoseResponse) -> Table | Note:
    """OPD that the result leans on, and the slope without each."""
    if (refused := case.refused("berpengaruh", main, "Daftar OPD berpengaruh tidak dibuat")) or main.units is None:
        return refused or Note(**case.block("berpengaruh"))
    top = influential(main, 8).join(main.units)
    rows = tuple(
        (
            case.name(code),
            100 * row["besar"],
            row["perubahan"],
            row["daya_ungkit"],
            number(STEP * (main.beta + row["geser"])),
        )
        for code, row in top.to_dict("index").items()
    )
    return Table(
        **case.block("berpengaruh", "OPD yang sangat memengaruhi hasil"),
        columns=(
            Column("nama", "OPD", wide=True), Column("z", "Besar pengurangan", "persen", 1),
            Column("y", "Perubahan capaian (poin)", "angka", 1), Column("h", "Daya ungkit", "angka", 2),
            Column("b", "Beda tanpa OPD ini (per 10 poin)", "angka", 2),
        ),
        rows=rows,
        note=Phrase("Dengan semua OPD bedanya {b}.", {"b": number(main.per_step)}),
    )  # fmt: skip

"""What the first page and the last one must say, from all received files."""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from statistics import fmean
from typing import Any

import pandas as pd
from report.sources import budget
from report.sources.files import YEAR, Files
from report.sources.indicators import WAITING, Indicator, data_date, indicators, signed_rows
from report.sources.words import Said, day, gap, number, percent, plain, rupiah, say, whole, year

Rows = list[dict[str, Any]]
ROMAN = {1: "Triwulan I", 3: "Triwulan III"}


def cover(files: Files) -> list[Said]:
    last = signed_rows(files, YEAR).sort_values(["Dokumen", "Perubahan ke-"]).iloc[-1]
    return [
        say("{} Tahun {} (keadaan s.d. {})", plain(ROMAN[files.quarter]), year(YEAR), day(files.end)),
        say(
            "Data kinerja per {} · Realisasi anggaran menurut berkas per {} (belum diaudit) · Acuan target: {} {} · Acuan pagu: {}",
            data_date(files),
            day(files.saved()),
            plain(last["Dokumen"]),
            day(pd.Timestamp(last["Tanggal tanda tangan"]).date()),
            plain(list(files.stage_names.values())[-1]),
        ),
    ]


def reached(items: list[Indicator], start: str = "") -> Said:
    measured = [item for item in items if item.is_reached is not None]
    waiting = [item for item in items if item.is_reached is None]
    assert all(item.status in WAITING for item in waiting), "Kalimat ini hanya mengenal indikator yang menunggu."
    counts = [whole(sum(bool(item.is_reached) for item in items)), whole(len(measured))]
    if not waiting:
        return say(f"{start}{{}} dari {{}} yang sudah terukur", *counts)
    text = f"{start}{{}} dari {{}} yang sudah terukur ({{}} menunggu rilis atau jadwal; jumlah {{}} indikator)"
    return say(text, *counts, whole(len(waiting)), whole(len(items)))


def headline_rows(files: Files) -> Rows:
    now, before = indicators(files), indicators(files, YEAR - 1)
    current = [item.current for item in now if item.current is not None]
    original = [value for item in now if (value := item.achieved(item.original)) is not None]
    spent = budget.absorption_rows(files)
    planned = budget.to_date(files.planned(), files)
    last_year = reached(before, f"{files.period} {YEAR - 1}: ")
    return [
        {
            "Hal": say(f"Indikator yang mencapai target s.d. {files.period}"),
            "Keadaan": reached(now),
            "Pembanding": Said(last_year.text, (YEAR - 1, *last_year.raws)),
        },
        {
            "Hal": say(f"Rata-rata capaian s.d. {files.period}"),
            "Keadaan": say("{} terhadap PK yang berlaku (n = {})", percent(fmean(current)), whole(len(current))),
            "Pembanding": say("{} terhadap PK murni (n = {})", percent(fmean(original)), whole(len(original))),
        },
        {
            "Hal": say("Realisasi anggaran"),
            "Keadaan": say(
                "{} = {} dari pagu terakhir",
                rupiah(spent[0]["Realisasi (Rp)"]),
                percent(spent[0]["Penyerapan (%)"]),
            ),
            "Pembanding": say(
                "rencana kas {}; {} dari pagu murni",
                percent(100 * planned / spent[0]["Pagu (Rp)"]),
                percent(spent[1]["Penyerapan (%)"]),
            ),
        },
        {
            "Hal": say("Perjalanan dinas"),
            "Keadaan": travel(budget.travel_rows(files)[-1]),
            "Pembanding": say("ketentuan {} (Inpres 1/2025), dasar pagu murni", percent(50, 0)),
        },
    ]


def travel(row: dict[str, Any]) -> Said:
    verb, share = "turun" if row["%"] <= 0 else "naik", percent(abs(row["%"]))
    if row["Keadaan"] == "mencapai ketentuan":
        return say(f"{verb} {{}} dari pagu murni", share)
    gap = rupiah(row["Selisih dari ketentuan (Rp)"])
    return say(f"{verb} {{}} dari pagu murni; belum {{}}, selisih {{}}", share, percent(50, 0), gap)


def known(files: Files) -> Iterator[Said]:
    """The sentences of "Yang perlu diketahui"."""
    eased = [item for item in indicators(files) if item.is_eased]
    if eased:
        yield target_eased(eased, files.period)
    tightened = [item for item in indicators(files) if item.easing < 0]
    assert all(item.original.high is None for item in tightened), "Rentang yang berubah belum diuji."
    if tightened:
        yield say("Pada PK Perubahan target {} indikator diperketat.", whole(len(tightened)))
    for step in budget.steps(files):
        yield step_sentence(files, step)
    current = list(budget.ceilings(files).values())[-1]
    behind = budget.to_date(files.planned(), files) - budget.to_date(files.spent(), files)
    word = "tertinggal {} poin dari" if behind > 0 else "mendahului {} poin"
    yield say(
        f"Penyerapan {word} rencana kas ({{}}).",
        gap(
            100 * budget.to_date(files.planned(), files) / current, 100 * budget.to_date(files.spent(), files) / current
        ),
        rupiah(abs(behind)),
    )


def target_eased(eased: list[Indicator], period: str) -> Said:
    def effect(item: Indicator) -> float:
        return (item.achieved(item.revised) or 0) - (item.achieved(item.original) or 0)

    most = max(eased, key=effect)
    many = [whole(len(eased))] if len(eased) > 1 else []
    text = (
        f"Target {'{}' if many else 'satu'} indikator dibuat lebih mudah pada PK Perubahan. Target {{}} s.d. {period} "
        "diubah dari {} menjadi {}. Terhadap target awal capaiannya {}, terhadap PK Perubahan {}; selisih {} poin "
        "berasal dari perubahan target. Realisasinya sendiri {}."
    )
    return say(
        text,
        *many,
        plain(most.name),
        number(most.original.low),
        number(most.revised.low),
        percent(most.achieved(most.original)),
        percent(most.achieved(most.revised)),
        gap(most.achieved(most.revised), most.achieved(most.original)),
        number(most.value),
    )


def step_sentence(files: Files, step: budget.Step) -> Said:
    sums = budget.amounts(step.lines)
    net, share = sums["Bertambah/(Berkurang) (Rp)"], sums["%"]
    text = (
        f"Pada {{}} anggaran berkurang {{}} dan bertambah {{}}, bersih {'berkurang' if net < 0 else 'bertambah'} {{}} "
        "({}), dihitung pada tingkat rekening."
    )
    values = [
        plain(files.stage_names[step.after]),
        rupiah(sums["Pengurangan (Rp)"]),
        rupiah(sums["Penambahan (Rp)"]),
        rupiah(abs(net)),
        percent(abs(share)),
    ]
    kinds = budget.by_account(step.lines["KODE REKENING"])
    targeted = step.lines.loc[kinds["sasaran"], "kurang"].groupby(kinds["kelompok"]).sum()
    if targeted.sum():
        text += " Dari pengurangan itu {} berada pada pos sasaran Inpres 1/2025, terbesar {} ({})."
        values += [rupiah(int(targeted.sum())), plain(inside(targeted.idxmax())), rupiah(int(targeted.max()))]
    return say(text, *values)


def attention(files: Files) -> Iterator[Said]:
    """The sentences of "Perlu perhatian pimpinan" that the sample gives cause for."""
    rows = budget.travel_rows(files)
    for before, after in pairwise(rows):
        rise = after["Pagu tahap ini (Rp)"] - before["Pagu tahap ini (Rp)"]
        if rise > 0:
            yield say(
                "Perjalanan dinas kembali naik {} pada {} (dari {} menjadi {}), sehingga turun {} dari murni.",
                rupiah(rise),
                plain(after["Tahap"]),
                rupiah(before["Pagu tahap ini (Rp)"]),
                rupiah(after["Pagu tahap ini (Rp)"]),
                percent(-after["%"]),
            )
    for step in budget.steps(files):
        yield from limited(files, step)
    missed = sorted(
        (item for item in indicators(files) if item.is_reached is not None and not item.is_reached),
        key=lambda item: item.current,
    )
    if missed:
        names = [word for item in missed for word in (plain(item.name), percent(item.current))]
        yield say(f"Belum mencapai target: {'; '.join(['{} ({})'] * len(missed))}.", *names)
    for item in indicators(files):
        assert item.current is None or item.current <= 130, "Kalimat tentang capaian jauh di atas target belum diuji."
    older = [item.name for item in indicators(files) if item.about["Tahun yang digambarkan"] == "Tahun sebelumnya"]
    if older:
        yield say("{} menggambarkan kinerja tahun sebelumnya.", plain(older[0]))


def limited(files: Files, step: budget.Step) -> Iterator[Said]:
    """Additions on accounts that the Inpres limits; travel is told apart."""
    kinds = budget.by_account(step.lines["KODE REKENING"])
    is_limited = kinds["sasaran"] & (kinds["kelompok"] != "Perjalanan dinas")
    added = step.lines.loc[is_limited, "tambah"].groupby(kinds["kelompok"]).sum()
    if added.sum():
        group = added.idxmax()
        yield say(
            "Penambahan {} pada {} berada pada pos yang diminta dibatasi, terbesar {}. Mohon penjelasan dan dasar.",
            rupiah(int(added.sum())),
            plain(files.stage_names[step.after]),
            plain(inside(group)),
        )


def inside(group: str) -> str:
    """A group's name inside a sentence."""
    return group if group[1].isupper() else group[0].lower() + group[1:]


def source_rows(files: Files) -> Rows:
    """Every received file with rows of this OPD, and the first 12 digits of its sha256."""
    made = [(f"ISIAN_{YEAR}_TW{quarter}_{files.short}", "isian", YEAR, f"TW{quarter}") for quarter in (3, 4)]
    made += [(f"laporan_realisasi_{of}", "laporan_realisasi", of, "") for of in (2023, 2024, 2025)]
    made += [(f"rak_{of}", "rak", of, "") for of in (2024, 2025)]
    stages = [(stage["tahun"], stage["kode"]) for stage in files.config["tahap"]]
    made += [(f"rekap5_{of}_{code}", "rekap5", of, code) for of, code in stages]
    return [
        {
            "Berkas": f"{name}_CONTOH.xlsx",
            "Tata letak": layout,
            "Tahun": of,
            "Tahap/periode": part,
            "Sidik berkas": fingerprint(files.workspace / "kiriman" / f"{name}_CONTOH.xlsx"),
        }
        for name, layout, of, part in made
    ]


@cache
def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def provenance(files: Files, digest: str, moment: str) -> list[Said]:
    """``digest`` and ``moment`` are the report's own: no file holds them."""
    parameters = [plain(files.identity["Kode OPD"]), plain(str(YEAR)), plain(f"TW{files.quarter}")]
    text = "Dibuat dengan pkanalysis {}; parameter opd = {}, tahun = {}, periode = {}."
    return [
        say("Sidik data OPD ini {}, dari {} berkas.", plain(digest), whole(len(source_rows(files)))),
        say(text, plain(version("pkanalysis")), *parameters),
        say("Waktu pembuatan {}.", plain(moment)),
    ]

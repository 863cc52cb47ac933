"""What the budget and spending blocks must show, from the SIPD files."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import pandas as pd
from report.sources.files import Files
from report.sources.words import MONTHS, Said, Shown, day, percent, rupiah, say

Rows = list[dict[str, Any]]
RULES = Path(__file__).parents[3] / "pkanalysis" / "reference" / "kategori_efisiensi.csv"
CERTAINTIES = {
    "pasti": "pasti", "taksiran": "taksiran", "perlu_telaah": "perlu telaah", "di_luar_sasaran": "di luar sasaran",
    "tidak_terurai": "tidak terurai",
}  # fmt: skip
ABBREVIATIONS = {
    "Atk": "ATK", "Bbm": "BBM", " rt": " rumah tangga", " asn": " ASN", " fgd": " FGD", " kl": " K/L",
}  # fmt: skip
KINDS = {
    "5.1.01": "Belanja Pegawai", "5.1.02": "Belanja Barang dan Jasa", "5.1.05": "Belanja Hibah",
    "5.1.06": "Belanja Bantuan Sosial", "5.2": "Belanja Modal", "5.3": "Belanja Tidak Terduga",
}  # fmt: skip
TRAVEL = "5.1.02.04."


@dataclass(frozen=True)
class Step:
    """The lines of two stages that follow each other: ``sebelum``, ``sesudah``, ``kurang``, ``tambah``."""

    before: str
    after: str
    lines: pd.DataFrame


def steps(files: Files) -> Iterator[Step]:
    wide = files.lines()
    for before, after in pairwise(files.stages):
        both = pd.DataFrame({"sebelum": wide[before], "sesudah": wide[after]})
        change = both["sesudah"] - both["sebelum"]
        lines = both.assign(kurang=(-change).clip(lower=0), tambah=change.clip(lower=0))[both.any(axis=1)]
        yield Step(before, after, lines.reset_index())


@cache
def rules() -> pd.DataFrame:
    return pd.read_csv(RULES, dtype=str, keep_default_na=False).set_index("kode_prefix")


@cache
def rule(account: str) -> pd.Series:
    """The longest prefix in the reference that covers the account; a person must look at what none covers."""
    prefixes = [code for code in rules().index if f"{account}.".startswith(f"{code}.")]
    unknown = pd.Series({"kategori": "lainnya", "keyakinan": "perlu_telaah", "dasar": ""})
    return rules().loc[max(prefixes, key=len)] if prefixes else unknown


def by_account(accounts: pd.Series) -> pd.DataFrame:
    """``kelompok``, ``keyakinan`` and ``sasaran`` (limited by the Inpres, not only by S-37) per line."""
    found = {account: rule(account) for account in accounts.unique()}
    kinds = pd.DataFrame([found[account] for account in accounts]).reset_index(drop=True)
    certain, based = kinds["keyakinan"].isin(["pasti", "taksiran"]), kinds["dasar"].str.contains("Inpres 1/2025")
    words = kinds["kategori"].str.replace("_", " ").str.capitalize()
    return pd.DataFrame({
        "kelompok": words.replace(ABBREVIATIONS, regex=True),
        "keyakinan": kinds["keyakinan"].map(CERTAINTIES).mask(certain & ~based, "pembanding APBN"),
        "sasaran": certain & based,
    })  # fmt: skip


def amounts(lines: pd.DataFrame) -> dict[str, Any]:
    before, after, down, up = (int(lines[name].sum()) for name in ("sebelum", "sesudah", "kurang", "tambah"))
    return {
        "Sebelum (Rp)": before,
        "Sesudah (Rp)": after,
        "Pengurangan (Rp)": down,
        "Penambahan (Rp)": up,
        "Bertambah/(Berkurang) (Rp)": after - before,
        "%": 100 * (after - before) / before if before else None,
    }


def stage_rows(files: Files) -> Rows:
    names = files.stage_names
    return [
        {"Perubahan tahap": f"{names[step.before]} → {names[step.after]}"} | amounts(step.lines)
        for step in steps(files)
    ]


def legal_basis(files: Files) -> str:
    """What stands below the table of stages about the law behind each of them."""

    def told(stage: dict[str, Any]) -> str:
        on = stage.get("tanggal_pemberitahuan_dprd")
        return f"diberitahukan ke DPRD {day(on).text}" if on else "tanggal pemberitahuan DPRD belum diisi"

    stages = [files.stages[step.after] for step in steps(files)]
    return " ".join(f"Dasar {stage['nama']}: {stage['dasar_hukum']}; {told(stage)}." for stage in stages)


def grouped(
    files: Files, step: Step, labels: dict[str, pd.Series], total: str = "Jumlah", is_one_of_many: bool = False
) -> Rows:
    """One row per group of lines, the largest decrease first, and their total; a single step is not named in rows."""
    stage = {"Menjadi tahap": files.stage_names[step.after]} if is_one_of_many else {}
    groups = step.lines.groupby(list(labels.values()))
    rows = [stage | dict(zip(labels, key, strict=True)) | amounts(lines) for key, lines in groups]
    ordered = sorted(rows, key=lambda row: -row["Pengurangan (Rp)"])
    first, *rest = labels
    return [*ordered, stage | {first: total} | dict.fromkeys(rest, "") | amounts(step.lines)]


def first(files: Files) -> Iterator[Step]:
    """The step that the page compares: from murni to the last stage before the Perubahan APBD."""
    yield from islice(steps(files), 1)


def programme_rows(files: Files) -> Rows:
    return [
        row
        for step in first(files)
        for row in grouped(files, step, {"Program": step.lines["KODE PROGRAM"] + " " + step.lines["NAMA PROGRAM"]})
    ]


def kind_rows(files: Files) -> Rows:
    def kind(account: str) -> str:
        return KINDS.get(account[:6], KINDS.get(account[:3], "Lainnya"))

    every = list(steps(files))
    return [
        row
        for step in every
        for row in grouped(
            files, step, {"Jenis belanja": step.lines["KODE REKENING"].map(kind)}, is_one_of_many=len(every) > 1
        )
    ]


def category_rows(files: Files) -> Rows:
    """Only groups in which a line changed; the total is theirs."""
    rows: Rows = []
    for step in first(files):
        kinds = by_account(step.lines["KODE REKENING"])
        moved = (step.lines["kurang"] + step.lines["tambah"]).groupby([kinds["kelompok"], kinds["keyakinan"]])
        shown = moved.transform("sum") > 0
        own = Step(step.before, step.after, step.lines[shown])
        labels = {"Kelompok pos": kinds["kelompok"][shown], "Keyakinan": kinds["keyakinan"][shown]}
        rows += grouped(files, own, labels, "Jumlah kelompok yang berubah")
    return rows


def opaque(files: Files) -> Said:
    hidden, goods = unseen(files, list(files.stages)[-1])
    if not hidden:
        return say("Tidak ada pagu pada rekening BOS/BOSP/BOK/BLUD, yang isinya tidak terurai.")
    text = (
        "Tidak terurai: {} ({} belanja barang dan jasa) tercatat pada rekening BOS/BOSP/BOK/BLUD; "
        "perjalanan dinas dan ATK di dalamnya tidak terlihat."
    )
    return say(text, rupiah(hidden), percent(100 * hidden / goods))


def unseen(files: Files, stage: str) -> tuple[int, int]:
    """Rupiah on accounts that hide their content, and all of goods and services."""
    lines = files.lines()[stage].rename("pagu").reset_index()
    hidden = int(lines.loc[by_account(lines["KODE REKENING"])["keyakinan"] == "tidak terurai", "pagu"].sum())
    return hidden, int(lines.loc[lines["KODE REKENING"].str.startswith("5.1.02."), "pagu"].sum())


def hidden_at_the_later_stage(files: Files) -> str:
    """What stands below tables of the step that the page compares; nothing where nothing is hidden."""
    hidden, goods = unseen(files, next(first(files)).after)
    share = f"{rupiah(hidden).text} ({percent(100 * hidden / goods).text} belanja barang dan jasa)."
    return f"Tidak terurai pada rekening BOS/BOSP/BOK/BLUD: {share}" if hidden else ""


def travel_rows(files: Files) -> Rows:
    """Base murni; half must go, with the tolerance of the configuration."""
    sums = files.lines()[lambda lines: lines.index.get_level_values("KODE REKENING").str.startswith(TRAVEL)].sum()
    base, *later = (int(sums[stage]) for stage in files.stages)
    limit = base // 2
    return [
        {
            "Tahap": name,
            "Pagu murni (Rp)": base,
            "Pagu tahap ini (Rp)": amount,
            "Bertambah/(Berkurang) (Rp)": amount - base,
            "%": 100 * (amount - base) / base,
            "Batas menurut ketentuan (Rp)": limit,
            "Selisih dari ketentuan (Rp)": amount - limit if amount > limit + tolerance(files) else 0,
            "Keadaan": "belum mencapai ketentuan" if amount > limit + tolerance(files) else "mencapai ketentuan",
        }
        for name, amount in zip(list(files.stage_names.values())[1:], later, strict=True)
    ]


def tolerance(files: Files) -> int:
    return int(files.config["efisiensi"]["toleransi_rp"])


def ceilings(files: Files) -> dict[str, int]:
    """Rupiah per stage, by its name."""
    sums = files.lines().sum()
    return {name: int(sums[code]) for code, name in files.stage_names.items()}


def to_date(months: pd.Series, files: Files) -> int:
    return int(months[months.index <= 3 * files.quarter].sum())


def absorption_rows(files: Files) -> Rows:
    spent, (original, *_, current) = to_date(files.spent(), files), ceilings(files).values()
    return [
        {
            "Dasar": name,
            "Pagu (Rp)": base,
            "Realisasi (Rp)": spent,
            "Penyerapan (%)": 100 * spent / base,
            "Sisa (Rp)": base - spent,
        }
        for name, base in (("Pagu terakhir", current), ("Pagu murni", original))
    ]


def month_rows(files: Files) -> Rows:
    current = list(ceilings(files).values())[-1]
    spent, planned = files.spent().cumsum(), files.planned().cumsum()
    return [
        {
            "s.d. bulan": "Agu" if month == 8 else MONTHS[month - 1][:3],
            "Rencana kas (Rp)": int(planned[month]),
            "Rencana (%)": 100 * int(planned[month]) / current,
            "Realisasi (Rp)": int(spent[month]),
            "Realisasi (%)": 100 * int(spent[month]) / current,
        }
        for month in range(3, 3 * files.quarter + 1, 3)
    ]


def stage_bars(files: Files) -> dict[str, Shown]:
    bars = ceilings(files) | {f"Realisasi s.d. {files.period}": to_date(files.spent(), files)}
    return {name: rupiah(amount) for name, amount in bars.items()}


def month_lines(files: Files) -> dict[str, Shown]:
    return {
        "Rencana kas": rupiah(to_date(files.planned(), files)),
        "Realisasi": rupiah(to_date(files.spent(), files)),
    }

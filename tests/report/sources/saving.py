"""What the blocks of one OPD under the Inpres must show, from the received files with plain pandas."""

from functools import cache
from pathlib import Path
from statistics import fmean, median
from types import SimpleNamespace
from typing import Any

import pandas as pd
from report.sources import budget, efficiency
from report.sources.efficiency import KEY, MEETINGS, REFERENCE, City
from report.sources.files import YEAR, Files
from report.sources.indicators import indicators
from report.sources.words import Shown, percent, whole

Rows = list[dict[str, Any]]
TOP = 10
SAMPLE = Path(__file__).parents[3] / "pkanalysis" / "sample" / "organisasi.csv"


@cache
def city(workspace: Path) -> City:
    return City(workspace)


def of(files: Files, rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["KODE SKPD"] == files.identity["Kode OPD"]]


def step(files: Files) -> pd.DataFrame:
    return of(files, city(files.workspace).step)


def point_rows(files: Files) -> Rows:
    rules = pd.read_csv(REFERENCE / "diktum_keempat.csv").set_index("angka")["ketentuan"]
    names = {"Sebelum (Rp)", "Sesudah (Rp)", "Pengurangan (Rp)", "%"}
    return [
        {"Butir": row["Angka"], "Ketentuan": rules[row["Angka"]], "Keyakinan": row["Keyakinan data"]}
        | {name: row[name] for name in names}
        for row in efficiency.point_rows(SimpleNamespace(step=step(files)))  # type: ignore[arg-type]
        if "Angka" in row and (row["Sebelum (Rp)"] or row["Sesudah (Rp)"])
    ]


def account_rows(files: Files) -> Rows:
    """Every limited account; below its group the rate of that group, and last the sum of all."""
    lines, stages = files.lines().reset_index(), files.stage_names
    kinds = budget.by_account(lines["KODE REKENING"])
    own = lines.assign(kelompok=kinds["kelompok"])[kinds["sasaran"]].sort_values("KODE REKENING", kind="stable")
    spent = files.sipd(f"laporan_realisasi_{YEAR}", header=4).rename(columns=str.upper)
    moment = spent["TANGGAL TRANSFER"].where(spent["JENIS TRANSAKSI"] == "LS", spent["TANGGAL DOKUMEN"])
    spent = spent[pd.to_datetime(moment).dt.month <= 3 * files.quarter]
    paid = (spent["NILAI REALISASI"] - spent["NILAI SETORAN"]).groupby(spent["KODE REKENING"]).sum().to_dict()
    said = files.form("8_PERUBAHAN_ANGGARAN").dropna(subset="Penjelasan").groupby("Kode rekening")["Penjelasan"]
    told = said.agg(lambda texts: "; ".join(dict.fromkeys(texts))).to_dict()
    rates = {
        name.replace("_", " ").capitalize().replace("Atk", "ATK"): rate
        for name, rate in files.config["efisiensi"]["tarif"].items()
    }

    def row(code: str | None, name: str, rows: pd.DataFrame, rate: float | None = None) -> dict[str, Any]:
        sums = {f"{stages[stage]} (Rp)": int(rows[stage].sum()) for stage in stages}
        before, *_, after = sums.values()
        is_held = rate is not None and before > 0
        is_met = after <= before * (1 - (rate or 0)) + budget.tolerance(files)
        return {
            "Kode Rekening": code, "Uraian": name, **sums, "Pengurangan (Rp)": before - after,
            "Pengurangan (%)": 100 * (before - after) / before if before else None,
            "Batas/Target (%)": None if rate is None else 100 * rate,
            "Memenuhi": ("Ya" if is_met else "Belum") if is_held else "–",
            "Realisasi (Rp)": int(sum(paid.get(one, 0) for one in rows["KODE REKENING"].unique())),
            "Dialihkan ke": told.get(code, "Belum diisi OPD") if code and before > after else "–",
        }  # fmt: skip

    found: Rows = []
    for name, group in own.groupby("kelompok", sort=False):
        accounts = group.groupby("KODE REKENING")
        found += [row(str(code), rows["NAMA REKENING"].iloc[-1], rows) for code, rows in accounts]
        found += (
            [
                row(
                    None,
                    f"Jumlah: {name if name.isupper() or name.startswith('ATK') else str(name).lower()}",
                    group,
                    rates[str(name)],
                )
            ]
            if name in rates
            else []
        )
    return [*found, row(None, "Jumlah", own)]


def cause_rows(files: Files) -> Rows:
    own = step(files)
    own = own[own["net"] != 0]
    own = own.assign(sebab=own["sebab"].replace("", "Belum diisi OPD"))
    groups = [(bool(part["tkd"].any()), _moves(str(name), part)) for name, part in own.groupby("sebab")]
    groups.sort(key=lambda group: -group[1]["Pengurangan (Rp)"])
    chosen, taken = ([row for is_taken, row in groups if is_taken is side] for side in (False, True))
    apart = [_moves("Jumlah pilihan daerah", own[~own["tkd"]]), *taken] if taken else []
    return [*chosen, *apart, _moves("Jumlah", own)]


def _moves(name: str, rows: pd.DataFrame) -> dict[str, Any]:
    sums = budget.amounts(rows)
    wanted = ("Pengurangan (Rp)", "Penambahan (Rp)", "Bertambah/(Berkurang) (Rp)")
    return {"Sebab": name} | {label: sums[label] for label in wanted}


def addition_rows(files: Files) -> Rows:
    risen = step(files)[lambda rows: rows["tambah"] > 0]
    rows = [
        _added(f"{activity} {' '.join(own['NAMA SUB KEGIATAN'].iloc[-1].split())}", own)
        | {"Bidang SE": _word(activity), "Prioritas SE": "tidak" if _word(activity) == "lainnya" else "ya"}
        for activity, own in risen.groupby("KODE SUB KEGIATAN")
    ]
    rows.sort(key=lambda row: -row["Penambahan (Rp)"])
    total = _added("Jumlah", risen) | {"Bidang SE": "", "Prioritas SE": ""}
    return [*rows[:TOP], total] if rows else []


def _added(name: str, rows: pd.DataFrame) -> dict[str, Any]:
    return {
        "Sub kegiatan": name,
        "Penambahan (Rp)": int(rows["tambah"].sum()),
        "pada pos yang diminta dibatasi (Rp)": int(rows.loc[rows["sasaran"], "tambah"].sum()),
        "pada baris baru (Rp)": int(rows.loc[rows["sebelum"] == 0, "tambah"].sum()),
    }


def _word(activity: str) -> str:
    return efficiency.SECTORS[efficiency.sector(str(activity))].lower()


def clarify_rows(files: Files) -> Rows:
    shift, found = step(files).assign(tahap="Pergeseran"), []
    meetings = shift["KODE REKENING"].isin(MEETINGS)
    fall = -int(shift.loc[shift["perjalanan"] & ~meetings, "net"].sum())
    found.append(("pos sasaran dipotong, kemudian naik lagi", _refilled(files, shift)))
    is_leak = fall > 0 and int(shift.loc[meetings, "net"].sum()) >= 0.1 * fall
    found.append(("perjalanan turun, pos penggantinya naik", shift[meetings & (shift["tambah"] > 0) & is_leak]))
    capital = shift["KODE REKENING"].str.startswith("5.2.") & shift["sebab"].str.contains("Inpres 1/2025")
    found.append(("belanja modal dikurangi dengan sebab efisiensi", shift[capital & (shift["kurang"] > 0)]))
    found.append(("dihapus, jumlah yang sama naik di tempat lain", shift[shift.apply(_moved, axis=1, rows=shift)]))
    found.append(("naik pada pos yang diminta dibatasi", shift[shift["sasaran"] & (shift["tambah"] > 0)]))
    every = pd.concat([rows.assign(hal=name) for name, rows in found]).drop_duplicates(["tahap", *KEY])
    every = every.sort_values("net", key=lambda net: -net.abs(), kind="stable")
    return [
        {
            "Hal": row["hal"],
            "Sub kegiatan": f"{row['KODE SUB KEGIATAN']} {' '.join(row['NAMA SUB KEGIATAN'].split())}",
            "Rekening": f"{row['KODE REKENING']} {' '.join(row['NAMA REKENING'].split())}",
            "Tahap": row["tahap"],
            "Sebelum (Rp)": row["sebelum"],
            "Sesudah (Rp)": row["sesudah"],
            "Bertambah/(Berkurang) (Rp)": row["net"],
        }
        for _, row in every.head(TOP).iterrows()
    ]


def _refilled(files: Files, shift: pd.DataFrame) -> pd.DataFrame:
    if "perubahan" not in files.stages:
        return shift.iloc[:0]
    later = of(files, city(files.workspace).between("pergeseran", "perubahan")).assign(tahap="Perubahan APBD")
    nets = [rows[rows["sasaran"]].groupby("kelompok")["net"].sum() for rows in (shift, later)]
    base = shift[shift["sasaran"]].groupby("kelompok")["sebelum"].sum()
    fell = {name for name, net in nets[0].items() if net < 0 and -net >= 0.15 * base[name]}
    groups = {name for name, now in nets[1].items() if now > 0 and name in fell}
    return later[later["sasaran"] & later["kelompok"].isin(groups) & (later["tambah"] > 0)]


def _moved(line: pd.Series, rows: pd.DataFrame) -> bool:
    same = rows[(rows["tambah"] == line["kurang"]) & (line["sesudah"] == 0) & (line["kurang"] > 0)]
    near = (same["KODE REKENING"] == line["KODE REKENING"]) | (same["KODE SUB KEGIATAN"] == line["KODE SUB KEGIATAN"])
    return bool(near.any())


def year_rows(files: Files) -> Rows:
    month, rows = 3 * files.quarter, []
    for year in (YEAR - 1, YEAR):
        end = files.end.replace(year=year)
        stages = [
            item["kode"] for item in files.config["tahap"] if item["tahun"] == year and item["berlaku_mulai"] <= end
        ]
        first, last = (int(files.sipd(f"rekap5_{year}_{code}")["PAGU"].sum()) for code in (stages[0], stages[-1]))
        spent = city(files.workspace).spent(year, month)
        spent = int(spent.loc[spent["KODE SKPD"] == files.identity["Kode OPD"], "RP"].sum())
        rows.append({"Tahun": year, "Pagu murni (Rp)": first, "Pagu terakhir (Rp)": last, "Realisasi (Rp)": spent,
                     "dari murni (%)": 100 * spent / first, "dari terakhir (%)": 100 * spent / last})  # fmt: skip
    return rows


def peer_dots(files: Files) -> dict[str, Shown]:
    every = {short: _standing(Files(files.workspace, short, files.quarter)) for short in _kind(files)}
    shown = {f"OPD {_jenis(files.short)}": whole(len(every))}
    for place, name in enumerate(
        ("perjalanan dinas terhadap murni", "pagu terakhir terhadap murni", "penyerapan", "rata-rata capaian")
    ):
        field = [row[place] for row in every.values() if row[place] is not None]
        own = every[files.short][place]
        if len(field) > 3 and own is not None:
            shown |= {f"{name}, OPD ini": percent(own), f"{name}, median sejenis": percent(median(field))}
    return shown


def _standing(files: Files) -> tuple[float | None, ...]:
    first, *_, last = budget.ceilings(files).values()
    achieved = [item.current for item in indicators(files) if item.current is not None]
    return (
        budget.travel_rows(files)[-1]["%"],
        100 * (last / first - 1),
        100 * budget.to_date(files.spent(), files) / last,
        fmean(achieved) if achieved else None,
    )


@cache
def _kinds() -> dict[str, str]:
    return dict(pd.read_csv(SAMPLE)[["id", "jenis"]].itertuples(index=False))


def _jenis(short: str) -> str:
    return _kinds()[short.split("-")[-1]]


def _kind(files: Files) -> list[str]:
    names = sorted((files.workspace / "kiriman").glob(f"ISIAN_{YEAR}_TW3_*_CONTOH.xlsx"))
    shorts = [path.stem.split("_")[3] for path in names]
    return [short for short in shorts if _jenis(short) == _jenis(files.short)]

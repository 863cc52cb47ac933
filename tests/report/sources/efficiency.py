"""What the page on budget efficiency must show for the whole city, from the received files with plain pandas."""

import math
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pandas as pd
from report.sources import budget
from report.sources.files import YEAR, Files, sheet
from report.sources.words import Said, percent, plain, rupiah, say, whole

Rows = list[dict[str, Any]]
REFERENCE = Path(__file__).parents[3] / "pkanalysis" / "reference"
KEY = ["KODE SKPD", "KODE SUB UNIT", "KODE SUB KEGIATAN", "KODE REKENING", "KODE SUMBER DANA"]
LINE = ["NAMA SKPD", "NAMA SUB KEGIATAN", "NAMA REKENING", "KODE PROGRAM", "NAMA PROGRAM"]
UNSTATED = "(sebab belum diisi)"
SECTORS = {
    "pendidikan": "Pendidikan", "kesehatan": "Kesehatan", "infrastruktur_sanitasi": "Infrastruktur dan sanitasi",
    "inflasi_pangan": "Pengendalian inflasi dan harga pangan", "cadangan_pangan": "Cadangan pangan",
    "lainnya": "Lainnya",
}  # fmt: skip
MEETINGS = ("5.1.02.04.01.0004", "5.1.02.04.01.0005", "5.1.02.02.05.0009", "5.1.02.02.05.0043", "5.1.02.02.12.0002")
STAGES = {"DPA murni": "murni", "Pergeseran": "pergeseran", "DPPA": "perubahan"}


@dataclass(frozen=True)
class City:
    """All that was received about the budget of the whole city in 2025."""

    workspace: Path

    @property
    def config(self) -> dict[str, Any]:
        return Files(self.workspace, "SETWAN", 3).config

    def sipd(self, name: str, header: int = 0) -> pd.DataFrame:
        return sheet(self.workspace / "kiriman" / f"{name}_CONTOH.xlsx", header=header)

    @cached_property
    def lines(self) -> pd.DataFrame:
        """One row per line with its names, and a column of rupiah per stage; 0 where the line is not there."""
        stages = ("murni", "pergeseran", "perubahan")
        rows = pd.concat([self.sipd(f"rekap5_{YEAR}_{stage}").assign(tahap=stage) for stage in stages])
        wide = rows.pivot_table(index=KEY, columns="tahap", values="PAGU", aggfunc="sum", fill_value=0).astype("int64")
        names = rows.drop_duplicates(KEY, keep="last").set_index(KEY)[LINE]
        return wide.join(names).reset_index()

    @cached_property
    def step(self) -> pd.DataFrame:
        """Murni to pergeseran."""
        return self.between("murni", "pergeseran")

    def between(self, before: str, after: str) -> pd.DataFrame:
        rows = self.lines.rename(columns={before: "sebelum", after: "sesudah"})
        rows = rows[rows[["sebelum", "sesudah"]].any(axis=1)].reset_index(drop=True)
        net = rows["sesudah"] - rows["sebelum"]
        kinds = budget.by_account(rows["KODE REKENING"])
        stated = self.causes.get((before, after), {})
        keys = zip(rows["KODE SKPD"], rows["KODE SUB KEGIATAN"], rows["KODE REKENING"], strict=True)
        said = pd.Series([stated.get(key, "") for key in keys]).where(net != 0, "")
        forced = (net < 0) & (said == "") & rows["KODE SUMBER DANA"].map(is_transfer)
        silent = (net < 0) & (said == "") & ~forced & kinds["sasaran"]
        said = said.mask(forced, f"TKD menurut sumber dana {UNSTATED}")
        said = said.mask(silent, f"Berkurang pada pos sasaran Inpres {UNSTATED}")
        return rows.assign(
            net=net,
            kurang=(-net).clip(lower=0),
            tambah=net.clip(lower=0),
            sebab=said,
            tkd=said.str.startswith("TKD"),
            bidang=rows["KODE SUB KEGIATAN"].map(sector),
            perjalanan=rows["KODE REKENING"].str.startswith("5.1.02.04."),
            **kinds,
        )

    @cached_property
    def causes(self) -> dict[tuple[str, str], dict[tuple[str, str, str], str]]:
        """What the OPD filled in, in the words of the form, by step and by OPD, sub kegiatan and account."""
        found: dict[tuple[str, str], dict[tuple[str, str, str], str]] = {}
        for path in sorted((self.workspace / "kiriman").glob(f"ISIAN_{YEAR}_TW?_*.xlsx")):
            identity = sheet(path, "1_IDENTITAS", 4).set_index("Uraian")["Isian"]
            rows = sheet(path, "8_PERUBAHAN_ANGGARAN", 4)
            for _, row in rows[rows["Kode sub kegiatan"] != "CONTOH"].dropna(subset=["Sebab"]).iterrows():
                step = (STAGES[row["Tahap sebelum"]], STAGES[row["Tahap sesudah"]])
                place = (identity["Kode OPD"], row["Kode sub kegiatan"], row["Kode rekening"])
                found.setdefault(step, {})[place] = row["Sebab"]
        return found

    def spent(self, year: int, until: int) -> pd.DataFrame:
        """Net spending per SKPD and account to the end of a month."""
        rows = self.sipd(f"laporan_realisasi_{year}", header=4 if year == YEAR else 0)
        moment = rows["Tanggal Transfer"].where(rows["Jenis Transaksi"] == "LS", rows["Tanggal Dokumen"])
        rows = rows.assign(bulan=moment.map(month), rp=rows["Nilai Realisasi"] - rows["Nilai Setoran"])
        return rows[rows["bulan"] <= until].rename(columns=str.upper)


def month(moment: Any) -> int:
    names = ["januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober",
             "november", "desember"]  # fmt: skip
    words = str(moment).lower().split()
    return names.index(words[1]) + 1 if len(words) == 3 and words[1] in names else pd.to_datetime(moment).month


@cache
def prefixes(file: str, column: str) -> dict[str, str]:
    rows = pd.read_csv(REFERENCE / file, dtype=str, keep_default_na=False)
    return dict(zip(rows["kode_prefix"], rows[column], strict=True))


def longest(code: str, known: dict[str, str], otherwise: str) -> str:
    found = [prefix for prefix in known if f"{code}.".startswith(f"{prefix}.")]
    return known[max(found, key=len)] if found else otherwise


@cache
def is_transfer(source: str) -> bool:
    return bool(longest(str(source), prefixes("sumber_dana_tkd.csv", "jenis"), ""))


@cache
def sector(activity: str) -> str:
    return longest(activity, prefixes("bidang_prioritas.csv", "sektor"), "lainnya")


def amounts(rows: pd.DataFrame) -> dict[str, Any]:
    return budget.amounts(rows)


def grouped(rows: pd.DataFrame, by: str, label: str, total: str = "Jumlah") -> Rows:
    found = [{label: name} | amounts(own) for name, own in rows.groupby(by)]
    return [*found, {label: total} | amounts(rows)]


def office_rows(city: City) -> Rows:
    forced = city.step["kurang"].where(city.step["tkd"], 0)
    rows = grouped(city.step, "NAMA SKPD", "SKPD")
    sums = forced.groupby(city.step["NAMA SKPD"]).sum()
    return [row | {"di antaranya TKD (Rp)": int(sums.get(row["SKPD"], forced.sum()))} for row in rows]


def sector_rows(city: City) -> Rows:
    words = {True: "penggunaan neto", False: "sumber neto"}
    rows = grouped(city.step.assign(nama=city.step["bidang"].map(SECTORS)), "nama", "Bidang")
    nets = [row["Bertambah/(Berkurang) (Rp)"] for row in rows]
    return [
        row | {"Neto": "" if row["Bidang"] == "Jumlah" else words[net > 0]} for row, net in zip(rows, nets, strict=True)
    ]


def reason_rows(city: City) -> Rows:
    rows = city.step[city.step["net"] != 0]
    return grouped(
        rows.assign(sebab=rows["sebab"].replace("", "Belum diisi OPD")), "sebab", "Sebab", "Jumlah baris yang berubah"
    )


def point_rows(city: City) -> Rows:
    """The seven points: decreases by transfer in the seventh only, what is certain apart."""
    step = city.step
    rules = {code: budget.rule(code) for code in step["KODE REKENING"].unique()}
    based = step["KODE REKENING"].map(lambda code: rules[code]["dasar"]).str.extract(r"diktum KEEMPAT angka (\d)")[0]
    certain = step["KODE REKENING"].map(lambda code: rules[code]["keyakinan"])
    counted = certain.isin(["pasti", "taksiran", "perlu_telaah"])
    chosen = step["kurang"].where(~step["tkd"], 0)
    rows = []
    for number in (1, 2, 3, 4, 6):
        own = (based == str(number)) & counted
        parts = chosen[own].groupby(certain[own]).sum()
        parts = [
            (name.replace("_", " "), int(parts[name]))
            for name in ("pasti", "taksiran", "perlu_telaah")
            if parts.get(name)
        ]
        words = say(" · ".join(f"{name} {{}}" for name, _ in parts), *(rupiah(amount) for _, amount in parts))
        rows.append(_point(step[own], number, int(chosen[own].sum()), words if parts else "tidak ada pengurangan"))
    limited, every = sum(row["Pengurangan (Rp)"] for row in rows), int(chosen.sum())
    transfer = step[step["KODE SUMBER DANA"].map(is_transfer) | (step["tkd"] & (step["net"] < 0))]
    forced = int(step.loc[step["tkd"], "kurang"].sum())
    return [
        *rows,
        {"Ketentuan": "Jumlah pengurangan pada pos yang diminta dibatasi", "Pengurangan (Rp)": limited},
        {"Ketentuan": "Pengurangan lain, di luar ketujuh butir", "Pengurangan (Rp)": every - limited},
        {"Ketentuan": "Jumlah pilihan daerah", "Pengurangan (Rp)": every},
        _point(transfer, 7, forced, "menurut sumber dana atau isian OPD"),
        {"Ketentuan": "Jumlah pengurangan", "Pengurangan (Rp)": every + forced},
    ]


def _point(rows: pd.DataFrame, number: int, decrease: int, certainty: Said | str) -> dict[str, Any]:
    sums = amounts(rows)
    names = ("Sebelum (Rp)", "Sesudah (Rp)", "Penambahan (Rp)", "%")
    return {"Angka": number, "Pengurangan (Rp)": decrease, "Keyakinan data": certainty} | {
        name: sums[name] for name in names
    }


def travel(city: City) -> pd.DataFrame:
    own = city.lines[city.lines["KODE REKENING"].str.startswith("5.1.02.04.")]
    sums = own.groupby("NAMA SKPD")[["murni", "pergeseran", "perubahan"]].sum()
    return pd.concat([sums, sums.sum().to_frame("Jumlah").T])


def travel_rows(city: City) -> Rows:
    tolerance, spent = city.config["efisiensi"]["toleransi_rp"], trips_spent(city)
    return [
        _travel(name, *map(int, row), tolerance)
        | {"Realisasi s.d. TW III (Rp)": spent[name], "% murni": 100 * spent[name] / int(row[0])}
        for name, row in zip(travel(city).index, travel(city).to_numpy(), strict=True)
    ]


def trips_spent(city: City) -> dict[str, int]:
    spent = city.spent(YEAR, 9)
    spent = spent[spent["KODE REKENING"].str.startswith("5.1.02.04.")].groupby("NAMA SKPD")["RP"].sum()
    return {name: int(spent.get(name, spent.sum())) for name in travel(city).index}


def _travel(name: str, base: int, shifted: int, last: int, tolerance: int) -> dict[str, Any]:
    limit, half = base // 2, percent(50, 0)
    state = say("mencapai {}", half)
    if last > limit + tolerance:
        state = say("belum {}, selisih {}", half, rupiah(last - limit))
        if shifted <= limit + tolerance:
            state = say(
                "mencapai {} pada {}, kemudian bertambah {} pada {} sehingga turun {}; selisih {}",
                half, plain("Pergeseran"), rupiah(last - shifted), plain("Perubahan APBD"),
                percent(100 * (base - last) / base), rupiah(last - limit),
            )  # fmt: skip
    return {
        "SKPD": name, "Pagu murni (Rp)": base, "Pergeseran (Rp)": shifted, "Perubahan APBD (Rp)": last,
        "%": 100 * (last - base) / base, "Keadaan pagu": state,
    }  # fmt: skip


def realised_rows(city: City) -> Rows:
    return [{"SKPD": name, "Realisasi (Rp)": rp} for name, rp in trips_spent(city).items()]


def changed(city: City, keys: list[str]) -> pd.DataFrame:
    """The rows of the groups in which any line changed."""
    return city.step[(city.step["net"] != 0).groupby([city.step[key] for key in keys]).transform("any")]


def account_rows(city: City) -> Rows:
    rows = changed(city, ["KODE REKENING"])
    return grouped(rows.assign(nama=named(rows, "REKENING")), "nama", "Rekening")


def programme_rows(city: City) -> Rows:
    rows = changed(city, ["KODE SKPD", "KODE PROGRAM"])
    groups = rows.assign(nama=named(rows, "PROGRAM")).groupby(["NAMA SKPD", "nama"])
    found = [{"SKPD": office, "Program": name} | amounts(own) for (office, name), own in groups]
    return [*found, {"SKPD": "Jumlah", "Program": ""} | amounts(rows)]


def named(rows: pd.DataFrame, what: str) -> pd.Series:
    return rows[f"KODE {what}"] + " " + rows[f"NAMA {what}"].str.split().str.join(" ")


def hidden(city: City) -> str:
    """What stands under every table."""
    step = city.step
    blind = int(step.loc[step["keyakinan"] == "tidak terurai", "sesudah"].sum())
    goods = int(step.loc[step["KODE REKENING"].str.startswith("5.1.02."), "sesudah"].sum())
    share = percent(100 * blind / goods).text
    return f"Tidak terurai pada rekening BOS/BOSP/BOK/BLUD: {rupiah(blind).text} ({share} belanja barang dan jasa)."


def rate_rows(city: City) -> Rows:
    """Local rates at both later stages: the city, and how many SKPD reach them."""
    rates = {name: rate for name, rate in city.config["efisiensi"]["tarif"].items() if name != "perjalanan_dinas"}
    kinds = {code: budget.rule(code) for code in city.lines["KODE REKENING"].unique()}
    rows = []
    for name, rate in rates.items():
        is_own = city.lines["KODE REKENING"].map(
            lambda code, name=name: (
                kinds[code]["kategori"] == name and kinds[code]["keyakinan"] in ("pasti", "taksiran")
            )
        )
        sums = city.lines[is_own].groupby("KODE SKPD")[["murni", "pergeseran", "perubahan"]].sum()
        limit = sums["murni"].map(lambda base, rate=rate: base * round(100 - 100 * rate) // 100)
        for code, stage in (("pergeseran", "Pergeseran"), ("perubahan", "Perubahan APBD")):
            short = sums[code] > limit + city.config["efisiensi"]["toleransi_rp"]
            rows.append({
                "Tahap": stage, "Tarif lokal": 100 * rate, "Pagu murni (Rp)": int(sums["murni"].sum()),
                "Pagu tahap ini (Rp)": int(sums[code].sum()),
                "SKPD mencapai tarif": say("{} dari {}", whole(int((~short).sum())), whole(len(sums))),
                "Jumlah selisih (Rp)": int((sums[code] - limit)[short].sum()),
            })  # fmt: skip
    return rows


def addition_rows(city: City) -> Rows:
    risen = city.step[city.step["tambah"] > 0]
    rows = [
        {
            "SKPD": own["NAMA SKPD"].iloc[0],
            "Sub kegiatan": f"{activity} {' '.join(own['NAMA SUB KEGIATAN'].iloc[-1].split())}",
            "Penambahan (Rp)": int(own["tambah"].sum()),
            "pada pos yang diminta dibatasi (Rp)": int(own.loc[own["sasaran"], "tambah"].sum()),
            "pada baris baru (Rp)": int(own.loc[own["sebelum"] == 0, "tambah"].sum()),
            "Prioritas SE": _priority(activity),
        }
        for (_, activity), own in risen.groupby(["KODE SKPD", "KODE SUB KEGIATAN"])
    ]
    rows.sort(key=lambda row: -row["Penambahan (Rp)"])
    return [*rows, {"SKPD": "Jumlah", "Penambahan (Rp)": int(risen["tambah"].sum())}]


def _priority(activity: str) -> str:
    if sector(activity) == "lainnya":
        return "tidak"
    return "ya, program penunjang" if activity.split(".")[2] == "01" else "ya"


def turnover_rows(city: City) -> Rows:
    levels = {
        "baris belanja": KEY, "rekening": ["KODE REKENING"], "sub kegiatan": ["KODE SUB KEGIATAN"],
        "SKPD": ["KODE SKPD"], "bidang SE": ["bidang"],
    }  # fmt: skip
    rows = []
    for name, keys in levels.items():
        nets = city.step.groupby(keys)["net"].sum()
        up, down = int(nets[nets > 0].sum()), int(-nets[nets < 0].sum())
        rows.append({
            "Tingkat": name, "Berkurang (Rp)": down, "Bertambah (Rp)": up, "Bruto (Rp)": up + down,
            "Neto (Rp)": up - down, "Perputaran (Rp)": 2 * min(up, down),
        })  # fmt: skip
    return rows


def refill_rows(city: City) -> Rows:
    """Target groups that fell by 15 % or more at the shift and rose at the revision, net per SKPD."""
    steps = [city.step, city.between("pergeseran", "perubahan")]
    groups = [own[own["sasaran"]].groupby(["NAMA SKPD", "kelompok"]) for own in steps]
    parts = [groups[0]["sebelum"].sum(), *(own["net"].sum() for own in groups)]
    both = pd.concat(parts, axis=1, keys=["murni", "dulu", "kini"]).fillna(0).astype("int64")
    return [
        {"SKPD": name, "Kelompok pos": group, "Dipotong s.d. tahap sebelumnya (Rp)": -row["dulu"],
         "% dari pagu murni": 100 * -row["dulu"] / row["murni"], "Naik lagi (Rp)": row["kini"],
         "% dari yang dipotong": 100 * row["kini"] / -row["dulu"]}
        for (name, group), row in both.iterrows()
        if row["dulu"] < 0 < row["kini"] and -row["dulu"] >= 0.15 * row["murni"]
    ]  # fmt: skip


def leak_rows(city: City) -> Rows:
    trips = city.step["perjalanan"] & ~city.step["KODE REKENING"].isin(MEETINGS)
    meetings = city.step["KODE REKENING"].isin(MEETINGS)
    rows = []
    for name, own in city.step.groupby("NAMA SKPD"):
        fall, rise = -int(own.loc[trips, "net"].sum()), int(own.loc[meetings, "net"].sum())
        if fall > 0 and rise > 0 and rise / fall >= 0.1:
            rows.append({"SKPD": name, "Perjalanan turun (Rp)": fall, "Pos pengganti naik (Rp)": rise})
    return rows


def decomposition_rows(city: City) -> Rows:
    """The parts on either base, per SKPD."""
    labels = {
        "sebelum": ["Perubahan umum kota (Rp)", "Susunan belanja (Rp)", "Khusus SKPD (Rp)"],
        "sesudah": [f"{part}, dasar sesudah (Rp)" for part in ("Umum", "Susunan", "Khusus")],
    }
    both = [parts_on(city.step, base).set_axis(names, axis=1) for base, names in labels.items()]
    sums = pd.concat(both, axis=1)
    return [
        {"SKPD": name} | dict(zip(sums, map(float, row), strict=True))
        for name, row in zip(sums.index, sums.to_numpy(), strict=True)
    ]


def parts_on(step: pd.DataFrame, base: str) -> pd.DataFrame:
    groups = step["KODE REKENING"].map(lambda code: budget.rule(code)["kategori"])
    general = step["net"].sum() / step[base].sum()
    by_group = step.groupby(groups)[["net", base]].sum()
    rate = groups.map(by_group["net"] / by_group[base])
    cells = pd.DataFrame({
        "umum": step[base] * general, "susunan": step[base] * (rate - general), "khusus": step["net"] - step[base] * rate,
    })  # fmt: skip
    return cells.groupby(step["NAMA SKPD"]).sum()


def status_rows(city: City) -> Rows:
    words = {(True, True): "Baru", (True, False): "Baru", (False, True): "Tidak dianggarkan lagi"}
    kinds = [
        words.get((first == 0, last == 0), "Tetap" if first == last else "Berubah")
        for first, last in zip(city.step["sebelum"], city.step["sesudah"], strict=True)
    ]
    rows = city.step.assign(nama=kinds)
    found = grouped(rows, "nama", "Baris")
    return [row | {"Banyaknya": int((rows["nama"] == row["Baris"]).sum()) or len(rows)} for row in found]


def concentration_rows(city: City) -> Rows:
    down = city.step["kurang"].where(~city.step["tkd"], 0).groupby(city.step["KODE SKPD"]).sum()
    up = city.step.groupby("KODE SKPD")["tambah"].sum()
    return [_spread("Pengurangan pilihan daerah", down), _spread("Penambahan", up)]


def _spread(name: str, values: pd.Series) -> dict[str, Any]:
    shares, n = (values / values.sum()).tolist(), len(values)
    pairs = sum(abs(one - other) for one in shares for other in shares)
    theil = sum(share * math.log(n * share) for share in shares if share)
    return {
        "Yang dihitung": name,
        "SKPD": n,
        "HHI": sum(share**2 for share in shares),
        "Gini": pairs / (2 * n),
        "Theil": theil,
    }


def announced_rows(city: City) -> Rows:
    rated = list(city.config["efisiensi"]["tarif"])
    group = city.step["KODE REKENING"].map(lambda code: budget.rule(code)["kategori"])
    own = city.step[city.step["sasaran"] & group.isin(rated) & ~city.step["tkd"]]
    found = {
        "pengurangan_bertarif": int(own["kurang"].sum()),
        "perjalanan_sesudah": int(city.step.loc[city.step["perjalanan"], "sesudah"].sum()),
        "penambahan": int(city.step["tambah"].sum()),
    }
    return [
        {"Yang diumumkan": entry["uraian"], "Diumumkan (Rp)": entry["nilai_rp"], "Pada laporan ini (Rp)": found[entry["ukuran"]],
         "Selisih (Rp)": found[entry["ukuran"]] - entry["nilai_rp"]}
        for entry in city.config["pengumuman"]
    ]  # fmt: skip


def pace_rows(city: City) -> Rows:
    """The same month of every year on both ceilings in force then."""
    rows = []
    for year in (2023, 2024, 2025):
        first, last = (int(city.sipd(f"rekap5_{year}_{stage}")["PAGU"].sum()) for stage in ("murni", "perubahan"))
        spent = int(city.spent(year, 9)["RP"].sum())
        rows.append({
            "Tahun": year, "Pagu murni (Rp)": first, "Pagu terakhir (Rp)": last, "Realisasi (Rp)": spent,
            "dari murni (%)": 100 * spent / first, "dari terakhir (%)": 100 * spent / last,
        })  # fmt: skip
    return rows


def sentences(city: City) -> list[Said]:
    step = city.step
    before, after, down, up = (int(step[name].sum()) for name in ("sebelum", "sesudah", "kurang", "tambah"))
    forced = int(step.loc[step["tkd"], "kurang"].sum())
    stated = int(step.loc[step["sebab"] == "Inpres 1/2025", "kurang"].sum())
    silent = int(step.loc[step["sebab"] == f"Berkurang pada pos sasaran Inpres {UNSTATED}", "kurang"].sum())
    base, shifted, _ = (int(amount) for amount in travel(city).loc["Jumlah"])
    offices = travel(city).drop("Jumlah")
    short = offices["pergeseran"] - offices["murni"] // 2
    short = short[short > city.config["efisiensi"]["toleransi_rp"]]
    by_sector = step.groupby("bidang")["tambah"].sum().sort_values(ascending=False)
    names = [budget_word(SECTORS[name]) for name in by_sector.index]
    limited = step[step["sasaran"] & (step["tambah"] > 0)]
    carried = step["kurang"].where(~step["tkd"], 0).groupby(step["NAMA SKPD"]).sum().sort_values(ascending=False)
    return [
        say(
            "Belanja daerah berubah dari {} menjadi {}: berkurang {} dan bertambah {}, bersih turun {} ({}), dihitung "
            "kotor pada tingkat baris belanja.",
            rupiah(before), rupiah(after), rupiah(down), rupiah(up), rupiah(before - after),
            percent(100 * (before - after) / before),
        ),
        say(
            "Dari pengurangan {}, {} adalah pilihan daerah dan {} penyesuaian TKD (KMK 29/2025). Bagian TKD tidak dapat "
            "dialihkan. Menurut isian OPD {} dihemat karena Inpres 1/2025. {} berkurang pada pos sasaran Inpres tanpa "
            "sebab yang diisi.",
            rupiah(down), rupiah(down - forced), rupiah(forced), rupiah(stated), rupiah(silent),
        ),
        say(
            "Perjalanan dinas turun {} dari pagu murni ({} menjadi {}). {} dari {} SKPD mencapai {}; {} SKPD belum {}, "
            "jumlah selisih {}.",
            percent(100 * (base - shifted) / base), rupiah(base), rupiah(shifted), whole(len(offices) - len(short)),
            whole(len(offices)), percent(50, 0), whole(len(short)), percent(50, 0), rupiah(int(short.sum())),
        ),
        say(
            "Penambahan {}: " + "; ".join(f"{name} {{}}" for name in names) + ". {} di {} SKPD berada pada pos yang "
            "diminta dibatasi.",
            rupiah(up), *(rupiah(int(amount)) for amount in by_sector), rupiah(int(limited["tambah"].sum())),
            whole(limited["KODE SKPD"].nunique()),
        ),
        say(
            "{} SKPD menyumbang {} pengurangan pilihan daerah, terbesar {} ({}).",
            whole(3), percent(100 * carried.iloc[:3].sum() / carried.sum(), 0), plain(carried.index[0]),
            rupiah(int(carried.iloc[0])),
        ),
    ]  # fmt: skip


def budget_word(name: str) -> str:
    return name[0].lower() + name[1:]


TABLES = {
    "tujuh-angka": point_rows, "perjalanan": travel_rows, "realisasi-perjalanan": realised_rows,
    "tarif-lokal": rate_rows, "per-skpd": office_rows, "bidang": sector_rows, "perputaran": turnover_rows,
    "sebab": reason_rows, "penambahan": addition_rows, "naik-lagi": refill_rows, "pengganti": leak_rows,
    "dekomposisi": decomposition_rows, "pemusatan": concentration_rows, "pengumuman": announced_rows,
    "bulan-sama": pace_rows, "rekening": account_rows, "program": programme_rows,
    "status-baris": status_rows,
}  # fmt: skip

"""The murni budget of 2025: the lines, the saving of 44 miliar shared out, and the rupiah of every line.

Three published figures hold at once. Press figures on the city that Kota Contoh is shaped after: 44 miliar in total,
more than 13 miliar in Sekretariat DPRD, less than 1 miliar in every other office. They leave little
room, which is why kecamatan carry 0.40-0.60 miliar here: an artefact, not a finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from pkanalysis.sample.catalogue import offices, read, round_to, split, stream

TRAVEL = ("perjalanan_luar", "perjalanan_dalam")
OFFICE = ("makan_minum", "atk", "publikasi")
TARGET = TRAVEL + OFFICE
"""Roles whose accounts belong to the target categories of the saving, with certainty pasti or taksiran."""
MEETING = "pertemuan"
"""Role of rented halls, hotels and sosialisasi: they may take the place of travel, so that only a plant moves them."""


@cache
def structure() -> pd.DataFrame:
    """All lines that exist at any stage, in the order of the budget document.

    Columns are those of table ``anggaran`` without year, stage and amount, plus the urusan, ``id`` of the
    SKPD, ``peran`` (what the account is to the saving), ``bobot`` (relative size) and
    ``sejak`` (the stage of 2025 at which the line first appears).
    """
    everyone = offices()
    groups = {"SEMUA": list(everyone.index), "KECAMATAN": list(everyone.index[everyone["jenis"] == "kecamatan"])}
    uses = read("sub_kegiatan").assign(id=lambda rows: [groups.get(who, who.split()) for who in rows["opd"]])
    uses = uses.explode("id").drop(columns="opd").merge(everyone.reset_index(), on="id")
    field = read("bidang").set_index("kode")["nama"]
    code, unit, is_own = uses["kode"], uses["sub_unit"].str.partition(":"), uses["sub_unit"] == ""
    code = code.where(~code.str.startswith("X.XX"), uses["kode_opd"].str[1:5] + code.str[4:])
    uses = uses.assign(
        kode_sub_unit=uses["kode_opd"].where(is_own, uses["kode_opd"].str[:-4] + unit[0]),
        nama_sub_unit=uses["nama_opd"].where(is_own, unit[2]),
        kode_bidang_urusan=code.str[:4],
        nama_bidang_urusan=code.str[:4].map(field),
        kode_urusan=code.str[0],
        nama_urusan=code.str[0].map(field),
        kode_program=code.str[:7],
        kode_kegiatan=code.str[:12],
        kode_sub_kegiatan=code,
    ).rename(columns={"program": "nama_program", "kegiatan": "nama_kegiatan", "sub_kegiatan": "nama_sub_kegiatan"})

    lines = uses.merge(read("pola"), on="pola").merge(read("rekening"), on="kode_rekening")
    lines = lines.merge(read("sumber_dana"), on="kode_sumber_dana").merge(read("paket"), on="pola", how="left")
    order = {office: place for place, office in enumerate(everyone.index)}
    lines = lines.assign(
        order=lines["id"].map(order), bobot=lines["bobot"].astype(float),
        paket=lines["paket"].fillna("Kelompok belanja (contoh)"), kode_rekening_asli=lines["kode_rekening"],
    )  # fmt: skip
    keys = ["order", "kode_sub_kegiatan", "kode_sub_unit", "kode_rekening", "kode_sumber_dana"]
    unused = ["order", "sub_unit", "pola", "kode", "singkatan", "jenis", "sektor_prioritas"]
    return lines.sort_values(keys, ignore_index=True).drop(columns=unused)


SAVING = 44_000_000_000
TRAVEL_OUTSIDE, TRAVEL_INSIDE = 58_000_000_000, 16_000_000_000
TRAVEL_CUT = 37_000_000_000
SETWAN_SAVING = 13_900_000_000
DINSOS_OUTSIDE, DINSOS_INSIDE = 799_920_000, 312_250_000

SHORT_OF_HALF = {"BAPPEDA": 0.44, "DISHUB": 0.41, "PARBUD": 0.46, "KEC03": 0.38}
"""Planted: offices that cut travel by less than 50 %; Setwan cuts more, so that the city is at 50 %."""


@dataclass(frozen=True)
class Share:
    """The part of one office, in rupiah.

    ``luar`` and ``dalam`` are travel at murni (outside and inside the city), ``potong_luar`` and
    ``potong_dalam`` what is cut of it; ``potong_kantor`` is the cut of makan-minum, ATK and
    publikasi, a quarter of their base at murni; the three cuts add up to ``hemat``.
    """

    hemat: int
    luar: int
    dalam: int
    potong_luar: int
    potong_dalam: int
    potong_kantor: int


@cache
def allocation() -> dict[str, Share]:
    """The saving by ``id`` of the office.

    Examples
    --------
    >>> sum(share.hemat for share in allocation().values())
    44000000000
    >>> 4 * sum(share.potong_kantor for share in allocation().values())
    28000000000
    """
    draw, everyone = stream("hemat"), offices()
    small = everyone["jenis"].eq("kecamatan").to_numpy()
    miliar = np.where(small, draw.uniform(0.43, 0.57, len(everyone)), draw.uniform(0.775, 0.895, len(everyone)))
    chosen = pd.Series(round_to(miliar * 1e9, 1000), index=everyone.index)
    chosen["SETWAN"] = SETWAN_SAVING
    others = chosen.index[~small & (chosen.index != "SETWAN")]  # they make up for what is missing or too much
    left = SAVING - int(chosen.sum())
    chosen[others] += int(np.sign(left)) * split(abs(left), np.ones(len(others)))

    # travel at murni, an even number of thousands: Dinsos as published, Setwan what the others leave of 74 miliar
    share = stream("porsi perjalanan").uniform(0.78, 0.87, len(chosen))
    travel = pd.Series(round_to(2 * chosen * share, 20_000), index=chosen.index)
    travel["DINSOS"] = DINSOS_OUTSIDE + DINSOS_INSIDE
    travel["SETWAN"] = TRAVEL_OUTSIDE + TRAVEL_INSIDE - int(travel.drop("SETWAN").sum())
    rest = (travel * stream("luar kota").uniform(0.95, 1.05, len(travel))).drop("DINSOS")
    outside = pd.Series(DINSOS_OUTSIDE, index=travel.index)  # the part of travel that leaves the city
    outside[rest.index] = split(TRAVEL_OUTSIDE - DINSOS_OUTSIDE, rest, 2000)
    inside = travel - outside

    rates = pd.Series(SHORT_OF_HALF).reindex(travel.index).fillna(0.5)
    cut_inside = inside // 2
    cut_outside = pd.Series(round_to(travel * rates, 1000), index=travel.index) - cut_inside
    cut_outside["SETWAN"] += TRAVEL_CUT - int(cut_outside.sum() + cut_inside.sum())
    columns = (chosen, outside, inside, cut_outside, cut_inside, chosen - cut_outside - cut_inside)
    return {str(office): Share(*(int(column[office]) for column in columns)) for office in chosen.index}


MURNI = 1_930_724_471_000
BTT = 36_500_000_000
SIMILAR = 40_000_000
"""Rupiah per line of accounts like makan-minum that the cut rate does not touch (natura, daya tahan tubuh)."""


@cache
def amounts() -> pd.Series:
    """Murni per line of :func:`structure`, in whole thousands of rupiah; 0 for lines that come later."""
    lines, draw = structure(), stream("murni")
    lines = lines.assign(bobot=lines["bobot"] * draw.lognormal(0, 0.25, len(lines)), murni=0)
    everyone = offices()
    budget = everyone["pagu_juta"] * 1_000_000
    budget["DPUPR"] += MURNI - int(budget.sum())  # what the others leave of the total
    for office, own in lines[lines["sejak"] == "murni"].groupby("id", sort=False):
        saving = allocation()[str(office)]
        similar = SIMILAR * int(((lines["id"] == office) & (lines["peran"] == "sejenis")).sum())
        contingency = BTT if office == "BPKAD" else 0
        plain = int(budget[office]) - saving.luar - saving.dalam - 4 * saving.potong_kantor - similar - contingency
        staff, capital = (
            plain * int(everyone[name][office]) // 100_000 * 1000 for name in ("pegawai_pct", "modal_pct")
        )
        pots: list[tuple[tuple[str, ...], int, int]] = [  # roles, rupiah, unit; the last takes the rest
            (("perjalanan_luar",), saving.luar, 2000),
            (("perjalanan_dalam",), saving.dalam, 2000),
            (OFFICE, 4 * saving.potong_kantor, 4000),
            (("sejenis",), similar, 1000),
            (("btt",), contingency, 1000),
            (("pegawai",), staff, 1000),
            (("modal",), capital, 1000),
            (("barang_jasa", "pertemuan", "tidak_terurai", "tidak_dikenal"), plain - staff - capital, 1000),
        ]
        for roles, total, unit in pots:
            pot = own[own["peran"].isin(roles)]
            if len(pot):
                lines.loc[pot.index, "murni"] = split(total, pot["bobot"], unit)
    return lines["murni"]

"""The budget lines: SKPD x sub unit x sub kegiatan x rekening x sumber dana, without amounts."""

from __future__ import annotations

from functools import cache

import pandas as pd

from pkanalysis.sample.catalogue import read
from pkanalysis.sample.organisation import offices

TRAVEL = ("perjalanan_luar", "perjalanan_dalam")
OFFICE = ("makan_minum", "atk", "publikasi")
TARGET = TRAVEL + OFFICE
"""Roles whose accounts belong to the target categories of the saving, with certainty pasti or taksiran."""
MEETING = "pertemuan"
"""Role of rented halls, hotels and sosialisasi: they may take the place of travel, so that only a plant moves them."""


def _uses() -> pd.DataFrame:
    """One row per SKPD and sub kegiatan, with the groups SEMUA and KECAMATAN opened out."""
    everyone = offices()
    groups = {"SEMUA": list(everyone.index), "KECAMATAN": list(everyone.index[everyone["jenis"] == "kecamatan"])}
    uses = read("sub_kegiatan").reset_index(names="urutan")
    uses["id"] = [groups.get(who, who.split()) for who in uses["opd"]]
    uses = uses.explode("id").drop(columns="opd").merge(everyone.reset_index(), on="id")
    uses["kode"] = uses["kode"].str.replace("X.XX", "", regex=False).where(
        ~uses["kode"].str.startswith("X.XX"), uses["kode_opd"].str[1:5] + uses["kode"].str[4:]
    )  # fmt: skip
    rank = {office: place for place, office in enumerate(everyone.index)}
    return uses.sort_values(["id", "urutan"], key=lambda column: column.map(rank) if column.name == "id" else column)


def _names(uses: pd.DataFrame) -> pd.DataFrame:
    """The codes and names that SIPD prints beside a sub kegiatan."""
    field, unit = read("bidang").set_index("kode")["nama"], uses["sub_unit"].str.partition(":")
    own = uses["sub_unit"] == ""
    return uses.assign(
        kode_sub_unit=uses["kode_opd"].where(own, uses["kode_opd"].str[:-4] + unit[0]),
        nama_sub_unit=uses["nama_opd"].where(own, unit[2]),
        kode_bidang_urusan=uses["kode"].str[:4],
        nama_bidang_urusan=uses["kode"].str[:4].map(field),
        kode_program=uses["kode"].str[:7],
        kode_kegiatan=uses["kode"].str[:12],
        kode_sub_kegiatan=uses["kode"],
    ).rename(columns={"program": "nama_program", "kegiatan": "nama_kegiatan", "sub_kegiatan": "nama_sub_kegiatan"})


@cache
def structure() -> pd.DataFrame:
    """All lines that exist at any stage, in the order of the budget document.

    Columns are those of table ``anggaran`` without year, stage and amount, plus ``id`` of the
    SKPD, ``peran`` (what the account is to the saving), ``bobot`` (relative size) and
    ``sejak`` (the stage of 2025 at which the line first appears).
    """
    names = _names(_uses()).merge(read("pola"), on="pola").merge(read("rekening"), on="kode_rekening")
    names = names.merge(read("sumber_dana"), on="kode_sumber_dana").merge(read("paket"), on="pola", how="left")
    order = names["id"].map({office: place for place, office in enumerate(offices().index)})
    names["paket"] = names["paket"].fillna("Kelompok belanja (contoh)")
    names = names.assign(order=order, bobot=names["bobot"].astype(float))
    keys = ["order", "kode_sub_kegiatan", "kode_sub_unit", "kode_rekening", "kode_sumber_dana"]
    names = names.assign(kode_rekening_asli=names["kode_rekening"]).sort_values(keys, ignore_index=True)
    return names.drop(columns=["order", "urutan", "sub_unit", "pola", "kode", "singkatan", "jenis", "sektor_prioritas"])

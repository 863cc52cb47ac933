"""How often the verdict on budget cut and performance is wrong: simulated panels whose truth is known.

    python bench/effect.py                        all designs, 2,000 panels of 499 draws each
    python bench/effect.py --panels 200 --design seimbang_nol

Seeds follow from design and panel number and were fixed before any result; the table goes to
``bench/effect.csv`` (designs that were not run keep their rows). Ends with code 1 if a rate is outside its bounds.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

import pkanalysis as pk

TABLE = Path(__file__).with_name("effect.csv")
CUT, BEFORE = 2025, 4
LASTING, NOISE = 8.0, 6.0
SAMPLE = (
    0.0021, 0.0037, 0.0073, 0.0160, 0.0034, 0.0101, 0.0299, 0.0330, 0.0685, 0.0516, 0.0523, 0.0551, 0.0129, 0.0538,
    0.0460, 0.0306, 0.0369, 0.0597, 0.0501, 0.0733, 0.0495, 0.0428, 0.0503, 0.0147, 0.1540, 0.0451, 0.0102, 0.0302,
    0.0499, 0.0435, 0.0301, 0.0364, 0.0389, 0.0312, 0.0279, 0.0305, 0.0240, 0.0264, 0.0352, 0.0429, 0.0322, 0.0505,
)  # fmt: skip
"""Sizes by rule of the 42 OPD of Kota Contoh (fictional), from ``pk.effect.exposure`` of its original budget 2025."""
BOUNDS = {
    "seimbang_nol": {"tolak_hc3": (0.03, 0.07), "tolak_wcr": (0.03, 0.07), "l2": (0, 0.05), "l3": (0, 0.01)},
    "contoh_nol": {"l2": (0, 0.05)},
    "kembali_1_nol": {"l2": (0, 0.05)},
    "kembali_2_nol": {"l2": (0, 0.05)},
    "kembali_3_nol": {"l2": (0, 0.05)},
    "seimbang_2mde": {
        "cakup_hc3": (0.93, 0.97),
        "cakup_wcr": (0.93, 0.97),
        "tolak_hc3": (0.95, 1),
        "tolak_wcr": (0.95, 1),
    },
}


@dataclass(frozen=True)
class Design:
    """Sizes of the cut, the true slope, and whether errors grow with the size and have heavy tails.

    ``before`` years before the cut. The size follows their mean with correlation ``follows`` (of ranks, nearly), or
    what in that mean is passing (``is_passing``): units then return to their usual, which is no effect.
    """

    sizes: npt.NDArray[np.float64]
    truth: float = 0.0
    is_rough: bool = False
    before: int = BEFORE
    follows: float = 0.0
    is_passing: bool = False


def two_mde(sizes: npt.NDArray[np.float64]) -> float:
    """Twice the minimum detectable effect of the design, from its true error."""
    se = NOISE * np.sqrt(1 + 1 / BEFORE) / np.sqrt(((sizes - sizes.mean()) ** 2).sum())
    return -2 * pk.effect.smallest_visible(float(se), len(sizes) - 2)


EVEN, OWN = np.linspace(0.0, 0.3, 40), np.array(SAMPLE)
SMALLER = np.sort(OWN)[:-1]
RATES = ("tolak_hc3", "tolak_wcr", "tolak_permutasi", "cakup_hc3", "cakup_wcr", "l2", "l3", "plasebo_gagal")
DESIGNS = {
    "seimbang_nol": Design(EVEN),
    "contoh_nol": Design(OWN),
    "seimbang_2mde": Design(EVEN, truth=two_mde(EVEN)),
    "contoh_tanpa_terbesar_nol": Design(SMALLER),
    "contoh_tanpa_terbesar_kasar_nol": Design(SMALLER, is_rough=True),
    "kembali_1_nol": Design(EVEN, before=1, follows=0.3),
    "kembali_2_nol": Design(EVEN, before=2, follows=0.5),
    "kembali_3_nol": Design(EVEN, before=3, follows=0.5),
    "guncangan_2_nol": Design(EVEN, before=2, follows=0.6, is_passing=True),
}


def panel(design: Design, source: np.random.Generator) -> pd.DataFrame:
    """One panel: unit and year effects, noise, and the truth in the last year."""
    count, years = len(design.sizes), design.before + 1
    scale, noise = NOISE, source.standard_normal((count, years))
    if design.is_rough:
        scale = NOISE * (0.5 + design.sizes / design.sizes.mean())[:, None] / 1.5
        noise = source.standard_t(4, (count, years)) / np.sqrt(2)
    lasting, passing = LASTING * source.standard_normal((count, 1)), scale * noise
    values = 90 + lasting + 2 * source.standard_normal(years) + passing
    sizes = design.sizes
    if design.follows:
        followed = passing if design.is_passing else values
        sizes = dealt(design, followed[:, :-1].mean(axis=1), source)
    values[:, -1] += design.truth * sizes
    return pd.DataFrame({
        "opd": np.repeat(np.arange(count), years),
        "tahun": np.tile(np.arange(CUT - design.before, CUT + 1), count),
        "besar": np.repeat(sizes, years),
        "capaian": values.ravel(),
    })  # fmt: skip


def dealt(design: Design, followed: npt.NDArray[np.float64], source: np.random.Generator) -> npt.NDArray[np.float64]:
    """Sizes dealt out to the units: the larger the ``followed``, the larger, as closely as the design says."""
    own = (followed - followed.mean()) / followed.std()
    wish = design.follows * own + np.sqrt(1 - design.follows**2) * source.standard_normal(len(own))
    return np.sort(design.sizes)[np.argsort(np.argsort(wish))]


def judged(design: Design, place: int, number: int, draws: int) -> list[bool]:
    """What the verdict says of one panel, in the order of ``RATES``."""
    rows = panel(design, np.random.default_rng([20250122, place, number]))
    found = pk.effect.dose_response(
        rows, "capaian", "besar", "opd", "tahun", CUT, targets=None, draws=draws, seed=number
    )  # fmt: skip
    tests = [found.p, found.p_wild, found.permutation.p_studentised]
    covers = [low <= design.truth <= high for low, high in (found.interval_hc3, found.interval)]
    verdict = [found.claim >= "L2", found.claim == "L3", not found.placebos["lolos"].all()]
    return [*(p < 0.05 for p in tests), *covers, *verdict]


def simulate(name: str, panels: int, draws: int) -> dict[str, Any]:
    """Rates of one design over ``panels`` panels."""
    design, place, start = DESIGNS[name], list(DESIGNS).index(name), time.perf_counter()
    rates = pd.DataFrame([judged(design, place, number, draws) for number in range(panels)], columns=RATES).mean()
    spread = (design.sizes - design.sizes.mean()) ** 2
    leverage = 1 / len(spread) + (spread / spread.sum()).max()
    head = {"rancangan": name, "panel": panels, "ulangan": draws, "unit": len(spread), "benar": round(design.truth, 2)}
    seconds = round(time.perf_counter() - start)
    return {**head, "daya_ungkit": round(float(leverage), 3), **rates.round(4), "detik": seconds}


def outside(row: dict[str, Any]) -> list[str]:
    """Rates of a row that are outside the bounds of its design."""
    bounds = BOUNDS.get(row["rancangan"], {})
    return [
        f"{row['rancangan']}: {name} {row[name]}"
        for name, (low, high) in bounds.items()
        if not low <= row[name] <= high
    ]


def main() -> int:
    """Run the designs that were asked for and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--panels", type=int, default=2_000)
    parser.add_argument("--draws", type=int, default=499)
    parser.add_argument("--design", choices=DESIGNS, action="append")
    parser.add_argument("--out", type=Path, default=TABLE)
    given = parser.parse_args()
    rows = [simulate(name, given.panels, given.draws) for name in given.design or DESIGNS]
    table = pd.DataFrame(rows).set_index("rancangan")
    if given.out.exists():
        table = table.combine_first(pd.read_csv(given.out, index_col="rancangan"))[table.columns]
    table.reindex([name for name in DESIGNS if name in table.index]).to_csv(given.out)
    print(table.to_string())
    wrong = [text for row in rows for text in outside(row)]
    print("\n".join(wrong) or "semua dalam batas")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())

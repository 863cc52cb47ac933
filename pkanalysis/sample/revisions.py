"""What the PK Perubahan of 2025 did to the targets, and the reasons given."""

from __future__ import annotations

from functools import cache

from pkanalysis.sample.draw import stream
from pkanalysis.sample.measures import measures
from pkanalysis.sample.series import EQUAL

UNSIGNED = "DPP"
"""Planted: this office has not signed a PK Perubahan."""
SIGNED_TWICE = "DPKP"
"""Planted: this office signed a second PK Perubahan, in October 2025."""
EASED_SHARE, TIGHTENED_SHARE = 0.12, 0.05
"""Planted: share of the 2025 targets that the PK Perubahan made easier, and harder."""
BLANK_REASON_SHARE = 0.3
"""Planted: share of the changed targets without a reason."""
ALWAYS_EASED = ("DINKES-tepat", "SETWAN-mutu")


def easings() -> dict[str, float]:
    """Changed indicators (``kode``) and how much easier their target became, as a share; negative = harder."""
    running = [measure for measure in measures().values() if measure.last == 2025]
    plain = [measure.kode for measure in running if measure.is_plain and measure.id != UNSIGNED]
    free = [code for code in plain if code not in (*EQUAL, *ALWAYS_EASED)]
    draw = stream("perubahan target")
    eased, tightened = round(len(running) * EASED_SHARE), round(len(running) * TIGHTENED_SHARE)
    order = [*ALWAYS_EASED, *draw.permutation(free).tolist()]
    easier = dict(zip(order, draw.uniform(0.02, 0.06, eased).tolist(), strict=False))
    harder = dict(zip(order[eased:], (-draw.uniform(0.01, 0.03, tightened)).tolist(), strict=False))
    return easier | harder


@cache
def factors() -> dict[str, float]:
    """Factor on the 2025 target of each changed indicator."""
    return {code: 1 - measures()[code].better * share for code, share in easings().items()}


@cache
def reasons() -> dict[str, str | None]:
    """Reason given for each changed indicator; ``None`` where the office left it blank."""
    return {code: _reason(code, share) for code, share in easings().items()}


def _reason(code: str, easier: float) -> str | None:
    draw = stream(f"alasan {code}")
    if draw.random() < BLANK_REASON_SHARE:
        return None
    if easier < 0:
        return "target_terlampaui"
    return str(draw.choice(["efisiensi_anggaran", "efisiensi_anggaran", "perubahan_prioritas", "lainnya"]))

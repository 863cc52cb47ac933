"""The achievement that a list states, held against the one that its own target and realisasi give."""

from __future__ import annotations

import re

from pkanalysis.intake.findings import Finding, Severity
from pkanalysis.intake.layouts.iku.items import Item, Reported

CAPS = (100.0, 110.0, 120.0, 125.0, 150.0)
NEAR = 1.1
"""Points within which a stated figure and a computed one are the same, however either was rounded."""
_REMEDY = (
    "periksa target, realisasi dan rumus capaiannya; capaian dihitung ulang, yang tertulis disimpan sebagai pembanding"
)


def formulas(target: float, actual: float, polarity: str) -> dict[str, float]:
    """Achievement (%) by every formula in use for a direction; none where it is not defined.

    Examples
    --------
    >>> formulas(80, 84, "naik_baik"), formulas(10, 8, "turun_baik")
    ({'R/T': 105.0}, {'(2T-R)/T': 120.0, 'T/R': 125.0})
    >>> formulas(0, 8, "naik_baik")
    {}
    """
    if not target:
        return {}
    if polarity == "naik_baik":
        return {"R/T": 100 * actual / target}
    found = {"(2T-R)/T": 100 * (2 * target - actual) / target}
    return found | ({"T/R": 100 * target / actual} if actual else {})


def findings(file: str, item: Item) -> list[Finding]:
    """A finding for every stated achievement that no formula of its direction gives, with both figures."""
    found = []
    for told in item.of("capaian"):
        targets, actuals = (_same(item, told, kind) for kind in ("target", "realisasi"))
        if told.value.number is None or len(actuals) != 1 or item.polarity == "rentang":
            continue
        known = [formulas(target, actuals[0], item.polarity) for target in targets]
        if any(known) and not any(_is(told, value) for one in known for value in one.values()):
            opposite = formulas(targets[-1], actuals[0], _other(item.polarity))
            found.append(_finding(file, item, told, [one for one in known if one][-1], opposite))
    return found


def printed(item: Item, actual: Reported) -> float | None:
    """The achievement (%) that the list states beside a realisasi; a share such as 0,98 is 98 where it so fits."""
    key = (actual.year, actual.period)
    told = next((one for one in item.of("capaian") if (one.year, one.period) == key), None)
    if told is None or told.value.number is None:
        return None
    number = told.value.number
    pairs = [(aim, real) for aim in _same(item, told, "target") for real in _same(item, told, "realisasi")]
    known = [value for pair in pairs for value in formulas(*pair, item.polarity).values()]
    is_share = any(abs(100 * number - value) <= NEAR for value in known)
    is_plain = "%" in told.written or any(abs(number - value) <= NEAR for value in known)
    return 100 * number if is_share and not is_plain else number


def _same(item: Item, told: Reported, kind: str) -> list[float]:
    """The plain numbers of the same year and period, of every document that gives one."""
    return [
        other.value.number
        for other in item.of(kind)
        if (other.year, other.period) == (told.year, told.period)
        and other.value.upper is None and not other.value.doubt and other.value.number is not None
    ]  # fmt: skip


def _is(told: Reported, value: float) -> bool:
    """Whether the stated figure is the value at its own decimals, in per cent or as a fraction."""
    stated = told.value.number or 0.0
    digits = re.search(r"[.,](\d+)\D*$", told.written)
    step = 10.0 ** -len(digits[1]) if digits else 1.0
    near = max(min(step, 1.0), 0.011)
    return abs(stated - value) <= near or (
        "%" not in told.written and abs(100 * stated - value) <= 100 * min(near, 0.011)
    )


def _other(polarity: str) -> str:
    return "turun_baik" if polarity == "naik_baik" else "naik_baik"


def _finding(file: str, item: Item, told: Reported, known: dict[str, float], opposite: dict[str, float]) -> Finding:
    figures = " atau ".join(f"{value:.2f} ({name})".replace(".", ",") for name, value in known.items())
    rule = f"capaian tertulis tidak sama dengan hitungan dari target dan realisasinya, {figures}"
    severity: Severity = "peringatan"
    if any(told.value.number == cap and value > cap for cap in CAPS for value in known.values()):
        severity, rule = "catatan", f"{rule}; tampaknya dibatasi {told.value.number:g}"
    elif any(_is(told, value) for value in opposite.values()):
        rule = f"{rule}; cocok bila arahnya sebaliknya"
    return Finding(severity, file, item.sheet, told.place, told.measure.title, told.written, rule, _REMEDY)

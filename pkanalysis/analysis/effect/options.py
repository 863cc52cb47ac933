"""Options of the analysis within their bounds, told in a sentence where they are not."""

from __future__ import annotations


def check(
    limits: tuple[float, float] | None, targets: str | float | None, margin: float, step: float, draws: int
) -> None:
    """Refuse options that no result could come from.

    Examples
    --------
    >>> check((0, 150), 80, 2.0, 0.1, 999)
    Traceback (most recent call last):
        ...
    ValueError: targets harus bagian dari 0 sampai 1, tertulis 80
    """
    is_share = targets is None or isinstance(targets, str) or 0 <= targets <= 1
    rules = {
        "limits": (limits, limits is None or limits[0] < limits[1], "batas bawah lalu batas atas yang lebih besar"),
        "targets": (targets, is_share, "bagian dari 0 sampai 1"),
        "margin": (margin, margin > 0, "lebih dari nol"),
        "step": (step, step > 0, "lebih dari nol"),
        "draws": (draws, draws >= 1, "sedikitnya satu ulangan"),
    }
    for name, (value, is_met, rule) in rules.items():
        if not is_met:
            raise ValueError(f"{name} harus {rule}, tertulis {value}")

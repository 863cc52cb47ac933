"""The matrix of a regression: constant, regressors, whole rows, and whether a slope can be had from it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def with_constant(*columns: npt.ArrayLike) -> Floats:
    """Matrix (N, 1 + C) of a constant and ``columns``."""
    parts = [np.asarray(column, dtype="float64") for column in columns]
    return np.column_stack([np.ones(len(parts[0])), *parts])


def complete(outcome: npt.ArrayLike, design: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Outcome and design without the rows where a value is missing or infinite.

    Examples
    --------
    >>> complete([1.0, float("nan"), 3.0], [[1.0, 2.0], [1.0, 3.0], [1.0, 4.0]])[0].tolist()
    [1.0, 3.0]
    """
    values, matrix = np.asarray(outcome, dtype="float64"), np.asarray(design, dtype="float64")
    if values.shape != matrix.shape[:1]:
        raise ValueError(f"hasil dan besar pengurangan harus sama panjang, tertulis {len(values)} dan {len(matrix)}")
    is_whole = np.isfinite(values) & np.isfinite(matrix).all(axis=1)
    return values[is_whole], matrix[is_whole]


def fittable(dose: npt.ArrayLike, *controls: npt.ArrayLike) -> bool:
    """Whether the slope and its HC3 error exist: full rank, and no row that alone fixes a coefficient.

    Examples
    --------
    >>> fittable([0, 0, 0, 0, 1]), fittable([0, 0, 1, 2, 3])
    (False, True)
    """
    return _is_fittable(with_constant(dose, *controls))


def require_fit(design: Floats) -> None:
    """Refuse a matrix from which there is no slope with an HC3 error."""
    if not _is_fittable(design):
        raise ValueError(
            "kemiringan tidak dapat dihitung: besar pengurangan seragam, dijelaskan peubah lain, atau ditentukan satu "
            "baris saja"
        )


def _is_fittable(design: Floats) -> bool:
    if len(design) <= design.shape[1]:
        return False
    scaled = design / np.maximum(np.abs(design).max(axis=0), np.finfo(float).tiny)
    basis, singular, _ = np.linalg.svd(scaled, full_matrices=False)
    return bool(singular[-1] > 1e-10 * singular[0] and (basis**2).sum(axis=1).max() < 1 - 1e-9)

"""Fixed effects taken out by means."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from pkanalysis.analysis.effect.design import Floats


def within(values: Floats, effects: Sequence[npt.ArrayLike], tolerance: float = 1e-13) -> Floats:
    """Columns of ``values`` (N x K) less the means of every effect, repeated until nothing changes.

    One round is exact for one effect and for a balanced panel.

    Examples
    --------
    >>> within(np.array([[1.0], [2.0], [5.0]]), [["a", "a", "b"]]).ravel().tolist()
    [-0.5, 0.5, 0.0]
    """
    places = [pd.factorize(np.asarray(effect), sort=True)[0] for effect in effects]
    left, scale = values, np.maximum(np.abs(values).max(axis=0), 1e-300)
    for _ in range(10_000):
        before = left
        for place in places:
            counts = np.bincount(place)
            means = np.column_stack([np.bincount(place, column) / counts for column in left.T])
            left = left - means[place]
        if len(places) == 1 or (np.abs(left - before) <= tolerance * scale).all():
            return left
    raise ValueError("efek tetap tidak terpisah; periksa apakah unit dan waktu saling terhubung")

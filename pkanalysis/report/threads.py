"""One BLAS thread per process: a report takes one core, and threads do not survive a fork."""

from __future__ import annotations

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""For the environment of a process, before numpy is imported there."""

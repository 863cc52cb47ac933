"""Running notebooks and turning them into reports: parameters, engine, formats, batch, index, manifest."""

import sys
from importlib import import_module

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""For the environment of a process, before numpy is imported there."""

if "rfc3987_syntax" not in sys.modules:
    # jsonschema, which reads notebooks for nbformat, would spend a second on a grammar of addresses that none has
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]  # None: the import fails, which it expects
    try:
        import_module("jsonschema")
    finally:
        del sys.modules["rfc3987_syntax"]

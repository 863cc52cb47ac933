"""The sample full of defects: written, imported, and held against what was planted."""

from __future__ import annotations

import sys
from pathlib import Path

import damaged
from pkanalysis import store


def main(folder: Path | None = None) -> int:
    """Write the damaged sample to ``folder``, import it and say what was found; 1 if a defect was not."""
    target = folder or damaged.home()
    sent = damaged.write(target)
    taken = store.take_all(store.open(target), sent.paths)
    verdict = damaged.judge(sent.planted, [finding for item in taken for finding in item.findings])
    listed = damaged.write_list(target, verdict)
    stored = sum(item.is_stored for item in taken)
    count, strays = len(verdict.planted), len(verdict.strays)
    print(f"Ruang kerja contoh bercacat: {target}. DATA CONTOH, bukan data resmi.")
    print(f"{len(taken)} berkas: {stored} disimpan, {len(taken) - stored} ditolak karena galat.")
    print(f"{verdict.found} dari {count} cacat ditemukan; {strays} temuan di sel yang bersih.")
    print(f"Daftarnya: {listed}")
    for defect, finding in verdict.planted.items():
        if finding is None:
            print(f"TIDAK DITEMUKAN {defect.file}, {defect.sheet} {defect.places[0]}: {defect.what}.", file=sys.stderr)
    for finding in verdict.strays:
        print(f"DI SEL BERSIH {finding.sentence}", file=sys.stderr)
    return 1 if verdict.found < count or strays else 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:2])))

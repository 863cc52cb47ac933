"""``python -m pkanalysis.cli``."""

from pkanalysis.cli import main

main()

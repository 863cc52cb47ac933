"""One module or folder per layout that offices hand in, and what several layouts share.

Each ends in a ``LAYOUT``; the order in which they are asked is in :mod:`pkanalysis.intake`.
"""

"""What is wrong with rows that were read: totals that do not add up, doubtful values, personal data.

A check gives findings; it never mends a value.
"""

"""Errors that a user reads: one Indonesian sentence that says what is wrong and what to do."""


class PkError(Exception):
    """A refusal; its text names the place, the value, the rule and the remedy."""

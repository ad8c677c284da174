"""The refusal of every validator in this package."""


class Unacceptable(ValueError):
    """A typed value that cannot be taken; the text is one Chinese sentence with what is wrong and what to do."""

"""What the engines tell the person at the terminal."""


class EngineError(Exception):
    """Something a person must put right; the text is a Chinese sentence that says what and how."""

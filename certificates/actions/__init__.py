"""Steps of the last stage; importing the package registers them and the hooks of the city notice."""

from certificates.actions import announcement, annulment, appointment, batch, credit, notice, profile, receipt, roster

__all__ = ["announcement", "annulment", "appointment", "batch", "credit", "notice", "profile", "receipt", "roster"]

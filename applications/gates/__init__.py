"""What must hold before a case of this stage moves on: G7 submission, G8 HR, G9 notice, and the holds behind them.

Gates read the case and what hangs on it; they import no models, because the models name them.
"""

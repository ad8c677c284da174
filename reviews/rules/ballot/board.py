"""The board of a sheet: all that anybody needs to count again, as one file (see verify_board.py)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from reviews.rules.ballot.form import Form, canonical, digest
from reviews.rules.ballot.unsealing import Unsealed

VERSION = 1


def box_hash(receipts: Iterable[str]) -> str:
    """SHA-256 over the sorted receipts: fixes what is in a closed box without telling its order."""
    return digest(canonical(sorted(receipts)))


def board_file(form: Form, receipts: Iterable[str], unsealed: Unsealed) -> str:
    """Receipts sorted, slips sorted by name and check code, totals, form; the last entry is the hash of the rest."""
    board = {
        "version": VERSION,
        "form": json.loads(form.text),
        "form_hash": form.hash,
        "receipts": sorted(receipts),
        "invalid": unsealed.invalid,
        "slips": sorted([one.number, one.code, one.choice] for one in unsealed.slips),
        "tallies": [asdict(one) for one in unsealed.tallies],
    }
    return canonical({"board": board, "sha256": digest(canonical(board))})

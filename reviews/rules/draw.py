"""The random choice of the expert whom the city sends to a panel meeting (办法五（二）：随机指派).

The choice is a function of the published record alone: sha256 over the seed and the sorted candidate ids.
Whoever has the record can draw again and must get the same expert (F-44).
"""

import hashlib
from collections.abc import Sequence

METHOD = "sha256(seed + '|' + 候选人编号升序以逗号连接) mod 候选人数"


def order(candidates: Sequence[int]) -> list[int]:
    """The one order in which candidates are numbered, whatever order they were found in."""
    return sorted(set(candidates))


def choose(candidates: Sequence[int], seed: str) -> int:
    """The chosen candidate's id. Raises ValueError when there is nobody to choose from."""
    numbered = order(candidates)
    if not numbered:
        raise ValueError("no candidates")
    text = f"{seed}|{','.join(str(candidate) for candidate in numbered)}"
    return numbered[int.from_bytes(hashlib.sha256(text.encode()).digest(), "big") % len(numbered)]

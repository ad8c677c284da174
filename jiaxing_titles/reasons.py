"""Why something may not happen: the one form in which rules, gates and steps say no."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """One unmet condition, told in the words that page, console, refusal event and export all show.

    `clause` cites the 办法 (`办法五（二）1`, `附件三、1（3）`); `rule` is the id of the clause table
    (`R-5.2.3`, `PR-1`); `gate` the gate of the procedure (`G9`) where one is concerned; `field` names the
    form field beside which the sentence belongs; `remedy` says what to do.
    """

    text: str
    clause: str = ""
    rule: str = ""
    gate: str = ""
    field: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        cited = f"（{self.clause}）" if self.clause else ""
        advice = f" {self.remedy}" if self.remedy else ""
        return f"{self.text}{cited}{advice}"

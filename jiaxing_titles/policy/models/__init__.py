from jiaxing_titles.policy.models.cycle import Cycle, NamedException
from jiaxing_titles.policy.models.documents import PolicyDocument
from jiaxing_titles.policy.models.interpretations import Interpretation, RuleSetVersion

__all__ = ["Cycle", "Interpretation", "NamedException", "PolicyDocument", "RuleSetVersion"]

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs himself up: people are invited by their company or by the bureau."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

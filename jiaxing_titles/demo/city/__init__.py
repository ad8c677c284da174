"""The demo city: nine districts, twelve companies and their people, built by the product's own steps under its clock.

Nothing here writes a business row itself: every script calls steps, each by the person whose step it is.
"""

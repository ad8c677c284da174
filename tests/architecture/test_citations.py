"""What a rule cites is printed beside every refusal: a clause changed by a slip of the finger must not pass."""

from tests.architecture.citations import cited, table


def test_every_rule_and_gate_cites_what_the_table_says():
    """After a change that is meant: `python -m tests.architecture.citations`, and read the difference."""
    now, told = set(cited()), set(table())
    assert now - told == set()
    assert told - now == set()


def test_the_table_names_the_gates_of_the_procedure():
    gates = {word for _, _, cites in table() for word in cites.split() if word.startswith("G")}
    assert gates == {f"G{number}" for number in range(1, 23)}

from datetime import date

from certificates.rules.identity import birth_date_of, gender_of


def test_a_resident_number_tells_day_and_gender():
    assert birth_date_of("resident", "330402199003071234") == date(1990, 3, 7)
    assert gender_of("resident", "330402199003071234") == "男"
    assert gender_of("resident", "330402199003071244") == "女"
    assert birth_date_of("resident_old", "330402900307123") == date(1990, 3, 7)
    assert gender_of("resident_old", "330402900307123") == "男"


def test_a_residence_permit_is_read_alike():
    """港澳台居民居住证 has eighteen characters of the same build."""
    assert birth_date_of("residence", "810000199003071234") == date(1990, 3, 7)
    assert gender_of("residence", "810000199003071244") == "女"


def test_other_papers_and_impossible_days_tell_nothing():
    assert birth_date_of("passport", "E12345678") is None
    assert gender_of("passport", "E12345678") == ""
    assert birth_date_of("resident", "330402199002301234") is None
    assert birth_date_of("resident", "") is None
    assert gender_of("resident", "33040219900307１２34") == ""
    assert gender_of("resident", "3304021990030712X4") == ""
    assert gender_of("resident", "33040219900307123X") == "男"
    assert gender_of("resident_old", "33040290030712") == ""
    assert gender_of("resident", "330402900307123") == ""

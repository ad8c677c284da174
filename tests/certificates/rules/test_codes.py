from certificates.rules.codes import ALPHABET, LENGTH, canonical, grouped, new_code


def test_codes_have_eighty_bits_of_their_alphabet():
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == LENGTH and set(code) <= set(ALPHABET) for code in codes)
    assert len(ALPHABET) ** LENGTH == 2**80


def test_what_people_type_is_folded():
    assert canonical("abcd efgh-ijkl mnop") == "ABCDEFGHIJKLMNOP"
    assert canonical("ＡＢＣＤ ＥＦＧＨ ＩＪＫＬ ＭＮＯＰ") == "ABCDEFGHIJKLMNOP"
    assert canonical("0BCD1FGHIJKLMNOP") == "OBCDIFGHIJKLMNOP"
    assert canonical("ABCD·EFGH—IJKL-MNOP") == "ABCDEFGHIJKLMNOP"


def test_what_cannot_be_a_code_is_none():
    assert canonical("ABCD") is None
    assert canonical("ABCDEFGHIJKLMNO8") is None
    assert canonical("张" * 16) is None
    assert canonical("A" * 10_000) is None


def test_the_printed_code_reads_back():
    code = new_code()
    assert grouped(code).count(" ") == 3
    assert canonical(grouped(code)) == code

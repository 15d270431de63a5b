"""Uids and region ids: computed by hand from the rule, and what they must tell apart."""

from __future__ import annotations

from hashlib import blake2b

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeler.model.ids import (
    annotation_uid,
    derived_region_id,
    digest,
    fresh_region_id,
    fresh_uid,
    guideline_uid,
    labels_uid,
    media_uid,
    normal_handle,
    person_uid,
    project_entity,
    queue_uid,
    task_uid,
    uid_from_text,
)

PROJECT = bytes(range(16))


def test_h_is_blake2b_128_over_length_prefixed_utf8_fields() -> None:
    # "é" is two bytes in UTF-8, -7 is written in decimal, bytes stand as they are.
    by_hand = (
        *(b"\0\0\0\0\0\0\0\x01", b"a"),
        *(b"\0\0\0\0\0\0\0\x02", b"\xc3\xa9"),
        *(b"\0\0\0\0\0\0\0\x02", b"-7"),
        *(b"\0\0\0\0\0\0\0\x03", b"\x00\xff\x01"),
        *(b"\0\0\0\0\0\0\0\x00", b""),
    )
    expected = blake2b(b"".join(by_hand), digest_size=16).digest()
    assert digest("a", "é", -7, b"\x00\xff\x01", "") == expected


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_where_a_field_ends_is_hashed_too(left: list[str], right: list[str]) -> None:
    assert (digest(*left) == digest(*right)) is (left == right)


def test_each_kind_of_thing_has_uids_of_its_own() -> None:
    uids = {
        person_uid(PROJECT, "ada"),
        project_entity(PROJECT),
        queue_uid(PROJECT, "ada"),
        labels_uid(PROJECT, "ada"),
        guideline_uid(PROJECT, "ada"),
        task_uid(PROJECT, "ada", "", b""),
        annotation_uid(PROJECT, "work", "ada", 0),
        media_uid(PROJECT, "", "ada"),
    }
    assert len(uids) == 8
    assert {len(uid) for uid in uids} == {16}


def test_two_copies_make_the_same_uid_of_the_same_thing() -> None:
    assert task_uid(PROJECT, "q", "row 1", b"f") == task_uid(PROJECT, "q", "row 1", b"f")
    different = {
        task_uid(PROJECT, "q", "row 1", b"f"),
        task_uid(PROJECT, "q", "row 1", b"g"),
        task_uid(PROJECT, "q", "row 2", b"f"),
        task_uid(PROJECT, "r", "row 1", b"f"),
        task_uid(PROJECT[::-1], "q", "row 1", b"f"),
    }
    assert len(different) == 5
    assert annotation_uid(PROJECT, "work", "ada", 0) != annotation_uid(PROJECT, "work", "ada", 1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada", "ada"),
        (" ada ", "ada"),
        ("Stra\u00dfe", "STRASSE"),  # ß folds to ss
        ("Jose\u0301", "jos\u00e9"),  # é in two code points and in one
    ],
)
def test_a_handle_is_the_same_however_it_is_typed(one: str, other: str) -> None:
    assert normal_handle(one) == normal_handle(other)
    assert person_uid(PROJECT, one) == person_uid(PROJECT, other)


def test_a_uid_is_read_from_its_32_digits_only() -> None:
    assert uid_from_text("000102030405060708090a0b0c0d0e0f") == PROJECT
    assert uid_from_text("000102030405060708090A0B0C0D0E0F") == PROJECT
    for text in ["", "00", "g" * 32, "0" * 31, "0" * 33, "00 01 02 03 04 05 06 07 08 09 0a0"]:
        assert uid_from_text(text) is None, text
    assert uid_from_text("00 01020304050607 08090a0b0c0d0e") is None  # 32 letters, 15 bytes


def test_fresh_ids_are_random() -> None:
    assert len({fresh_uid() for _ in range(100)}) == 100
    ids = {fresh_region_id() for _ in range(2000)}
    assert len(ids) == 2000
    assert {len(one) for one in ids} == {12}
    # 60 bits in letters of five bits each: every letter of the alphabet comes up somewhere
    assert {letter for one in ids for letter in one} == set("0123456789abcdefghjkmnpqrstvwxyz")


def test_a_region_id_from_an_import_is_derived() -> None:
    first = derived_region_id("row 1", b'{"start":0}', 0)
    assert first == derived_region_id("row 1", b'{"start":0}', 0)
    assert len(first) == 12
    others = {
        derived_region_id("row 2", b'{"start":0}', 0),
        derived_region_id("row 1", b'{"start":1}', 0),
        derived_region_id("row 1", b'{"start":0}', 1),
    }
    assert len(others | {first}) == 4


def test_a_derived_region_id_is_written_in_letters_of_five_bits_lowest_first() -> None:
    raw = digest("region", "k", b"{}", 0)
    number = int.from_bytes(raw[:8], "big")
    letters = "0123456789abcdefghjkmnpqrstvwxyz"
    expected = "".join(letters[(number >> shift) & 31] for shift in range(0, 60, 5))
    assert derived_region_id("k", b"{}", 0) == expected

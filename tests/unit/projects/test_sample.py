"""What the sample's texts, predictions and gold promise to be, by the database of Unicode."""

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

SCRIPTS = {
    "LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW", "DEVANAGARI",
    "CJK", "HIRAGANA", "KATAKANA", "HANGUL",
}  # fmt: skip
JOINER = "\u200d"


def _script(letter: str) -> str:
    """The script of a letter: the first word of its name (``CYRILLIC SMALL LETTER A``)."""
    return unicodedata.name(letter).split()[0]


def test_there_are_at_least_thirty_six_texts_each_with_an_id_of_its_own(
    texts: list[dict[str, Any]],
) -> None:
    ids = [row["id"] for row in texts]
    assert len(ids) >= 36
    assert len(ids) == len(set(ids))
    assert len({row["text"] for row in texts}) == len(ids)


def test_every_row_has_the_same_columns_and_none_is_empty(texts: list[dict[str, Any]]) -> None:
    for row in texts:
        assert list(row) == ["id", "text", "source", "language", "about"]
        assert all(isinstance(cell, str) and cell.strip() for cell in row.values())
        assert re.fullmatch(r"[a-z]{2}(-[A-Z][a-z]{3}|-[A-Z]{2}|-Latn)?", row["language"])
        assert row["id"].startswith(row["language"][:2].lower() + "-")


def test_at_least_four_scripts_each_carry_a_text(texts: list[dict[str, Any]]) -> None:
    carried: dict[str, int] = {}
    for row in texts:
        letters = [_script(c) for c in row["text"] if c.isalpha()]
        for script in SCRIPTS:
            if letters.count(script) * 2 > len(letters):
                carried[script] = carried.get(script, 0) + 1
    assert {"LATIN", "CYRILLIC", "ARABIC", "HEBREW", "DEVANAGARI"} <= set(carried)
    assert len(carried) >= 4


def test_the_letters_of_a_text_belong_to_its_language(texts: list[dict[str, Any]]) -> None:
    expected = {
        "ar": {"ARABIC"}, "he": {"HEBREW"}, "hi": {"DEVANAGARI"}, "ru": {"CYRILLIC"},
        "uk": {"CYRILLIC"}, "el": {"GREEK"}, "ko": {"HANGUL"}, "ja": {"CJK", "HIRAGANA"},
        "zh": {"CJK"},
    }  # fmt: skip
    for row in texts:
        language = "hi-Latn" if row["language"] == "hi-Latn" else row["language"][:2]
        wanted = expected.get(language, {"LATIN"})
        letters = [_script(c) for c in row["text"] if c.isalpha()]
        inside = sum(script in wanted for script in letters)
        # Names of devices and networks are left in Latin letters.
        assert inside * 10 >= len(letters) * 7 or row["id"] == "en-attachment", row["id"]


def test_the_texts_hold_what_trips_an_editor(texts: list[dict[str, Any]]) -> None:
    all_texts = [row["text"] for row in texts]
    longest = max(all_texts, key=len)
    assert 1400 <= len(longest) <= 1600
    assert min(len(text) for text in all_texts) <= 60
    assert any(text.count("\n\n") >= 3 for text in all_texts), "a text of several paragraphs"
    # CRLF in one text, and there at every line end.
    with_crlf = [text for text in all_texts if "\r\n" in text]
    assert len(with_crlf) == 1
    assert with_crlf[0].count("\r\n") == with_crlf[0].count("\n") == with_crlf[0].count("\r")
    assert any(text.count(JOINER) >= 3 for text in all_texts), "a joined family"
    flags = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
    assert any(len(flags.findall(text)) >= 2 for text in all_texts)
    skin_tones = re.compile("[\U0001f3fb-\U0001f3ff]")
    assert any(skin_tones.search(text) for text in all_texts)
    decomposed = [text for text in all_texts if not unicodedata.is_normalized("NFC", text)]
    assert len(decomposed) == 1, "one text with accents as signs of their own"
    assert all(
        any(unicodedata.category(c) == "Mn" for c in row["text"])
        for row in texts
        if row["language"] == "hi"
    )
    directions = [{unicodedata.bidirectional(c) for c in text} for text in all_texts]
    assert sum({"AL", "L"} <= one for one in directions) >= 1, "Arabic with Latin inside"
    assert sum({"R", "L"} <= one for one in directions) >= 1, "Hebrew with Latin inside"
    currencies = {c for text in all_texts for c in text if unicodedata.category(c) == "Sc"}
    assert {"€", "£", "$", "₹"} <= currencies


def test_no_text_has_signs_that_stand_for_damage(texts: list[dict[str, Any]]) -> None:
    for row in texts:
        text = row["text"]
        assert text == text.strip()
        assert "\ufffd" not in text
        assert "\ufeff" not in text
        assert not re.search("[ÃÐÂ][\u0080-\u00bf]", text), "read in the wrong encoding"
        assert all(c in "\r\n" or unicodedata.category(c) != "Cc" for c in text)
        assert not any(unicodedata.category(c) in ("Cn", "Co", "Cs") for c in text)


def test_predictions_and_gold_are_of_texts_that_are_there(
    texts: list[dict[str, Any]], judged: list[dict[str, Any]]
) -> None:
    known = {row["id"]: row["text"] for row in texts}
    ids = [row["id"] for row in judged]
    assert len(ids) == len(set(ids))
    for row in judged:
        assert row["text"] == known[row["id"]]


def test_spans_cover_exactly_the_text_they_name(judged: list[dict[str, Any]]) -> None:
    assert any(row["spans"] for row in judged)
    for row in judged:
        for span in row["spans"]:
            assert set(span) == {"start", "end", "label", "text"}
            assert 0 <= span["start"] < span["end"] <= len(row["text"])
            assert row["text"][span["start"] : span["end"]] == span["text"]
            assert span["text"] == span["text"].strip()


def test_no_span_cuts_a_letter_from_its_accents(judged: list[dict[str, Any]]) -> None:
    for row in judged:
        for span in row["spans"]:
            for edge in (span["start"], span["end"]):
                if edge < len(row["text"]):
                    at = row["text"][edge]
                    assert not unicodedata.category(at).startswith("M")
                    assert JOINER not in (at, row["text"][edge - 1 : edge])


def test_spans_are_distinct_and_in_reading_order(judged: list[dict[str, Any]]) -> None:
    for row in judged:
        heads = [(span["start"], span["end"], span["label"]) for span in row["spans"]]
        assert heads == sorted(set(heads))


def test_answers_and_labels_are_those_of_the_queue(
    judged: list[dict[str, Any]], sample: Path
) -> None:
    queues = json.loads((sample / "sample.json").read_text(encoding="utf-8"))["queues"]
    queue = next(one for one in queues if one.get("name") == "sentiment")
    labels = {label["id"] for label in queue["labels"]}
    sentiment = next(one for one in queue["questions"] if one["id"] == "sentiment")
    choices = {choice["id"] for choice in sentiment["choices"]}
    for row in judged:
        assert set(row) - {"score"} == {"id", "text", "sentiment", "spans"}
        assert row["sentiment"] in choices
        assert {span["label"] for span in row["spans"]} <= labels
        assert 0 <= row.get("score", 0) <= 1


def test_all_three_classes_and_all_labels_have_gold(sample: Path) -> None:
    rows = [json.loads(line) for line in (sample / "gold.jsonl").read_bytes().splitlines()]
    assert {row["sentiment"] for row in rows} == {"positive", "neutral", "negative"}
    assert {span["label"] for row in rows for span in row["spans"]} == {
        "positive",
        "negative",
        "target",
        "holder",
    }


def test_some_prediction_is_contradicted_by_a_person_s_reading(sample: Path) -> None:
    # Read by a person: fear of dentists that ended well, and thanks that are meant as a complaint.
    read = {"en-dentist": "positive", "en-late-train": "negative", "de-mama": "positive"}
    rows = (sample / "predictions.jsonl").read_bytes().splitlines()
    said = {row["id"]: row["sentiment"] for row in map(json.loads, rows)}
    assert {one: said[one] == right for one, right in read.items()} == {
        "en-dentist": False,
        "en-late-train": False,
        "de-mama": True,
    }


def test_sources_name_files_and_queues_that_are_there(sample: Path) -> None:
    manifest = json.loads((sample / "sample.json").read_text(encoding="utf-8"))
    queues = {queue.get("name") or queue["template"] for queue in manifest["queues"]}
    for source in manifest["sources"]:
        assert set(source) - {"by"} == {"queue", "file", "format", "as"}
        assert source["queue"] in queues
        assert (sample / source["file"]).exists()
    for queue in queues:
        told = [source for source in manifest["sources"] if source["queue"] == queue]
        assert [source["as"] for source in told] == ["tasks", "predictions", "gold"]
        assert told[1]["by"].startswith("baseline-")


def test_credits_name_every_file_with_a_licence(sample: Path) -> None:
    credits = (sample / "CREDITS.md").read_text(encoding="utf-8")
    for path in sample.iterdir():
        # What the folders of the other panels hold has rows of its own: see their tests.
        if path.name != "CREDITS.md" and path.is_file():
            row = re.search(rf"^\| `{re.escape(path.name)}` \|.*$", credits, re.MULTILINE)
            assert row, f"{path.name} has no credit"
            assert row[0].endswith("| CC0-1.0 |")


def test_credits_name_every_text_that_is_not_ours(
    sample: Path, texts: list[dict[str, Any]]
) -> None:
    credits = (sample / "CREDITS.md").read_text(encoding="utf-8")
    ids = {row["id"] for row in texts}
    credited = set(re.findall(r"^\| `([a-z-]+)` \|.*public domain", credits, re.MULTILINE))
    assert credited == {row["id"] for row in texts if row["source"] == "Novel"}
    assert credited <= ids

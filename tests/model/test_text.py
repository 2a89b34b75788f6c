"""Text: folding, words and the Swedish order, against ICU's own collator."""

import csv
import random
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import icu  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.model.text import WORD_LENGTH, fold, sort_key, words

SEED = Path(__file__).parents[2] / "seed"
ANY_TEXT = st.text(st.characters(exclude_categories=()))
"""Halves of surrogate pairs and control characters too: JSON can carry them."""
SWEDISH_TEXT = st.text("abcdevwxyzåäöABDEVWYZÅÄÖéÉüÜæÆøØđßł -.,&/()0129", max_size=12)


def made_names(count: int) -> Iterator[str]:
    """Names of one to three words, with accents, signs and digits, and now and then the same in another case or without its accents."""
    dice = random.Random(2026)
    letters = "aaabcdeeefghiijklmnnoopqrrssttuvwxyzåäöåäö" + "éèêëáàãüűæœøőôęçčñšžýđðłħßþíîóúõ"
    between = "    -–.,&/:'’()+!@#_\"*"

    def word() -> str:
        text = "".join(dice.choice(letters) for _ in range(dice.randint(1, 4)))
        return dice.choice([text, text, text.capitalize(), text.upper(), str(dice.randint(0, 120))])

    names: list[str] = []
    while len(names) < count:
        if names and dice.random() < 0.3:
            near = dice.choice(names)
            names.append(
                dice.choice(
                    [
                        near.swapcase(),
                        near.upper(),
                        near.lower(),
                        unicodedata.normalize("NFD", near),
                        fold(near),
                        near + " ",
                    ]
                )
            )
        else:
            names.append(dice.choice(between).join(word() for _ in range(dice.randint(1, 3))))
    yield from names


def names_of_seed() -> list[str]:
    names: set[str] = set()
    for path in sorted(SEED.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                names.update(row[column] for column in ("name", "title", "publisher") if row.get(column))
    return sorted(names)


def out_of_order(names: list[str]) -> list[tuple[str, str]]:
    """Neighbours by our key that ICU orders otherwise; none means that the two orders are one."""
    swedish = icu.Collator.createInstance(icu.Locale("sv"))
    ordered = sorted(names, key=sort_key)
    return [(a, b) for a, b in pairwise(ordered) if swedish.compare(a, b) != (0 if sort_key(a) == sort_key(b) else -1)]


def test_order_of_made_names_is_that_of_icu() -> None:
    """Names must stand where a Swedish reader looks for them; ICU's collator is what browsers sort by."""
    assert out_of_order(list(made_names(20_000))) == []


def test_order_of_the_seeds_names_is_that_of_icu() -> None:
    """The real names hold what no generator thinks of."""
    names = names_of_seed()

    assert len(names) > 1000
    assert out_of_order(names) == []


def test_the_alphabet_ends_in_its_three_own_letters() -> None:
    """The commonest fault of sorting in Swedish is å among a."""
    assert sorted("öäåzya", key=sort_key) == list("ayzåäö")


def test_accents_come_before_case() -> None:
    """A name in capitals stands beside the same name in small letters, not beside an accented one."""
    assert sorted(["Idé", "IDE", "idé", "Ide", "ide"], key=sort_key) == ["ide", "Ide", "IDE", "idé", "Idé"]


@given(SWEDISH_TEXT, SWEDISH_TEXT)
def test_any_two_texts_are_ordered_as_icu_orders_them(a: str, b: str) -> None:
    """Hypothesis finds the pairs that differ late: by an accent, by case, by a sign."""
    ours = (sort_key(a) > sort_key(b)) - (sort_key(a) < sort_key(b))

    assert ours == icu.Collator.createInstance(icu.Locale("sv")).compare(a, b)


@given(ANY_TEXT, ANY_TEXT)
def test_bytes_of_keys_are_ordered_as_the_keys(a: str, b: str) -> None:
    """SQLite compares bytes and Neo4j code points; a key that cannot be written as UTF-8 would fail in either."""
    assert (sort_key(a) < sort_key(b)) == (sort_key(a).encode() < sort_key(b).encode())


@given(ANY_TEXT)
def test_a_key_holds_no_control_character(text: str) -> None:
    """SQLite ends text at NUL in places, and JSON escapes control characters in more than one way."""
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in sort_key(text))


@given(ANY_TEXT)
def test_spellings_of_the_same_text_have_the_same_key(text: str) -> None:
    """A file from a Mac writes å as two characters; its names must not sort apart."""
    assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(unicodedata.normalize("NFC", text))


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    """A stored folded name is compared with a folded query; both must have arrived."""
    assert fold(fold(text)) == fold(text)


def test_every_character_folds_to_one_that_stays() -> None:
    """Case folding can bring forth accents that were not there before."""
    assert [char for char in map(chr, range(0x110000)) if fold(fold(char)) != fold(char)] == []


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("GÖTEBORG", "goteborg"),
        ("Café Ærø", "cafe aero"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Đorđe", "dorde"),
        ("ﬁber ²", "fiber 2"),
        ("Göte\u00adborg", "goteborg"),
    ],
)
def test_case_and_accents_are_folded(text: str, folded: str) -> None:
    """People type names without accents, and in any case."""
    assert fold(text) == folded


@given(ANY_TEXT)
def test_words_hold_nothing_that_a_tokenizer_divides(text: str) -> None:
    """FTS5's ascii tokenizer divides at ASCII signs, Lucene's whitespace tokenizer at spaces and after 255 characters."""
    found = words(text)
    joined = " ".join(found)

    assert all(word and len(word) <= WORD_LENGTH for word in found)
    assert not any(char.isascii() and not char.isalnum() for char in joined if char != " ")
    assert joined.split() == found
    assert words(" ".join(found)) == found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Göteborgs-Posten, nr 7", ["goteborgs", "posten", "nr", "7"]),
        ("Ελλάδα и Йорк", ["ελλαδα", "и", "иорк"]),
        ("हिन्दी 東京", ["हिनदी", "東京"]),
        ("... _ \x00", []),
    ],
)
def test_words_of_any_script_are_found(text: str, expected: list[str]) -> None:
    """A partner in Athens or Tokyo is found by its own name."""
    assert words(text) == expected

"""Text as both stores compare it: folded for filters, cut into words for search, as a key for Swedish order.

Takes any text. Gives text that is the same for each spelling that should be found alike (`fold`), its words (`words`), and
a key whose order by code points, which is that of UTF-8 bytes, is the Swedish order of the texts (`sort_key`). Knows no
store and no entity. What it gives is stored beside each name, so a change here needs a migration that computes it anew.
"""

import re
import unicodedata
from functools import lru_cache

WORD_LENGTH = 100
"""Letters of a word that are kept; Lucene would cut one above 255 in two."""

_PLAINLY = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ł": "l",
        "ŧ": "t",
        "þ": "th",
        "ı": "i",
        "\u00ad": "",
    }
)
_ASCII_WORD = re.compile(r"[a-z0-9]+")


def fold(text: str) -> str:
    """The text without case and accents: what `contains`, `startsWith`, `endsWith` and search compare.

    Compatibility forms are taken apart (NFKD), marks with a combining class dropped, case folded, letters without such a
    form spelled plainly (ø as o, æ as ae, þ as th), soft hyphens dropped. Vowel signs that are marks without a class stay:
    in their scripts they are letters. Half a surrogate pair becomes U+FFFD, since no store can hold it.

    >>> fold("GÖTEBORGS Universitet, Ærø")
    'goteborgs universitet, aero'
    """
    return text.lower() if text.isascii() else text.translate(_FOLDS)


class _Folds(dict[int, str]):
    """What each character folds to, which does not depend on its neighbours; computed when first met."""

    def __missing__(self, code: int) -> str:
        apart = unicodedata.normalize("NFKD", chr(code))
        plain = "".join(char for char in apart if not unicodedata.combining(char)).casefold().translate(_PLAINLY)
        folded = "\ufffd" if 0xD800 <= code <= 0xDFFF else plain
        # Letters of alphabets are kept; what is written once in a while is not, lest a stranger's text fill the memory.
        return self.setdefault(code, folded) if code < 0x3000 else folded


_FOLDS = _Folds()


def words(text: str) -> list[str]:
    """Its folded words, in order: runs of letters, digits and vowel signs of any script, each cut at `WORD_LENGTH`.

    They hold no space, and of ASCII only letters and digits, so FTS5's `ascii` and Lucene's `whitespace` make the same
    tokens of them when they are joined by spaces. Scripts written without spaces make long words, found by their beginning.

    >>> words("Göteborgs-Posten (GP), nr 7")
    ['goteborgs', 'posten', 'gp', 'nr', '7']
    """
    folded = fold(text)
    if folded.isascii():
        return [word[:WORD_LENGTH] for word in _ASCII_WORD.findall(folded)]
    spaced = "".join(char if char.isalnum() or unicodedata.category(char)[0] == "M" else " " for char in folded)
    return [word[:WORD_LENGTH] for word in spaced.split(" ") if word]


def sort_key(text: str) -> str:
    """A key whose order by code points is the Swedish order of texts: … z å ä ö, then accents, then case (small before capital).

    The model is ICU's collator for `sv`: three levels, punctuation counts, digits one by one, v and w are two letters, ü is
    a y, æ an ä, ø an ö, đ and ð are d, þ is th. On Latin letters with accents, digits and the signs of `_MARKS` the order
    is ICU's, and texts that ICU holds equal have the same key. Beyond these, other signs come before the digits and other
    scripts after ö, by code point; tabs and line ends count as spaces; control characters and halves of surrogate pairs
    do not count.

    The key has three parts divided by spaces: letters, accents, case. The last two go without the trailing 0s of plain small
    letters, so most keys are little longer than the text.

    >>> sort_key("Åre 2")
    '{re!2  2'
    >>> sorted(["Ö", "Å", "Z", "é", "e", "E", "Ä"], key=sort_key)
    ['e', 'E', 'é', 'Z', 'Å', 'Ä', 'Ö']
    """
    elements = [_element(char) for char in unicodedata.normalize("NFC", text)]
    letters, accents, cases = ("".join(part) for part in zip(*elements, strict=True)) if elements else ("", "", "")
    return f"{letters} {accents.rstrip('0')} {cases.rstrip('0')}".rstrip(" ")


# Codes of letters in a key: ! is the space, # and $ begin a sign's two characters, then digits, a to z, { | } for å ä ö.
# The signs and the accents stand in ICU's order.
_MARKS = "_-‐‒–—―,;:!¡?¿.·'‹›\"«»()[]{}§¶@*/\\&#%‰†‡•′″`´^¯¨¸°©®→+±÷×<=>¬|¦~−≤≥¤¢$£¥€"
_ACCENTS = "\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307\u0338\u0327\u0328\u0304"
_STROKE = chr(ord("a") + len(_ACCENTS))
_PLAIN = {" ": "!", "å": "{", "ä": "|", "ö": "}"}
_PLAIN |= {char: char for char in "0123456789abcdefghijklmnopqrstuvwxyz"}
_PLAIN |= {char: "#" + chr(ord("0") + number) for number, char in enumerate(_MARKS)}

# Letters that ICU holds to be forms of others: each differs from them by an accent that comes before all real ones.
_FORMS = {"d": "đð", "y": "üű", "ä": "æę", "ö": "øőœô", "'": "‘’‚‛", '"': "“”„‟"}
_ELEMENTS = {char: (code, "0", "0") for char, code in _PLAIN.items()}
_ELEMENTS |= {
    form: (_PLAIN[of], str(number), "0") for of, forms in _FORMS.items() for number, form in enumerate(forms, start=1)
}
_ELEMENTS |= {mark: ("", chr(ord("a") + number), "") for number, mark in enumerate(_ACCENTS)}
_ELEMENTS |= {
    "ß": ("ss", "50", "00"),
    "ł": ("l", "0" + _STROKE, "0"),
    "ħ": ("h", "0" + _STROKE, "0"),
    "þ": ("th", "00", "10"),
    "Þ": ("th", "00", "30"),
}


@lru_cache(maxsize=4096)
def _element(char: str) -> tuple[str, str, str]:
    """Its letters, accents and cases: small 0, capital 2, compatibility forms 4 (1 and 3 are þ and Þ among the ts)."""
    if char in _ELEMENTS:
        return _ELEMENTS[char]
    small = char.lower()
    if small in _ELEMENTS:
        letters, accents, cases = _ELEMENTS[small]
        return letters, accents, "2" * len(cases)
    if apart := unicodedata.decomposition(char).split():
        parts = [_element(chr(int(code, 16))) for code in apart if not code.startswith("<")]
        letters, accents, cases = ("".join(part) for part in zip(*parts, strict=True))
        return letters, accents, "4" * len(cases) if apart[0].startswith("<") else cases
    return _other(char, small)


def _other(char: str, small: str) -> tuple[str, str, str]:
    kind = unicodedata.category(char)
    if char.isspace():
        return _PLAIN[" "], "0", "4"
    if kind in ("Cc", "Cf", "Cs"):
        return "", "", ""
    if unicodedata.combining(char):
        return "", char, ""
    if char.isdecimal():
        return str(unicodedata.decimal(char)), "0", "4"
    if kind[0] in "LNM":
        return small, "0" * len(small), ("0" if small == char else "2") * len(small)
    return "$" + char, "0", "0"

"""The signs between and behind words: dashes, bullets, quotes, commas, full stops; and the letters that are folded.

Knows characters alone. Every module takes its signs from here, so a new sign is added in one place. `newsparse.arabic`
defines what is folded, by the constants of pyarabic, which takes 13 ms to import; a test holds both equal.
"""

from __future__ import annotations

TATWEEL = "\u0640"  # a dash where it is not inside a word
DASHES = "-‐‑‒–—―−"
BULLETS = "•·∙*▪■□◦"  # before the items of a list, and the entries of a menu
ITEM_MARKS = BULLETS + DASHES + "✓✔►▶"
SLASHES = "/⁄∕"
BARS = "|"
ARROWS = "»›>"  # also closing quotes
STEPS = ARROWS + "/|«"  # between the steps of a breadcrumb

OPENING_QUOTES = '«"“„‹'
CLOSING_QUOTES = '»"”“›'  # “ closes what „ opens
QUOTES = "\"'«»“”„‟‹›’‘"
CLOSERS = "\"'»”’“‘›)] "  # behind the end of a sentence; quotes may stand apart from it

COMMAS = "،,"
SEMICOLONS = "؛;"
COLONS = ":：∶"
FULL_STOPS = ".۔。"
SENTENCE_ENDS = FULL_STOPS + "!?؟…"
PHRASE_ENDS = COMMAS + SEMICOLONS + COLONS  # a sentence goes on behind them
PROSE_ENDS = SENTENCE_ENDS + PHRASE_ENDS
NO_TITLE_ENDS = FULL_STOPS + PHRASE_ENDS  # a title ends in none of these

EDGES_BESIDE = " \t" + DASHES + TATWEEL + BARS + BULLETS + SLASHES + COMMAS + SEMICOLONS + COLONS + ARROWS
EDGES_BESIDE += ".…()[]{}«‹<&+_\\\"'"  # around words that stand beside a timestamp

FIRST_UNSPACED = "\u2e80"  # with it begin the scripts without spaces between words, such as Chinese

DIGITS = "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"

TASHKEEL = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"
FOLDED: dict[int, str] = str.maketrans(  # letters and digits that comparisons take for one another, and marks
    {
        **dict(zip("أإآٱىةکیۀہھ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "اااايهكيههه01234567890123456789", strict=True)),
        **dict.fromkeys(TASHKEEL + TATWEEL + "\u0670", ""),
    }
)

"""The table of `newsparse.arabic`, made by ``python -m newsparse.arabic``; do not edit."""

TASHKEEL = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"
OLD = "أإآٱىةکیۀہھ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"
NEW = "اااايهكيههه01234567890123456789"
REMOVED = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0640\u0670"
FOLDED: dict[int, str] = {**dict(zip(map(ord, OLD), NEW)), **dict.fromkeys(map(ord, REMOVED), "")}  # noqa: B905

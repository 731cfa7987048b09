"""Currency words and signs, with their ISO 4217 codes."""

WORDS = {
    "元": "CNY",
    "圆": "CNY",
    "块钱": "CNY",
    "元人民币": "CNY",
    "人民币": "CNY",
    "人民币元": "CNY",
    "美元": "USD",
    "美金": "USD",
    "港元": "HKD",
    "港币": "HKD",
    "欧元": "EUR",
    "英镑": "GBP",
    "日元": "JPY",
    "日圆": "JPY",
    "澳元": "AUD",
    "澳大利亚元": "AUD",
    "加元": "CAD",
    "加拿大元": "CAD",
    "新加坡元": "SGD",
    "新加坡币": "SGD",
    "新币": "SGD",
    "韩元": "KRW",
    "瑞士法郎": "CHF",
    "新台币": "TWD",
    "澳门元": "MOP",
    "澳门币": "MOP",
    "卢布": "RUB",
    "泰铢": "THB",
    "越南盾": "VND",
    "马来西亚林吉特": "MYR",
    "林吉特": "MYR",
}
CODES = {
    "RMB¥": "CNY",
    "RMB": "CNY",
    "CNY": "CNY",
    "CNH": "CNY",
    "US$": "USD",
    "USD": "USD",
    "HK$": "HKD",
    "HKD": "HKD",
    "S$": "SGD",
    "SGD": "SGD",
    "EUR": "EUR",
    "GBP": "GBP",
    "JPY": "JPY",
    "AUD": "AUD",
    "CAD": "CAD",
    "CHF": "CHF",
    "MOP": "MOP",
    "TWD": "TWD",
    "KRW": "KRW",
    "¥": "CNY",
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
}


def currency_of(word: str) -> str | None:
    """ISO code of a word or sign, None for an unknown one.

    Args:
        word: folded; case and inner spaces do not matter.
    """
    bare = word.replace(" ", "").upper()
    return WORDS.get(bare) or CODES.get(bare)


def alternation(words: dict[str, str]) -> str:
    """A regex part that matches any of the words, longest first."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(word.replace("$", r"\$") for word in ordered)

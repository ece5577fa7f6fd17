"""Telephone numbers and short codes, by their form (ITU-T E.123) or the word before them."""

from __future__ import annotations

# (206) 555-1212, 206-555-1212, +1-222-2222, +44 20 7946 0958, 0800 123 4567; and longer codes in dashes.
PHONE = (
    r"(?<![\w.,-])1-\d{3}-\d{3}-[A-Z]{4}\b(?: \(\d{4,9}\))?"
    r"|\(\d{2,5}\)[ -]?\d{3,4}[ -]?\d{3,4}\b"
    r"|(?<![\w.,])\+\d{1,3}(?:[ .-]\(?\d{1,5}\)?){2,5}(?:/\d+)?"
    r"|(?<![\w.,-])\d{3}[-.]\d{3}[-.]\d{4}\b"
    r"|(?<![\w.,-])0\d{2,4}[ -]\d{3,4}[ -]?\d{3,4}\b"
    r"|(?<![\w.,-])\d{2,9}-\d{2,9}-\d{2,9}(?:-\d{1,9})*\b"
    r"|(?<![\w.,-])\d{3,5} \d{4} \d{3,4}(?![\w,.-]?\d)"
)
# "text 60777 to give": no plural follows that it could count.
# "call 555 0134 2210": any groups of digits behind such a word.
SHORT_CODE = r"\b(?:[Tt]ext(?:ing)?|[Ss]ms|SMS|[Dd]ial(?:l?ing)?)(?:\s[A-Z]{3,12}\sto)?\s\d{3,6}\b(?![,.]\d|\s(?!(?:is|was|this|us)\b)[a-z-]+s\b)"
CALLED = r"\b(?:call|ring|dial|text|phone|hotline|helpline)\s\+?\(?\d{2,5}\)?(?:[ .-]\d{2,5}){1,4}\b"
# "dialled 911 twice", "call 999 or 112", "a 911 call".
EMERGENCY = (
    r"\b(?:[Cc]all|[Dd]iall?|[Rr]ing|[Tt]ext|[Pp]hone)(?:s|ed|ing)?\s(?:911|999|112|988|111|101|105|000)(?:\s(?:or|and)\s\d{3})?\b(?![,.]\d)"
    r"|(?<![\w.,$€£-])(?:911|999)(?=\s(?:call|caller|dispatch|operator|in an emergency)(?:s|er|ers)?\b)"
)

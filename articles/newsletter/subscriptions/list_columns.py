"""What the columns of other systems' lists mean: an address, a day of consent, or that somebody does not want mail.

Names are compared in small letters without spaces and marks: “Email Address” is “email_address”. A status that nobody
here knows keeps its row out: nobody who left may be written to because their old system has a word of its own for it.
"""

import re
from collections.abc import Sequence

MEANINGS = {  # of several columns with one meaning the first that is filled counts
    "email": ["email", "mail", "emailaddress", "subscriberemail", "address"],
    "confirmed_at": ["confirmedat", "confirmed", "confirmtime", "confirmationtime", "confirmedon", "optintime"],
    "source": ["source"],
    "sections": ["sections", "section"],
}
STATUS = {
    *("status", "state", "memberstatus", "subscriberstatus", "subscriptionstatus", "contactstatus", "emailstatus"),
    *("emailmarketing", "emailmarketingstatus", "marketingstatus"),
}
SUBSCRIBED = {
    *("", "active", "subscribed", "enabled", "confirmed", "optedin", "optin", "member", "free", "paid", "comped"),
}
WANTS_MAIL = {
    *("subscribed", "issubscribed", "subscribedtoemails", "emailenabled", "acceptsmarketing", "acceptsemail"),
    *("optin", "optedin", "isactive", "active", "enabled", "marketingconsent"),
}
NO_WISH = "The list says that they don’t want mail ({})."
LEFT = re.compile(
    r"(is|date|time)?(unsubscribed?|unsub|opt(ed)?out|deleted|blocked|blocklisted|blacklisted|bounced|hardbounced?|clean(ed)?|"
    r"suppressed|complain(ed|t)|spam|markedasspam)(at|on|time|date|timestamp|campaign\w{0,20}|reason)?"
)
NO_MAIL = {"left", "gone", "dead", "disabled", "inactive", "invalid", "nomail", "donotmail", "dontmail"}
NO = {"", "0", "false", "no", "n", "null", "none", "nil", "-", "f", "never"}


def plain(name: str) -> str:
    """The name of a column, or a status, without what systems write differently."""
    return re.sub(r"[\W_]+", "", name.lower())


def places(header: Sequence[str]) -> dict[str, list[int]]:
    """Where each meaning stands, the column that counts first at first."""
    names = [plain(name) for name in header]
    return {
        meaning: [names.index(name) for name in known if name in names]
        for meaning, known in MEANINGS.items()
        if set(known) & set(names)
    }


def unused(header: Sequence[str]) -> list[str]:
    """Columns that nothing is taken from."""
    known = {place for matching in places(header).values() for place in matching}
    return [name for place, name in enumerate(header) if place not in known and not _tells(plain(name))]


def why_not(header: Sequence[str], cells: Sequence[str]) -> str:
    """Why a row must not be written to by its own list, naming the column and what it says; empty where it may."""
    for name, cell in zip(header, cells, strict=False):
        column, value = plain(name), plain(cell)
        if (
            (column in STATUS and value not in SUBSCRIBED)
            or (column in WANTS_MAIL and (value in NO - {""}))
            or (LEFT.fullmatch(column) and cell.strip().lower() not in NO)
        ):
            return NO_WISH.format(f"{name.strip()[:40]}: {cell.strip()[:40]}")
    return ""


def says_no(remark: str) -> bool:
    """Whether what somebody wrote beside an address, or over several, says that they left or get no mail."""
    words = re.findall(r"[\w’'-]+", remark)
    phrases = (plain("".join(words[start : start + size])) for size in (1, 2, 3) for start in range(len(words)))
    return any(phrase in NO_MAIL or LEFT.fullmatch(phrase) for phrase in phrases)


def _tells(column: str) -> bool:
    return column in STATUS or column in WANTS_MAIL or bool(LEFT.fullmatch(column))

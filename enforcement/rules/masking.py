"""Masking (脱敏): enough to recognise a person one knows of, too little to find one."""

import re

STAR = "*"
MOST_STARS = 3
LONG_NUMBER = 15
MOBILE = re.compile(r"1[0-9]{10}")
TO_THE_STREET = re.compile(r"^.*?(?:大道|路|街(?!道)|巷|弄|胡同)(?!.?[区县])")
"""Up to the first street; 街道 is an office, 路桥区 and 路南区 are districts."""
TO_THE_VILLAGE = re.compile(r"^[^0-9０-９]*[省市区县旗镇乡道村区]")
"""Else up to the last place that is administered, before any number."""


def name(full: str | None) -> str | None:
    """周* for 周英, 周*英 for 周小英; longer ones keep both ends and never more than three stars between."""
    if not full:
        return full
    if len(full) == 1:
        return STAR
    stars = STAR * min(max(1, len(full) - 2), MOST_STARS)
    return full[0] + stars + (full[-1] if len(full) > 2 else "")


def number(full: str | None) -> str | None:
    """A paper's number: the first four and the last two of a long one, the first and the last two of a short one."""
    if not full:
        return full
    head = 4 if len(full) >= LONG_NUMBER else 1
    if len(full) < head + 4:
        return STAR * len(full)
    return full[:head] + STAR * (len(full) - head - 2) + full[-2:]


def phone(full: str | None) -> str | None:
    """138****0001; of another telephone the last two digits."""
    if not full:
        return full
    return f"{full[:3]}****{full[-4:]}" if MOBILE.fullmatch(full) else f"****{full[-2:]}" if len(full) > 4 else "****"


def address(full: str | None) -> str | None:
    """Up to the street, or to the village where no street is named: 云溪镇人民路***."""
    if not full:
        return full
    kept = TO_THE_STREET.match(full) or TO_THE_VILLAGE.match(full)
    seen = kept[0] if kept else ""
    return full if seen == full else seen + STAR * 3

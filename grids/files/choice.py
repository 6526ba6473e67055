"""选图层 (choosing): a file that holds several maps is never guessed at."""

from collections.abc import Sequence

from town.errors import Refused

SHOWN = 20


def one_of(source: str, names: Sequence[str], wanted: str | None) -> str:
    """The name that was asked for, or the only one. Raises Refused("layer_choice") with all of them."""
    if wanted is not None and wanted in names:
        return wanted
    if wanted is None and len(names) == 1:
        return names[0]
    there = "、".join(f"「{name}」" for name in names[:SHOWN]) + (" 等" if len(names) > SHOWN else "")
    asked = f"没有图层「{wanted}」" if wanted else f"有 {len(names)} 个图层"
    raise Refused(
        "layer_choice", why=f"{source} 里{asked}，有的是 {there}。请用 --layer 写明要哪一个。", layers=[*names]
    )

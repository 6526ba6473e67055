"""What can be wrong with a journal (轨迹损坏), and the sentence that tells an administrator."""

from dataclasses import dataclass
from enum import StrEnum


class Damage(StrEnum):
    """Kinds of damage, as exact as the hashes allow."""

    CHANGED = "changed"
    HASH_CHANGED = "hash_changed"
    SWAPPED = "swapped"
    EVENT_DELETED = "event_deleted"
    NUMBER_DELETED = "number_deleted"
    GAP = "gap"
    INSERTED = "inserted"
    REMOVED = "removed"
    UNNUMBERED = "unnumbered"
    TAIL_CUT = "tail_cut"
    RECHAINED = "rechained"
    WORDS_CHANGED = "words_changed"


SENTENCES = {
    Damage.CHANGED: "第 {position} 号的内容与链值不符：内容被改过，或者整行是后来放进去的。",
    Damage.HASH_CHANGED: "第 {position} 号的链值被改过，内容没有变。",
    Damage.SWAPPED: "第 {position} 号与第 {other} 号被对调了。",
    Damage.EVENT_DELETED: "第 {position} 号只剩编号，轨迹行被删除了。",
    Damage.NUMBER_DELETED: "第 {position} 号的编号被删除了，轨迹行还在。",
    Damage.GAP: "{span}不见了；紧跟其后的一行因此无法核对。",
    Damage.INSERTED: "{span}是后来插入的，其后的编号被整体后移。",
    Damage.REMOVED: "第 {position} 号之前有 {other} 行被删除，其后的编号被整体前移。",
    Damage.UNNUMBERED: "有一行轨迹既没有编号，也不在等候编号：它是绕过系统写进去的，或者编号被删除了。",
    Damage.TAIL_CUT: "{span}不见了：库外记过第 {other} 号。如果刚恢复了旧备份，请先把链头文件改名存档。",
    Damage.RECHAINED: "第 {position} 号与库外记下的链头不同：从这里往前，链被整体重算过，或者换了数据库。",
    Damage.WORDS_CHANGED: "{subject} 的文字（{field}）与引用它的值不符：文字被改过。",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of damage. ``event`` is the id's 32 hex digits; ``other`` is what the kind's sentence makes of it."""

    damage: Damage
    position: int | None = None
    seq: int | None = None
    event: str | None = None
    other: int | None = None
    subject: str | None = None
    field: str | None = None
    cite: str | None = None

    @property
    def sentence(self) -> str:
        """What to tell the administrator, in Chinese, with whatever names the row."""
        told = {name: getattr(self, name) for name in ("position", "other", "subject", "field")}
        told["span"] = f"第 {self.position} 号" + (f"到第 {self.other} 号" if self.other != self.position else "")
        named = {"seq": self.seq, "事件": self.event, "引用": self.cite}
        names = "，".join(f"{name} {value}" for name, value in named.items() if value is not None)
        return SENTENCES[self.damage].format(**told) + (f"（{names}）" if names else "")

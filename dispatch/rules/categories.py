"""Kinds of matter (事项类别) a citizen can choose from: class codes of GB/T 47678.5-2026, and one for everything else."""

CATEGORIES = {
    "09006": "占道经营",
    "06011": "垃圾渣土",
    "06027": "油烟异味",
    "06028": "噪声扰民",
    "06001": "违法搭建",
    "other": "其他",
}
OTHER = "other"

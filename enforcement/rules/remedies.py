"""What a paper says about remedies (救济途径): by kind of decision and by whose decision it is. Pure.

行政处罚法 52, 59; 行政复议法 20, 22, 23(1)(1), 24; 行政诉讼法 45, 46. A penalty on the spot goes to reconsideration first.
"""

GOES_ON = "复议、诉讼期间，除法律另有规定外，不停止本决定的执行。"


def of_decision(reconsideration_organ: str, court: str, *, online: bool = False) -> str:
    """Against a decision of the ordinary procedure: either way, as the party likes."""
    return (
        f"如不服本决定，可以自收到本决定书之日起六十日内向{reconsideration_organ}申请行政复议"
        f"{_online(online)}，也可以自收到本决定书之日起六个月内依法向{court}提起行政诉讼。{GOES_ON}"
    )


def of_on_spot(reconsideration_organ: str, court: str) -> str:
    """Against a penalty on the spot: reconsideration comes first (行政复议法 23(1)(1))."""
    return (
        f"如不服本决定，应当先自收到本决定书之日起六十日内向{reconsideration_organ}申请行政复议；"
        f"对行政复议决定不服的，可以自收到行政复议决定书之日起十五日内依法向{court}提起行政诉讼。{GOES_ON}"
    )


def of_measure(reconsideration_organ: str, court: str) -> str:
    """Against 查封、扣押, 责令改正 and the like."""
    return (
        f"如不服，可以自收到本文书之日起六十日内向{reconsideration_organ}申请行政复议，"
        f"也可以自收到本文书之日起六个月内依法向{court}提起行政诉讼。"
    )


def _online(online: bool) -> str:
    return "（本决定通过互联网渠道送达，也可以通过互联网渠道提交行政复议申请）" if online else ""

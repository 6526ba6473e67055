"""Every hard stop by code, with its article and what it is about (硬性约束一览)."""

from dataclasses import dataclass

LAW, FORCE, CIVIL, REVIEW, SUIT = "行政处罚法", "行政强制法", "民事诉讼法", "行政复议法", "行政诉讼法"


@dataclass(frozen=True, slots=True)
class Stop:
    """不得办理: why an act may not be done, for which article, in a sentence that says what to do next."""

    code: str
    article: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Ground:
    """约束: one kind of stop."""

    code: str
    article: str
    label: str


def stop(code: str, sentence: str) -> Stop:
    """A stop of the catalogue in its own words. Raises KeyError for a code that is not there."""
    return Stop(code, CATALOGUE[code].article, sentence)


_ALL = (
    Ground("unknown", f"{LAW}第四十条", "情况不清，不能判断"),
    # moments
    Ground("in_future", f"{LAW}第四十七条", "办理时间在将来"),
    Ground("before_last_act", f"{LAW}第四十七条", "办理时间早于上一步"),
    Ground("day_in_future", f"{LAW}第四十七条", "登记的日期在将来"),
    Ground("ends_before_begin", f"{LAW}第四十七条", "起止时间颠倒"),
    Ground("until_passed", f"{LAW}第二十八条第一款", "改正期限已过"),
    Ground("days_disordered", f"{LAW}第三十六条", "违法、发现、登记的日期颠倒"),
    Ground("approved_backwards", f"{LAW}第四十七条", "审批、决定倒签日期"),
    Ground("day_before_act", f"{LAW}第四十七条、第六十四条第二项、{CIVIL}第九十五条", "文书的日期早于制作"),
    Ground("left_empty", f"{LAW}第四十七条", "应当写明的没有写"),
    # people
    Ground("two_officers", f"{LAW}第四十二条", "执法人员少于两人"),
    Ground("not_qualified", f"{LAW}第四十二条", "执法人员没有有效的执法证"),
    Ground("same_certificate", f"{LAW}第四十二条", "两人用同一张执法证"),
    Ground("auxiliary", "国办发〔2024〕54号", "辅助人员、网格员参加执法"),
    Ground("other_squad", f"{LAW}第四十二条第一款、第四十七条", "外中队的人员没有借调记录"),
    Ground("conflict", f"{LAW}第四十三条", "应当回避"),
    Ground("withdrawn", f"{LAW}第四十三条", "已经决定回避"),
    Ground("challenge_pending", f"{LAW}第四十三条第三款", "回避申请还没有决定"),
    Ground("not_challenged", f"{LAW}第四十三条第三款", "没有对这个人的回避申请"),
    Ground("rules_on_himself", f"{LAW}第四十三条第三款", "自己决定自己的回避"),
    Ground("approves_own_case", f"{LAW}第五十七条", "办案人员审批自己的案件"),
    Ground("reviews_own_case", f"{LAW}第五十八条", "办案人员审核自己的案件"),
    Ground("hears_own_case", f"{LAW}第六十四条第四项", "办案人员主持听证"),
    Ground("reviewer_unqualified", f"{LAW}第五十八条第二款", "审核人员没有资格"),
    # powers
    Ground("outside_town", f"{LAW}第二十二条", "违法行为地不在本镇"),
    Ground("power_then", f"{LAW}第五条第三款、第十七条、第三十八条", "行为发生时没有这项职权"),
    Ground("power_today", f"{LAW}第五条第三款、第十七条、第三十八条", "现在没有这项职权"),
    Ground("too_late", f"{LAW}第三十六条、生态环境法典第一千零五十四条", "超过追责期限"),
    Ground("fined_already", f"{LAW}第二十九条", "同一行为已经罚款"),
    Ground("other_case_open", f"{LAW}第二十九条", "同一行为另案正在办理"),
    Ground("higher_fine", f"{LAW}第二十九条", "另有罚款更高的规定"),
    Ground("no_provision", f"{LAW}第三十八条", "没有处罚依据"),
    Ground("lawful_now", f"{LAW}第三十七条", "新规定不再处罚"),
    # mercy
    Ground("under_14", f"{LAW}第三十条", "不满十四周岁"),
    Ground("mental", f"{LAW}第三十一条", "不能辨认或控制自己行为"),
    Ground("minor_corrected", f"{LAW}第三十三条第一款", "轻微、及时改正、没有危害后果"),
    Ground("no_fault", f"{LAW}第三十三条第二款", "没有主观过错"),
    Ground("facts_unrecorded", f"{LAW}第四十条", "裁量事实没有记录"),
    Ground("must_be_lighter", f"{LAW}第三十条、第三十二条", "应当从轻或者减轻"),
    Ground("not_lighter", f"{LAW}第三十条、第三十二条", "没有从轻或者减轻"),
    Ground("lighter_unfounded", f"{LAW}第三十二条", "从轻、减轻的理由没有事实"),
    Ground("ground_missing", f"{LAW}第五十七条", "没有不予处罚的理由"),
    Ground("ground_unfounded", f"{LAW}第三十三条", "不予处罚的理由与事实不符"),
    Ground("not_first_offence", f"{LAW}第三十三条第一款", "不符合首违不罚"),
    Ground("education_missing", f"{LAW}第三十三条第三款", "没有教育记录"),
    # evidence
    Ground("certificate_not_shown", f"{LAW}第五十二条、第五十五条", "没有出示执法证件"),
    Ground("avoidance_not_told", f"{LAW}第四十三条、第四十四条", "没有告知申请回避的权利"),
    Ground("rights_not_told", f"{LAW}第五十五条、第四十四条", "没有告知权利义务"),
    Ground("refusal_unnoted", f"{LAW}第五十五条第二款", "没有签字又没有注明"),
    Ground("no_such_evidence", f"{LAW}第四十六条", "没有这个证据"),
    Ground("no_evidence", f"{LAW}第四十条", "没有证据"),
    Ground("evidence_excluded", f"{LAW}第四十六条第三款", "引用已排除的证据"),
    Ground("camera_unreviewed", f"{LAW}第四十一条", "监控记录没有审核通过"),
    Ground("evidence_unverified", f"{LAW}第四十六条第二款", "证据没有查证"),
    Ground("not_monitoring", f"{LAW}第四十一条", "不是电子监控记录"),
    Ground("party_missing", f"{LAW}第四十条、第五十九条", "没有确认当事人"),
    # correction
    Ground("no_correction", f"{LAW}第二十八条第一款", "没有责令改正"),
    Ground("correct_first", f"{LAW}第二十八条、第三十八条", "要先责令改正，拒不改正才能处罚"),
    Ground("nothing_to_recheck", f"{LAW}第二十八条第一款", "没有责令改正可复查"),
    Ground("recheck_too_early", f"{LAW}第二十八条第一款", "改正期限还没有到"),
    # on the spot and fast lane
    Ground("over_spot_limit", f"{LAW}第五十一条", "超过当场处罚的限额"),
    Ground("not_for_spot", f"{LAW}第五十一条", "不能当场处罚的种类"),
    Ground("not_told", f"{LAW}第四十四条、第五十二条", "没有当场告知"),
    Ground("absent_on_spot", f"{LAW}第五十二条第一款", "当事人不在场不能当场处罚"),
    Ground("cash_not_allowed", f"{LAW}第六十七条、第六十八条、第六十九条", "不能当场收缴"),
    Ground("not_fast", f"{LAW}第五十四条", "不在简案快办清单"),
    Ground("fast_excluded", f"{LAW}第五十四条", "有不适用简案快办的情形"),
    Ground("fast_left", f"{LAW}第五十四条", "已经转为普通程序"),
    # measures
    Ground("hold_not_ended", f"{LAW}第五十六条", "上一次登记保存没有处理完"),
    Ground("hold_not_asked", f"{LAW}第五十六条", "没有登记保存的申请"),
    Ground("hold_not_approved", f"{LAW}第五十六条", "登记保存没有批准"),
    Ground("hold_lapsed", f"{LAW}第五十六条、第八十五条", "登记保存已经失效"),
    Ground("confiscated_without_decision", f"{LAW}第九条、第四十四条、第五十七条", "没收没有处罚决定"),
    Ground("not_yet_over", f"{LAW}第五十六条、{FORCE}第二十五条", "期限没有届满，不会失效"),
    Ground("nothing_held", f"{LAW}第五十六条", "没有登记保存的物品"),
    Ground("seizure_forbidden", f"{FORCE}第十七条第二款、第二十二条", "本镇没有查封、扣押的职权"),
    Ground("seizure_entrusted", f"{FORCE}第十七条第一款", "委托的事项不得查封、扣押"),
    Ground("seizure_not_ended", f"{FORCE}第二十三条", "上一次查封、扣押没有解除"),
    Ground("seizure_not_asked", f"{FORCE}第十八条第一项", "没有查封、扣押的申请"),
    Ground("nothing_seized", f"{FORCE}第二十五条", "没有查封、扣押的物品"),
    Ground("extended_before", f"{FORCE}第二十五条", "已经延长过一次"),
    Ground("lifted_late", f"{FORCE}第二十八条第四项", "到期的应当以期满解除"),
    Ground("seizure_lapsed", f"{FORCE}第二十五条、第二十八条", "查封、扣押已经到期"),
    # notice and hearing
    Ground("nothing_to_tell", f"{LAW}第四十四条", "不处罚不用事先告知"),
    Ground("not_notified", f"{LAW}第四十四条、第六十二条", "没有送达事先告知书"),
    Ground("notice_outdated", f"{LAW}第四十四条、第四十五条", "事实变了，没有重新告知"),
    Ground("party_was_told", f"{LAW}第四十四条", "已经告知的当事人不能更换"),
    Ground("heavier_than_notified", f"{LAW}第四十五条第二款", "比告知的更重"),
    Ground("heavier_without_facts", f"{LAW}第四十五条第二款", "申辩后没有新证据而加重"),
    Ground("waiver_unsigned", f"{LAW}第六十二条", "放弃权利没有签字"),
    Ground("defence_open", f"{LAW}第四十五条、第六十二条", "陈述申辩期没有结束"),
    Ground("defence_unreviewed", f"{LAW}第四十五条第一款", "陈述申辩没有复核"),
    Ground("hearing_not_told", f"{LAW}第六十三条", "没有告知听证的权利"),
    Ground("no_right_to_hearing", f"{LAW}第六十三条", "没有听证的权利"),
    Ground("hearing_asked_late", f"{LAW}第六十四条第一项、第八十五条", "超过五日要求听证"),
    Ground("hearing_called_late", f"{LAW}第六十四条第二项、第八十五条", "听证通知不足七日"),
    Ground("secret_hearing", f"{LAW}第六十四条第三项", "不公开听证没有理由"),
    Ground("hearing_not_called", f"{LAW}第六十四条第二项", "没有通知听证"),
    Ground("hearing_other_time", f"{LAW}第六十四条第二项", "没有在通知的时间举行"),
    Ground("absent_uncalled", f"{LAW}第六十四条第二项、第六项", "听证通知没有提前送达"),
    Ground("chair_unknown", f"{LAW}第六十四条第四项", "指定的主持人不存在"),
    Ground("other_chair", f"{LAW}第六十四条第四项", "不是指定的主持人"),
    Ground("hearing_not_over", f"{LAW}第六十三条、第六十五条", "听证没有结束"),
    Ground("hearing_term_open", f"{LAW}第六十四条第一项", "要求听证的期限没有结束"),
    # decision
    Ground("threshold_unconfirmed", f"{LAW}第五十七条、第五十八条、第六十三条", "本镇还没有确认数额标准"),
    Ground("review_missing", f"{LAW}第五十八条", "没有通过法制审核"),
    Ground("discussion_missing", f"{LAW}第五十七条第二款", "没有集体讨论通过"),
    Ground("discussed_alone", f"{LAW}第五十七条第二款", "一个人不是集体讨论"),
    Ground("transfer_is_no_decision", f"{LAW}第二十七条、第五十七条", "移送不是处罚决定"),
    Ground("kinds_missing", f"{LAW}第九条", "没有处罚种类"),
    Ground("kind_not_allowed", f"{LAW}第九条、第三十八条", "罚则没有这种处罚"),
    Ground("sum_without_kind", f"{LAW}第九条", "金额与处罚种类不符"),
    Ground("penalty_in_no_penalty", f"{LAW}第五十七条", "不予处罚却有处罚内容"),
    Ground("above_provision", f"{LAW}第三十八条", "超过法定上限"),
    Ground("below_provision", f"{LAW}第三十二条", "低于法定下限没有减轻的理由"),
    Ground("tier_open", f"{LAW}第三十四条", "裁量档次没有确定"),
    Ground("outside_tier", f"{LAW}第三十四条", "超出裁量档次没有理由"),
    Ground("deviation_unexplained", f"{LAW}第五条第二款、第三十四条", "与同类案件不一致没有理由"),
    # service
    Ground("no_consent", f"{LAW}第六十一条第二款", "没有同意电子送达"),
    Ground("other_channel", f"{LAW}第六十一条第二款", "不是确认书上的电子地址"),
    Ground("consent_unsigned", f"{LAW}第六十一条第二款", "电子送达确认书没有签字"),
    Ground("left_unwitnessed", f"{CIVIL}第八十九条", "留置送达没有见证"),
    Ground("no_tracking", f"{CIVIL}第九十一条", "邮寄送达没有邮件号码"),
    Ground("not_signed_for", f"{CIVIL}第八十七条、第八十八条", "直接送达没有签收"),
    Ground("not_announced", f"{CIVIL}第九十五条", "没有公告"),
    Ground("announced_too_short", f"{CIVIL}第九十五条", "公告期没有届满"),
    Ground("paper_replaced", f"{LAW}第六十一条", "文书已经重新制作"),
    Ground("served_before_made", f"{LAW}第六十一条", "送达早于文书制作"),
    # performance
    Ground("paid_too_much", f"{LAW}第六十六条、第七十二条", "超过应缴数额"),
    Ground("paid_before_decision", f"{LAW}第六十七条", "缴款早于决定"),
    Ground("nothing_paid_in", f"{LAW}第六十六条", "金额要大于零"),
    Ground("receipt_twice", f"{LAW}第七十条", "票据号码重复"),
    Ground("receipt_elsewhere", f"{LAW}第七十条、第七十四条第二款", "票据号码在另一个案件用过"),
    Ground("cash_over", f"{LAW}第七十一条", "超过收到的现金"),
    Ground("parts_wrong", f"{LAW}第六十六条第二款", "分期金额与未缴罚款不符"),
    Ground("parts_out_of_order", f"{LAW}第六十六条第二款", "分期日期不对"),
    Ground("nothing_owed", f"{LAW}第六十六条", "没有可缴的罚款"),
    Ground("not_confiscated", f"{LAW}第七十四条", "没有决定没收物品"),
    Ground("urged_too_soon", f"{FORCE}第五十四条、{LAW}第六十七条", "缴款期限没有届满"),
    Ground("not_urged", f"{FORCE}第五十四条", "没有送达催告书"),
    Ground("urging_term_open", f"{FORCE}第五十四条、第六十九条", "催告后不满十个工作日"),
    Ground("suit_term_open", f"{FORCE}第五十三条", "复议、诉讼期限没有届满"),
    Ground("court_term_over", f"{FORCE}第五十三条", "超过三个月申请期限"),
    Ground("contest_under_way", f"{FORCE}第五十三条", "复议、诉讼还没有结果"),
    # endings
    Ground("reconsider_first", f"{REVIEW}第二十三条第一款第一项", "当场处罚要先申请复议"),
    Ground("suit_waits", f"{REVIEW}第二十九条第一款", "复议期间不能起诉"),
    Ground("no_contest", f"{LAW}第七十三条", "没有登记过复议或者诉讼"),
    Ground("not_served", f"{LAW}第六十一条", "决定书没有送达"),
    Ground("not_paid", f"{LAW}第六十六条", "罚款没有缴清"),
    Ground("not_performed", f"{LAW}第六十六条", "其他处罚没有履行"),
    Ground("not_rechecked", f"{LAW}第二十八条第一款", "改正没有复查"),
    Ground("goods_held", f"{LAW}第五十六条、{FORCE}第二十八条", "物品没有处理"),
    Ground("cash_not_banked", f"{LAW}第七十一条", "现金没有缴到银行"),
    Ground("still_published", f"{LAW}第四十八条第二款", "公开没有撤回"),
    Ground("contest_unclear", f"{LAW}第七十三条", "没有说明结果针对哪个决定"),
    Ground("changed_sum", f"{REVIEW}第六十三条第一款、{SUIT}第七十七条第一款", "变更后的金额没有写明"),
    Ground("changed_heavier", f"{REVIEW}第六十三条第二款、{SUIT}第七十七条第二款", "变更以后比原决定更重"),
    Ground("ruled_before_asked", f"{LAW}第七十三条", "结果早于提起的日期"),
    Ground("nothing_to_publish", f"{LAW}第四十八条第二款", "没有有效的决定可公开"),
    Ground("no_decision", f"{LAW}第七十三条、第七十五条", "决定已经撤销"),
    Ground("published_before", f"{LAW}第四十八条", "已经公开"),
    Ground("not_published", f"{LAW}第四十八条第二款", "没有公开过"),
    Ground("transfer_unfounded", f"{LAW}第二十二条、第二十七条", "移送的理由与事实不符"),
    Ground("not_filed", f"{LAW}第五十四条", "没有立过案"),
)
CATALOGUE = {one.code: one for one in _ALL}

"""The catalogue of refusals. Services raise them as facts; ``town.http`` turns them into problem+json (RFC 9457)."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Problem:
    """One kind of refusal: a stable code for programs, a sentence for people that says what to do next."""

    code: str
    status: int
    title: str
    detail: str


class Refused(Exception):
    """Something was asked that may not be done. ``facts`` fill the sentence and go out beside it."""

    def __init__(self, code: str, /, **facts: Any) -> None:
        super().__init__(code, facts)
        self.problem = CATALOGUE[code]
        self.facts = facts

    @property
    def detail(self) -> str:
        """The sentence for the person, filled with the facts."""
        return self.problem.detail.format(**self.facts)

    def __str__(self) -> str:
        return f"{self.problem.code}: {self.detail}"


def _catalogue(*problems: Problem) -> dict[str, Problem]:
    return {problem.code: problem for problem in problems}


CATALOGUE = _catalogue(
    # the request itself
    Problem("malformed", 400, "请求格式不对", "{why}"),
    Problem("too_deep", 400, "请求嵌套太深", "JSON 嵌套最多 {limit} 层，请简化后再发。"),
    Problem("invalid", 422, "内容不符合要求", "请检查标出的各项后再提交。"),
    Problem("too_large", 413, "内容太大", "一次最多 {limit} 字节，请缩小后再发。"),
    Problem("media_type", 415, "不支持这种格式", "请用 {expected} 发送。"),
    Problem("not_found", 404, "没有找到", "没有这一项，或者您无权查看。"),
    Problem("method_not_allowed", 405, "这里不支持这种操作", "请换用允许的方法：{allowed}。"),
    Problem(
        "internal", 500, "系统出错", "没有保存任何内容。请稍后再试；若一直这样，请把编号 {request_id} 告诉管理员。"
    ),
    Problem("pages_missing", 503, "页面还没有生成", "请管理员先运行 make setup，生成 web/dist 后再打开。"),
    Problem(
        "busy",
        503,
        "系统正忙",
        "不能确定这次是否已经保存。请 {seconds} 秒后用同一编号（Idempotency-Key）重发，不会重复。",
    ),
    Problem("streams_full", 503, "实时画面已满", "同时打开的实时画面不能超过 {limit} 个，请关掉不用的再试。"),
    # repeated requests
    Problem(
        "key_missing", 400, "缺少幂等键", "请在请求头 Idempotency-Key 里放 16 到 128 个字符的唯一编号，重发时保持不变。"
    ),
    Problem(
        "key_reused", 409, "幂等键已用于别的内容", "同一个 Idempotency-Key 已经提交过另一份内容；新内容请换新的编号。"
    ),
    # who may
    Problem("not_signed_in", 401, "请先登录", "请登录后再试。"),
    Problem("wrong_login", 401, "账号或密码不对", "请核对后再试；忘记密码请找管理员重置。"),
    Problem("login_locked", 429, "登录暂停", "密码连续输错，请 {seconds} 秒后再试。"),
    Problem("login_taken", 409, "账号已有人用", "已经有账号「{login}」，请换一个登录名。"),
    Problem("receipt_unknown", 401, "查询码不对", "没有这个查询码，请对照回执再输一遍。"),
    Problem("forbidden", 403, "没有权限", "您的岗位不能做这一步，请找 {roles} 办理。"),
    # the journal and the order
    Problem("stale", 409, "内容已经变了", "在您操作之前，别人已经更新到第 {current} 版；请刷新后再决定。"),
    Problem("position_unknown", 409, "进度对不上", "这里只到第 {head} 条，可能从备份恢复过；请从头重新获取。"),
    Problem("illegal_step", 409, "现在不能做这一步", "工单现在是「{state}」，不能「{action}」。"),
    Problem("own_work", 403, "不能核查自己办的工单", "核查人不能是处置人，请换一位同事核查。"),
    Problem("return_spent", 409, "不能再退回", "这件工单已经裁定过，不能再退回；有不同意见请找督办。"),
    Problem("other_squad", 403, "不是本中队的工单", "这件工单派给了别的中队。"),
    Problem("nothing_asked", 409, "没有待批的申请", "没有等待批准的延期申请，或者已经有人批过；请刷新后再看。"),
    Problem("already_asked", 409, "已经申请过", "上一次延期申请还没有批，请等批准后再申请。"),
    Problem("own_request", 403, "不能批自己的申请", "延期要由别人批准，请换一位同事。"),
    Problem("own_order", 403, "不能给自己手里的工单停表", "挂账和延期要由不承办这件工单的人决定，请换一位同事。"),
    Problem("missing_fact", 422, "还缺内容", "「{action}」必须写明：{missing}。"),
    Problem("already_rated", 409, "已经评价过了", "每件举报只能评价一次，您的评价已经记录。"),
    Problem("not_answered", 409, "还没有答复", "有了答复才能评价，请等答复后再来。"),
    Problem("link_settled", 409, "已经有人判断过", "这条重复线索已经处理过，请刷新后再看。"),
    Problem("nothing_to_join", 409, "没有可以并入的举报", "附近没有正在办理的同类举报；您的举报会照常办理。"),
    Problem("order_ended", 409, "工单已经办结", "工单 {order} 已经办结，不能再并入；请作为新的来件登记。"),
    Problem("their_number_missing", 422, "缺少来件编号", "「{source}」的来件必须写明对方的编号。"),
    Problem(
        "number_known", 409, "这个编号已经登记过", "「{source}」的编号 {number} 已经登记在工单 {order}，请直接打开它。"
    ),
    Problem("joint_open", 409, "还有人没有办完", "「{action}」之前，先等{missing}；或者告诉他们不再需要。"),
    Problem("joint_known", 409, "已经叫过了", "{body}已经在协办这件工单，请看协办一栏。"),
    Problem("joint_step", 409, "现在不能做这一步", "这项协办现在是「{state}」，不能「{action}」。"),
    Problem(
        "refusal_spent", 409, "不能再推辞", "这项协办已经由督办裁定，或者由兜底单位承担；请报到，有不同意见请找督办。"
    ),
    Problem(
        "last_resort_missing",
        409,
        "还没有兜底单位",
        "请管理员先运行 wangge town set --last-resort 单位代码 --commit；在那之前请裁定给别的单位。",
    ),
    # places
    Problem("crs_unknown", 422, "坐标系不认识", "crs 必须是 {known} 之一，收到的是「{crs}」。"),
    Problem("place_invalid", 422, "地点不对", "{why}"),
    Problem("no_grids", 409, "还没有启用的网格", "请管理员先导入并启用一版网格。"),
    # reference data
    Problem("file_unreadable", 422, "文件读不了", "{why}"),
    Problem("crs_missing", 422, "文件没有写明坐标系", "{why}"),
    Problem("layer_choice", 422, "要选一个图层", "{why}"),
    Problem("grids_refused", 422, "网格没有通过检查", "{why}"),
    Problem("edition_state", 409, "这一版现在不能这样改", "{why}"),
    Problem("list_refused", 422, "清单没有通过检查", "{why}"),
    Problem(
        "confirmation_missing",
        409,
        "还没有法制审核人员确认",
        "{why}还没有法制审核人员确认。看过问题清单后运行 wangge powers confirm {edition} --by 姓名，再启用。",
    ),
    Problem(
        "power_unknown",
        422,
        "没有这项权力",
        "权力清单里没有 {codes}；wangge powers list 列出各版，再看这一版里的代码。",
    ),
    Problem("power_change", 409, "权力不能这样变动", "不能{action} {codes}：{why}。"),
    Problem("town_missing", 409, "还没有建镇", "请先运行 wangge town create。"),
    Problem("town_exists", 409, "镇已经建好", "这个数据库里已经有「{name}」；一镇一库，新镇请用新的数据库。"),
    Problem(
        "region_unknown",
        422,
        "放假地区不认识",
        "不认识「{region}」；请写 CN、国家代码（如 US）、国家-地区代码（如 US-MA）或 NONE。",
    ),
    # photos
    Problem("photo_unreadable", 422, "照片打不开", "{why}"),
    Problem("photo_too_many_pixels", 422, "照片像素太多", "照片最多 {limit} 万像素，请缩小后再传。"),
    Problem(
        "photo_not_alone", 422, "照片里夹带了别的东西", "文件里除了照片还有{found}。请直接用相机原图，不要拼接或改名。"
    ),
    Problem("photo_lost", 404, "照片文件不见了", "记录还在，文件不在。请把编号 {photo} 告诉管理员，从备份找回。"),
    Problem("photos_full", 409, "照片已满", "一件举报最多 {limit} 张照片。"),
    # devices
    Problem(
        "device_code",
        422,
        "设备编号不合要求",
        "设备编号用 3 到 40 个小写字母、数字和连字符，如 cz-1；收到的是「{code}」。",
    ),
    Problem(
        "device_exists",
        409,
        "设备编号已用过",
        "已经有设备「{code}」，请换一个编号；丢失的设备用 wangge devices block 停用。",
    ),
    Problem("squad_unknown", 422, "没有这个中队", "没有代码为「{squad}」的中队；wangge squads list 列出全部。"),
    # people and the roster
    Problem(
        "person_unknown", 422, "没有这个账号", "没有账号「{login}」，或者已经停用；wangge accounts list 列出全部。"
    ),
    Problem(
        "partner_unknown",
        422,
        "没有这个协同单位",
        "没有代码为「{partner}」的协同单位；wangge partners list 列出全部。",
    ),
    Problem("span_backwards", 422, "起止不对", "结束要晚于开始，请核对后再填。"),
    Problem("shift_refused", 409, "这个班排不了", "{why}。"),
    Problem("shift_over", 409, "班次已经结束", "已经结束的班次和请假不能再改。"),
    Problem("certificate_exists", 409, "证号已登记", "执法证「{number}」已经登记在 {login} 名下。"),
    Problem("may_not_enforce", 403, "不能执法", "{why}（{article}）。"),
    Problem("not_a_grid_worker", 422, "不是网格员", "{name}不是网格员，不能负责网格；请先在岗位里加上网格员。"),
    Problem(
        "fallback_needed",
        409,
        "兜底人不能停用",
        "「{login}」是本镇的兜底人，别人都找不到时要找他；先用 wangge town set --fallback 换人，再停用或改岗位。",
    ),
    Problem("fallback_unfit", 422, "不能做兜底人", "{name}的岗位不行；兜底人要是督办、指挥中心、审批人或系统管理员。"),
    Problem(
        "last_resort_needed",
        409,
        "兜底单位不能停用",
        "「{partner}」是本镇的兜底单位；先用 wangge town set --last-resort 换一个，再停用。",
    ),
    Problem("people_refused", 422, "人员表没有通过检查", "{why}"),
    Problem("people_changed", 409, "人员刚刚有变动", "预览之后有人改过人员资料，什么都没有写入；请重新运行。"),
    # processes
    Problem(
        "port_taken",
        409,
        "端口用不了",
        "{host}:{port} 用不了：{why}。请停掉占用它的程序，或者用 {setting} 换一个端口。",
    ),
    Problem("clock_not_doubted", 409, "系统时钟没有被怀疑", "值守没有发现系统时钟跳变，不需要确认。"),
    Problem("database_behind", 409, "数据库不是最新版", "请先运行 wangge db upgrade，再启动。"),
    Problem("demo_only", 409, "只能用于演示", "{why}"),
    # keeping
    Problem("vault_reason", 422, "缺少理由", "查看举报人信息必须写明理由，每次查看都会留痕。"),
    Problem(
        "wrong_key",
        500,
        "打不开加密内容",
        "主密钥与加密时不同，或内容被改动过。请核对 WANGGE_MASTER_KEY（或 secrets/master_key 文件）后再试。",
    ),
    Problem("storage_full", 507, "存储空间不足", "没有保存任何内容。请联系管理员清理磁盘后再试。"),
    Problem("backup_broken", 422, "备份不完整", "{why}"),
    Problem("backup_other", 409, "备份与这里不匹配", "{why}"),
    Problem("backup_tool", 500, "缺少备份工具", "{why}"),
    Problem("not_empty", 409, "目标不是空的", "{why}"),
    Problem(
        "roles_missing",
        500,
        "数据库缺少角色",
        "数据库里没有角色 {roles}，当前账号无权建立。请数据库管理员先运行：{commands}",
    ),
    Problem("setting_missing", 500, "缺少设置", "请设置环境变量 {name}：{why}"),
    # clocks
    Problem("pause_open", 409, "已经暂停", "时限已经暂停；先恢复计时，再办新的暂停。"),
    Problem("not_paused", 409, "没有暂停", "时限没有暂停，不用恢复。"),
    Problem("pause_overlaps", 422, "暂停时间重叠", "这段时间与已有的暂停重叠，请核对起止时间后再填。"),
    Problem("pause_predates", 422, "暂停时间不对", "暂停不能早于时限开始，恢复不能早于暂停；请核对后再填。"),
    Problem("pause_too_late", 422, "暂停时间不对", "暂停只能在到期以前开始，也不能填将来的时间；请核对后再填。"),
    Problem("extension_spent", 409, "不能再延长", "最多延长 {times} 次，合计 {longest} {unit}。"),
    Problem("clock_over", 409, "时限已经结束", "已经到期、办结或停止的时限不能再改。"),
    # penalty cases
    Problem("other_area", 409, "不是本中队的片区", "这里由{squads}负责。请告诉他们，或请指挥中心登记派单。"),
    Problem("party_refused", 422, "当事人资料不对", "{why}"),
    Problem(
        "number_taken", 409, "文号已经用过", "「{number}」已经有了。两个机关不能用同一个文号前缀，请管理员核对设置。"
    ),
    Problem("number_unknown", 404, "没有这个文号", "文号登记簿里没有「{number}」，请对照登记簿再填。"),
    Problem("number_spent", 409, "文号不能再用", "「{number}」{state}，请刷新登记簿后再决定。"),
    Problem(
        "illegal_act", 409, "现在不能做这一步", "案件现在是「{state}」，不能「{action}」；请刷新后看现在能办哪些。"
    ),
    Problem("act_time", 422, "时间不对", "行为时间不能晚于现在，也不能早于上一步；请核对后再填。"),
    Problem("act_days", 422, "日期不对", "违法行为的起止、发现日期要依次不早于前一个，也不能晚于今天；请核对后再填。"),
    Problem("case_stopped", 409, "法律不允许这一步", "不能「{action}」：{why}"),
    Problem("document_incomplete", 422, "文书还缺内容", "《{form}》还缺：{missing}。补上后再办，什么都没有保存。"),
    Problem(
        "document_lost",
        404,
        "文书文件不见了",
        "登记还在，文件不在或已改变。请把编号 {document} 告诉管理员，从备份找回。",
    ),
    Problem(
        "glyph_missing",
        422,
        "有字打不出来",
        "字库里没有「{characters}」。请核对是否写错；确有此字，请管理员装上本地字体。",
    ),
    Problem("fonts_missing", 500, "没有文书字体", "{why}请管理员运行 make setup 后再办，什么都没有保存。"),
    Problem("local_rule_missing", 409, "本地规定不全", "{why}"),
    Problem("case_over", 409, "案件已经结束", "案件已经结束，不能再补充证据。"),
    Problem(
        "evidence_lost", 404, "证据文件不见了", "登记还在，文件不在或已改变。请把编号 {file} 告诉管理员，从备份找回。"
    ),
    # supervision
    Problem("supervision_open", 409, "已经在督办", "这一项已有{number}没有办结，请在那张督办单上处理。"),
    Problem(
        "illegal_supervision", 409, "现在不能做这一步", "督办单现在是「{state}」，不能「{action}」；请刷新后再看。"
    ),
    Problem("own_reply", 403, "不能审自己的回复", "回复的人不能自己审结，请换一位同事。"),
    Problem("ladder_refused", 422, "督办梯级不对", "{why}。请改正后再试，什么都没有保存。"),
    # the nightly proof
    Problem("finding_taken", 409, "已经有人在处理", "{name}已经认领了这一项；要换人，请和他商量。"),
    Problem("finding_settled", 409, "已经解决", "后来的核对已经找不到这个问题，不用再处理。"),
    # figures and appraisal
    Problem("already_excluded", 409, "已经申请过剔除", "这件工单已经有待审核或已同意的剔除，请先看剔除清单。"),
    Problem("decided_already", 409, "已经有结论", "这一项已经有人审核过，请刷新后再看。"),
    Problem("second_person", 403, "要由另一个人审核", "申请的人不能自己审核，请换一位同事。"),
    Problem("own_squad", 403, "不能审核本中队的申请", "审核人不能是申请所涉中队的人，请换一位同事。"),
    Problem("month_not_over", 409, "这个月还没有结束", "{month} 还没有结束，月底以后才能冻结。"),
    Problem("month_frozen", 409, "这个月已经冻结", "{month} 已经冻结；有不同意见请提出申诉。"),
    Problem("not_in_month", 422, "不在这个月的考核里", "{month} 的考核没有把这件工单计在您的中队；请核对月份和工单。"),
    Problem("formula_refused", 422, "考核办法没有通过检查", "{why}。请改正后再试，什么都没有保存。"),
)

"""One order with everything about it (工单详情), for the people who work on it; never who reported it."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from dispatch import labels
from dispatch.models import Decided, Link, Order, Report, Transfer
from dispatch.rules import sources, workflow
from dispatch.rules.workflow import State
from dispatch.schemas import (
    Coded,
    DecisionOut,
    LayerOut,
    LineOut,
    LinkOut,
    OrderDetail,
    OrderOut,
    OtherOrder,
    PhotoOut,
    PowerOut,
    ReportOut,
    StepOut,
    TransferOut,
)
from dispatch.services import (
    deciding,
    joint,
    joint_holding,
    joint_pictures,
    links,
    naming,
    order_cases,
    pictures,
    steps,
    time_pictures,
    timeline,
    transfers,
)
from dispatch.services.naming import Names
from enforcement.files.power_rows import MODE_NAMES
from enforcement.rules import powers as power_rules
from enforcement.rules.powers import Mode
from enforcement.services import powers
from grids import services as grids
from town import geometry, ids, journal, media, profile, watch
from town.access import Actor
from town.clock import Instant
from town.partners import Partner

FIRST_WORDS = 60


def detail(session: Session, who: Actor, order: Order, now: Instant) -> OrderDetail:
    """Everything about one order; what other squads have of the same matter is for the town's posts only."""
    told = reports_of(session, order.id)
    about = [f"report:{report.id}" for report in told]
    subject = f"order:{order.id}"
    linked = links.of(session, order.id) if who.in_town else []
    names = naming.names(session, order.edition_id)
    decided = deciding.of(session, order.id)
    picture = pictures.many(session, [order.id])[order.id]
    said = [report_out(session, report, now) for report in told]
    helpers = joint_pictures.of_order(session, who, order, now)
    told_by = [*about, subject, *(f"link:{link.id}" for link in linked), *(f"joint:{one.id}" for one in helpers)]
    return OrderDetail(
        **{**dict(picture), "power": _power(session, order), "links": _links(session, order, linked)},
        words=[report.words for report in said if report.words],
        reasons=[names.reason(reason) for reason in order.reasons],
        timeline=_told(timeline.of(session, told_by), names),
        clocks=pictures.clocks_out(session, watch.of(session, subject), now),
        photos=[photo_out(photo) for name in [*about, subject] for photo in media.of_subject(session, name)],
        allowed=_allowed(session, who, order, now),
        suspension=time_pictures.suspension_out(session, order),
        extension=time_pictures.extension_out(session, order, names, now),
        case=order_cases.shown(session, who, order.id),
        can_open_case=workflow.opens_a_case(State(order.state), steps.posts_of(who, order)),
        joint=helpers,
        can_call=joint.can_call(who, order),
        decisions=[_decision(one, names) for one in decided],
        accuracy_m=_accuracy(decided),
        transfers=[_transfer(session, letter) for letter in transfers.of(session, order.id)],
        reports=said,
        layers=_layers(session, order),
        returns=order.returns,
    )


def reports_of(session: Session, order_id: uuid.UUID) -> Sequence[Report]:
    """Every report about an order, in the order they came."""
    mine = select(Report).where(Report.order_id == order_id)
    return session.scalars(mine.order_by(Report.received_at, Report.id)).all()


def report_out(session: Session, report: Report, now: Instant) -> ReportOut:
    """A report as the desk sees it. Their time limit runs beside ours until the answer."""
    due = report.their_due_at
    return ReportOut(
        id=report.id,
        code=ids.short(report.id),
        source=report.source,
        source_name=sources.name(report.source),
        their_number=report.source_key,
        their_due_at=due,
        their_late=due is not None and (report.answered_at or now) > due,
        received_at=report.received_at,
        answered_at=report.answered_at,
        words=journal.words_of(session, f"report:{report.id}", "words"),
    )


def photo_out(photo: media.Photo) -> PhotoOut:
    """A photo by its id."""
    return PhotoOut(id=photo.id, stage=photo.stage, width=photo.width, height=photo.height)


def _allowed(session: Session, who: Actor, order: Order, now: Instant) -> list[StepOut]:
    posts, own = steps.posts_of(who, order), steps.handled_by(session, who.name, order)
    plea = steps.plea_of(session, who.name, order, now)
    waiting = joint_holding.blocked(session, order)
    return [
        StepOut(action=step.action, name=labels.ACTIONS[step.action], requires=list(step.requires))
        for step in workflow.allowed(State(order.state), posts, own, order.returns, plea)
        if step.action not in waiting
    ]


def _layers(session: Session, order: Order) -> list[LayerOut]:
    found = grids.layers_at(session, profile.current(session), *geometry.lonlat(order.place))
    return [LayerOut(layer=one.layer, grid=Coded(code=one.grid.code, name=one.grid.name)) for one in found if one.grid]


def _power(session: Session, order: Order) -> PowerOut | None:
    """The line it was given out under, as it stood on the day of the act, by what is known now."""
    if order.power_code is None or order.power_edition_id is None:
        return None
    day = _day(session, order)
    listed = powers.on(session, day)
    if listed is None or listed.edition_id != order.power_edition_id:
        listed = powers.of_edition(session, order.power_edition_id)
    power = listed.by_code.get(order.power_code)
    if power is None:
        return None
    standing = power_rules.standing(power, day)
    return PowerOut(
        code=power.code,
        name=power.name,
        basis=power.basis,
        mode=power.mode,
        mode_name=MODE_NAMES[Mode(power.mode)],
        standing=standing.code,
        why=standing.why,
    )


def _day(session: Session, order: Order) -> dt.date:
    return profile.local_day(session, order.acted_at or order.received_at)


def _decision(decided: Decided, names: Names) -> DecisionOut:
    answer = decided.answer
    row = str(answer.get("row", decided.way))
    return DecisionOut(
        round=decided.round,
        way=decided.way,
        way_name=labels.WAYS.get(decided.way, decided.way),
        at=decided.at,
        actor_name=names.actor(decided.actor),
        row=row,
        row_name=labels.ROWS.get(row, row),
        lane=answer["lane"],
        reasons=[names.reason(reason) for reason in answer["reasons"]],
    )


def _told(lines: Iterable[LineOut], names: Names) -> list[LineOut]:
    """Colleagues by name; what the clock did nobody did."""
    return [line.model_copy(update={"actor": names.actor(line.actor)}) if line.actor else line for line in lines]


def _accuracy(decided: Sequence[Decided]) -> float | None:
    """Metres around the place, as the last decision knew it."""
    known = [one.facts["accuracy_m"] for one in decided if "accuracy_m" in one.facts]
    return float(known[-1]) if known and known[-1] is not None else None


def _transfer(session: Session, letter: Transfer) -> TransferOut:
    partner = session.get_one(Partner, letter.partner_id)
    return TransferOut(
        number=letter.number,
        partner=Coded(code=partner.code, name=partner.name),
        rule=letter.rule,
        rule_name=labels.TRANSFER_RULES.get(letter.rule, letter.rule),
        sent_at=letter.sent_at,
        reply=letter.reply,
        reply_name=labels.REPLIES[letter.reply] if letter.reply else None,
        replied_at=letter.replied_at,
    )


def _links(session: Session, order: Order, linked: Iterable[Link]) -> list[LinkOut]:
    ends = {link.id: link.other_id if link.order_id == order.id else link.order_id for link in linked}
    others = pictures.many(session, ends.values())
    return [
        LinkOut(
            id=link.id,
            state=link.state,
            state_name=labels.LINKS[link.state],
            distance_m=round(link.distance_m, 1),
            hours_apart=round(link.hours_apart, 1),
            other=_other(session, others[ends[link.id]]),
        )
        for link in linked
    ]


def _other(session: Session, picture: OrderOut) -> OtherOrder:
    first = next(iter(reports_of(session, picture.id)), None)
    words = journal.words_of(session, f"report:{first.id}", "words") if first else None
    short = {name: getattr(picture, name) for name in OtherOrder.model_fields if name != "words"}
    return OtherOrder(**short, words=words[:FIRST_WORDS] if words else None)

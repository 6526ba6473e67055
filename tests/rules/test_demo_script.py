"""The demo's people: whatever they do, now or in the past, is something the workflow knows and their post allows."""

import datetime as dt
import itertools
import random
from zoneinfo import ZoneInfo

from dispatch.rules import workflow
from dispatch.rules.workflow import Action, Lane, Post, State
from dispatch.services import order_cases
from enforcement.rules import parties
from enforcement.rules.cases import procedure
from enforcement.rules.cases.deeds import DEEDS
from enforcement.rules.cases.states import Lane as CaseLane
from enforcement.rules.cases.states import Post as CasePost
from enforcement.rules.cases.states import State as CaseState
from service.demo import case_plans, case_words, habits, land, matters, offenders, people, roster, script
from service.demo.atlas import Atlas
from service.demo.case_words import Scene
from service.demo.dossiers import DOSSIERS
from service.demo.habits import HABITS, Moment, Seen
from service.demo.script import PLAYS
from town import duty, qualification
from town.duty import ShiftFact
from town.people import Role

ZONE = ZoneInfo("Asia/Shanghai")
TODAY = dt.date(2026, 11, 22)
CHANCES = [random.Random(number) for number in range(40)]
POSTS = {
    Role.DISPATCHER: Post.DISPATCHER,
    Role.CHECKER: Post.CHECKER,
    Role.SUPERVISOR: Post.SUPERVISOR,
    Role.SQUAD_LEADER: Post.SQUAD,
    Role.OFFICER: Post.SQUAD,
    Role.GRID_WORKER: Post.GRID_WORKER,
    Role.PARTNER: Post.UNIT,
}
LANES = {
    State.DISPATCHED: (Lane.SQUAD, Lane.UNIT, Lane.GRID),
    State.ACCEPTED: (Lane.SQUAD, Lane.UNIT, Lane.GRID),
    State.ON_SITE: (Lane.SQUAD, Lane.UNIT),
}
WAITING = set(State) - workflow.ENDED - {State.IN_CASE, State.SUSPENDED}
"""An order in a case waits for the case, and one that is put aside for its day, not for the crew."""


class OneArea(Atlas):
    """A town whose every place is of one squad."""

    def __init__(self) -> None:
        pass

    def squad_at(self, place):
        return "CZ"


def situations():
    return [(state, lane) for state in WAITING for lane in LANES.get(state, (Lane.DESK,))]


def order(state, lane, **more):
    seen = {
        "id": "5",
        "category": matters.STREET,
        "state": state.value,
        "lane": lane.value,
        "version": 4,
        "returns": 0,
        "outcome": "fixed",
        "alarm": False,
        "words": [matters.SITE_FENCE.words[0]],
        "squad": {"code": "CZ"},
        "power": {"code": "SR001"},
        "place": {"lon": 121.07, "lat": 31.57},
    }
    return seen | more


def _play(state, lane):
    return PLAYS.get((state.value, lane.value)) or PLAYS[state.value, None]


def _next(seen, moment):
    planned = habits.next_step(seen, moment)
    assert planned
    return planned


def check(step, given, role):
    assert POSTS[role] in step.by
    assert set(step.requires) <= set(given)


def test_the_crew_has_an_answer_to_every_state_that_waits_for_people():
    assert all((state, lane) in PLAYS or (state, None) in PLAYS for state, lane in situations())


def test_whatever_the_crew_does_the_workflow_knows():
    for (state, lane), chance, returns in itertools.product(situations(), CHANCES, (0, 1, 2)):
        seen = order(state, lane, returns=returns)
        (role,) = _play(state, lane).roles
        facts = _play(state, lane).act(seen, OneArea(), chance)
        check(workflow.TABLE[state, Action(facts["action"])], facts, role)
        if facts.get("ground") in workflow.NEEDS_POWER_LINE:
            assert facts["power"]


def test_a_fence_before_a_building_site_goes_round_until_the_supervisor_says_whose_it_is():
    first = order(State.DISPATCHED, Lane.SQUAD)
    accept = PLAYS["dispatched", "squad"].act
    assert accept(first, OneArea(), CHANCES[0])["ground"] == "not_our_field"
    back = order(State.RETURNED, Lane.DESK, returns=1)
    assert PLAYS["returned", None].act(back, OneArea(), CHANCES[0])["squad"] == people.PLANNING
    second = order(State.DISPATCHED, Lane.SQUAD, returns=1, squad={"code": people.PLANNING})
    assert accept(second, OneArea(), CHANCES[0])["action"] == "return"
    arbitrated = order(State.DISPATCHED, Lane.SQUAD, returns=2)
    assert accept(arbitrated, OneArea(), CHANCES[0]) == {"action": "accept"}


def test_one_leader_takes_his_time_and_sometimes_forgets():
    waiting = order(State.DISPATCHED, Lane.SQUAD)
    play = PLAYS["dispatched", "squad"]
    prompt = [script.minutes(waiting, play, "linxiaofeng", random.Random(number), 900) for number in range(60)]
    late = [script.minutes(waiting, play, people.LATE, random.Random(number), 900) for number in range(60)]
    assert max(prompt) <= 6 < sum(late) / len(late)
    assert 900 in late


def test_whatever_was_done_in_the_past_the_workflow_knows():
    at = dt.datetime(2026, 11, 20, 3, tzinfo=dt.UTC)
    roles = {one.login: one.role for one in people.EVERYBODY}
    for (state, lane), chance in itertools.product(situations(), CHANCES):
        seen = Seen(state, lane, None, "HX", "gas", "xiaolin", "HX", 0, "fixed", 3)
        planned = _next(seen, Moment(at, ZONE, chance))
        assert planned.at > at
        check(workflow.TABLE[state, planned.action], planned.given, roles[planned.who])
    assert {state for state, _ in HABITS} == WAITING


def test_nobody_checks_on_a_sunday_or_at_night():
    seen = Seen(State.HANDLED, Lane.SQUAD, None, "CZ", None, None, "CZ", 0, "fixed", 5)
    saturday = dt.datetime(2026, 11, 21, 2, tzinfo=dt.UTC)
    for chance in CHANCES:
        local = _next(seen, Moment(saturday, ZONE, chance)).at.astimezone(ZONE)
        assert local.weekday() < 5
        assert dt.time(8, 30) <= local.time() < dt.time(17, 30)


def test_everybody_in_the_script_has_an_account_and_one_only():
    logins = [one.login for one in people.EVERYBODY]
    assert len(set(logins)) == len(logins)
    assert {one.login for one in people.LOGINS} <= set(logins)
    assert {one.login for _, group in people.GROUPS for one in group} == {one.login for one in people.LOGINS}
    assert {team.code for team in people.TEAMS} == {area.code for area in land.AREAS} | {people.PLANNING}


def test_the_roster_has_one_leader_a_shift_and_nobody_twice():
    entries = list(roster.shifts(TODAY, ZONE))
    shifts = [ShiftFact(one.squad, one.login, one.starts_at, one.ends_at, one.leads) for one in entries]
    assert duty.clashes(shifts) == ()
    assert len({one.starts_at.date() for one in entries}) >= 2 * roster.AROUND


def test_in_every_hour_of_every_day_somebody_leads_each_squad_of_an_area():
    entries = list(roster.shifts(TODAY, ZONE))
    shifts = [ShiftFact(one.squad, one.login, one.starts_at, one.ends_at, one.leads) for one in entries]
    noon = dt.datetime.combine(TODAY, dt.time(12), ZONE)
    for hours, area in itertools.product(range(0, 24 * 14, 5), land.AREAS):
        assert duty.duty_leader(shifts, (), area.code, noon + dt.timedelta(hours=hours))


def test_only_people_who_may_answer_hold_certificates_and_some_need_a_new_one():
    roles = {one.login: one.role for one in people.EVERYBODY}
    entries = roster.certificates(TODAY)
    assert {roles[one.login] for one in entries} == {Role.SQUAD_LEADER, Role.OFFICER, Role.LEGAL_REVIEWER}
    lawyers = {one.login for one in entries if one.kind == roster.LEGAL}
    assert lawyers == {one.login for one in people.LAWYERS}
    standing = {
        one.login: qualification.certified(
            [qualification.CertificateFact(one.number, one.valid_from, one.valid_to, None)], TODAY
        ).ok
        for one in entries
    }
    assert [login for login, ok in standing.items() if not ok] == [roster.RUN_OUT]


def test_every_outcome_has_its_answer():
    outcomes = {outcome for outcome, _ in (*matters.HANDLED, *matters.REPAIRED, *matters.SETTLED)}
    outcomes |= {str(outcome) for outcome in order_cases.DECIDED.values()}
    assert outcomes | {"transferred", "not_ours"} <= set(matters.ANSWERS)
    assert {outcome for outcome, _ in matters.SETTLED} <= set(workflow.SETTLED_AS)


def test_every_squad_can_send_two_officers_whose_certificates_are_valid():
    valid = {one.login for one in roster.certificates(TODAY) if one.valid_from <= TODAY <= one.valid_to}
    for team in people.TEAMS:
        assert len(valid & {one.login for one in (team.leader, *team.officers)}) >= 2, team.name


def found(category, squad="CD"):
    return order(State.ON_SITE, Lane.SQUAD, category=category, squad={"code": squad})


def test_now_and_then_a_squad_opens_a_case_and_names_two_of_its_own():
    handle = PLAYS["on_site", "squad"].act
    opened = [handle(found("06011"), OneArea(), random.Random(number)) for number in range(60)]
    cases = [one for one in opened if one["action"] == script.TO_CASE]
    assert 0 < len(cases) < 30
    team = people.team_of("CD")
    assert {tuple(one["officers"]) for one in cases} == {tuple(one.login for one in team.officers[-2:])}
    assert {one["power"] for one in cases} == {"HW005"}


def test_a_visitors_cases_are_left_to_him():
    ours = {"squad": {"code": "CD"}, "handlers": ["吴佩", "程刚"], "power": {"code": "HW005"}, "state": "fast_filing"}
    assert case_plans.waits_for(ours, Role.APPROVER)
    assert not case_plans.waits_for(ours | {"handlers": ["孙毅", "吴佩"]}, Role.APPROVER)
    assert not case_plans.waits_for(ours | {"state": "archived"}, Role.OFFICER)
    assert not any(set(one.officers) == {who.login for who in case_plans.officers_of(one.squad)} for one in DOSSIERS)


def test_every_act_of_the_crews_plans_is_a_step_of_the_procedure_from_where_the_case_then_is():
    posts = {
        Role.OFFICER: CasePost.OFFICER,
        Role.APPROVER: CasePost.APPROVER,
        Role.LEGAL_REVIEWER: CasePost.REVIEWER,
    }
    for plan in case_plans.PLANS.values():
        state, lane = CaseState.SOURCE, CaseLane.ORDINARY
        for coming in plan:
            deed = DEEDS[coming.action]
            step = procedure.edge(state, lane, coming.action, frozenset({posts[coming.role]}), frozenset(deed.requires))
            assert isinstance(step, procedure.Step), coming
            state, lane = step.target, step.lane or lane
        assert state is CaseState.ARCHIVED


def test_some_decisions_are_left_for_whoever_tries_the_desk():
    waits = [case_plans.minutes(Role.APPROVER, random.Random(number)) for number in range(90)]
    assert 10 < waits.count(case_plans.LEFT_MINUTES) < 60
    assert max(case_plans.minutes(Role.OFFICER, random.Random(number)) for number in range(90)) < 15


def test_invented_parties_have_numbers_that_check_and_belong_to_no_county():
    chance = random.Random(7)
    told = [offenders.anybody(chance) for _ in range(30)] + [offenders.any_restaurant(chance) for _ in range(30)]
    for one in (*told, *(dossier.offender for dossier in DOSSIERS)):
        assert parties.check(one.kind, one.identity, TODAY) == ()
        assert offenders.COUNTY in (one.identity.number or "")


def test_every_act_of_the_past_says_all_that_the_procedure_asks_for():
    for dossier in DOSSIERS:
        for step in dossier.steps:
            at = dt.datetime(2026, 11, 20, 3, tzinfo=dt.UTC)
            scene = Scene(
                dossier.offence, dossier.offender, dossier.officers, "", at, TODAY, party="p", file="f", hearing_at=at
            )
            said = case_words.facts(step.action, scene, step.changes)
            assert set(DEEDS[step.action].requires) <= set(said), (dossier.name, step.action)

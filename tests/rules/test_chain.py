"""The chain and its walk, without a database: what is touched is named, what is not is left in peace."""

import random

from hypothesis import given
from hypothesis import strategies as st

from town.journal import chain
from town.journal.damage import SENTENCES, Damage
from town.journal.walk import MOST_FINDINGS, Link, Lost, Walk

ROW = chain.Row(
    "0198c1f0a4b07c3e8d2f6a5b4c3d2e1f", "order:1", 1, 1_795_000_000_000_000, "order.received", "reporter", "{}"
)
LENGTH = 12
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
ROWS = st.builds(chain.Row, TEXT, TEXT, st.integers(1, 9), st.integers(0, 2**50), TEXT, TEXT, TEXT)
PLACES = st.integers(1, LENGTH)


def rows(count=LENGTH):
    return [ROW._replace(id=f"{n:032x}", version=n, at=ROW.at + n) for n in range(1, count + 1)]


def chained(of):
    return [
        Link(place, place + 100, digest, row)
        for row, (place, digest) in zip(of, chain.extend(0, chain.START, of), strict=True)
    ]


def walked(links, lost=()):
    walk = Walk()
    for link in links:
        walk.step(link)
    return walk.finish(lost)


def changed(link, **fields):
    return Link(**{name: fields.get(name, getattr(link, name)) for name in ("position", "seq", "hash", "row")})


def renumbered(links):
    return [changed(link, position=place) for place, link in enumerate(links, 1)]


def found(links, lost=()):
    return [(finding.damage, finding.position) for finding in walked(links, lost)]


def test_a_row_has_one_hash_for_ever():
    digest = "d8e51ecd70385fbdf09b2f58c22b675ab08d894dd3e62074203e9125739111d2"
    assert chain.link(chain.START, 1, ROW).hex() == digest


def test_the_hash_can_be_another_one_by_name():
    assert chain.link(chain.START, 1, ROW, "sm3") != chain.link(chain.START, 1, ROW)
    assert len(chain.link(chain.START, 1, ROW, "sm3")) == len(chain.START)


@given(ROWS, ROWS, PLACES, PLACES)
def test_two_rows_share_a_hash_only_when_they_are_the_same_row_in_the_same_place(one, other, place, elsewhere):
    same = chain.link(chain.START, place, one) == chain.link(chain.START, elsewhere, other)
    assert same == ((one, place) == (other, elsewhere))


@given(TEXT, TEXT, TEXT, TEXT)
def test_no_words_can_pass_for_words_of_another_field(field, body, other_field, other_body):
    one, other = (chain.cite(b"salt", "order:1", *pair) for pair in ((field, 1, body), (other_field, 1, other_body)))
    assert (one == other) == ((field, body) == (other_field, other_body))


@given(st.lists(ROWS, max_size=30))
def test_an_untouched_chain_is_found_sound(of):
    assert walked(chained(of)) == []


@given(PLACES, st.sampled_from(chain.Row._fields))
def test_a_changed_field_is_named_and_nothing_else(place, field):
    links = chained(rows())
    forged = getattr(links[place - 1].row, field) * 2
    links[place - 1] = changed(links[place - 1], row=links[place - 1].row._replace(**{field: forged}))
    assert found(links) == [(Damage.CHANGED, place)]


@given(st.integers(1, LENGTH - 1))
def test_a_changed_hash_is_told_from_changed_content(place):
    links = chained(rows())
    links[place - 1] = changed(links[place - 1], hash=b"?" * 32)
    assert found(links) == [(Damage.HASH_CHANGED, place)]


@given(st.sets(PLACES, min_size=2, max_size=2).map(sorted))
def test_two_contents_that_changed_places_are_named_as_a_pair(places):
    links = chained(rows())
    one, other = (links[place - 1] for place in places)
    links[places[0] - 1] = changed(one, seq=other.seq, row=other.row)
    links[places[1] - 1] = changed(other, seq=one.seq, row=one.row)
    assert found(links) == [(Damage.SWAPPED, place) for place in places]


@given(st.sets(PLACES, min_size=2, max_size=2).map(sorted))
def test_two_numbers_that_changed_places_are_named_as_a_pair(places):
    links = chained(rows())
    one, other = (links[place - 1] for place in places)
    links[places[0] - 1] = changed(other, position=places[0])
    links[places[1] - 1] = changed(one, position=places[1])
    assert found(links) == [(Damage.SWAPPED, place) for place in places]


@given(PLACES)
def test_an_event_deleted_under_its_number_is_named(place):
    links = chained(rows())
    links[place - 1] = changed(links[place - 1], row=None)
    assert found(links) == [(Damage.EVENT_DELETED, place)]


@given(st.integers(1, LENGTH - 3), st.integers(1, 3))
def test_numbers_deleted_from_their_events_find_their_events_again(place, count):
    links = chained(rows())
    gone = [links.pop(place - 1) for _ in range(count)]
    findings = walked(links, [Lost(link.seq, link.row) for link in gone])
    assert [(finding.damage, finding.position, finding.event) for finding in findings] == [
        (Damage.NUMBER_DELETED, link.position, link.row.id) for link in gone
    ]


@given(st.integers(1, LENGTH - 1), PLACES)
def test_a_gap_is_named_when_the_event_is_gone_too(place, stranger):
    links = chained(rows())
    gone = links.pop(place - 1)
    assert found(links) == [(Damage.GAP, gone.position)]
    other = Lost(7, ROW._replace(id="f" * 32))
    assert found(links, [other]) == [(Damage.GAP, gone.position), (Damage.UNNUMBERED, None)]


@given(st.integers(2, LENGTH - 2), st.integers(1, 3))
def test_rows_taken_out_with_the_rest_renumbered_leave_one_finding(place, count):
    links = chained(rows(LENGTH + 4))
    del links[place - 1 : place - 1 + count]
    assert found(renumbered(links)) == [(Damage.REMOVED, place)]


@given(st.integers(1, LENGTH - 2), st.booleans())
def test_a_row_put_in_with_the_rest_renumbered_leaves_one_finding(place, well_chained):
    links = chained(rows())
    before = links[place - 2].hash if place > 1 else chain.START
    forged = ROW._replace(id="f" * 32)
    digest = chain.link(before, place, forged) if well_chained else b"?" * 32
    links.insert(place - 1, Link(place, 999, digest, forged))
    assert found(renumbered(links)) == [(Damage.INSERTED, place)]


@given(st.randoms())
def test_many_changes_are_all_named(luck):
    links = chained(rows(60))
    places = sorted(luck.sample(range(1, 61), 20))
    for place in places:
        links[place - 1] = changed(links[place - 1], row=links[place - 1].row._replace(actor="赵海"))
    assert found(links) == [(Damage.CHANGED, place) for place in places]


def test_too_many_findings_are_counted_and_the_first_ones_kept():
    links = [changed(link, row=link.row._replace(data='{"forged":1}')) for link in chained(rows(MOST_FINDINGS + 500))]
    walk = Walk()
    for link in links:
        walk.step(link)
    findings = walk.finish([])
    assert findings[0].position == 1
    assert len(findings) + walk.more == len(links)


def test_values_of_the_wrong_type_are_damage_and_not_a_crash():
    links = chained(rows())
    for place, forged in enumerate((b"\xff", None, 1.5, "\ud800"), 2):
        links[place] = changed(links[place], row=links[place].row._replace(data=forged))
    assert found(links) == [(Damage.CHANGED, place) for place in (3, 4, 5, 6)]


def test_every_kind_of_damage_has_its_sentence():
    assert set(SENTENCES) == set(Damage)
    links = chained(rows())
    random.Random(1).shuffle(links)
    for finding in walked(renumbered(links)):
        assert "{" not in finding.sentence
        assert str(finding.position) in finding.sentence

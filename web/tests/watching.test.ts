// Clocks, alarms, joint tasks and figures: the pure parts.
import { describe, expect, it } from 'vitest'
import { LEVEL_SHAPES, levelShape } from '@/desk/clocks/levels'
import { monthsOf } from '@/desk/clocks/months'
import { LEVELS, type ClockDay } from '@/desk/clocks/shapes'
import { freezable, latestOf } from '@/desk/figures/months'
import { daysOf, isPeriod, monthsBack, preset } from '@/desk/figures/periods'
import { bodyChoices, bodyOf, requiredOf } from '@/desk/joint/steps'
import { choicesFor, extendable, inOrder } from '@/desk/orders/options'
import { begin, bodyOf as wishBody, drop, missing } from '@/desk/orders/wish'
import { asksExclusion, figureTabsOf, mendsFindings, watchTabsOf } from '@/desk/posts'
import { format, parse } from '@/desk/route'
import type { DeskClock, Options } from '@/desk/shapes'
import { byGravity, byLevel, highest } from '@/desk/watching/grouped'
import type { Alarm } from '@/desk/watching/shapes'

const day = (date: string, kind: ClockDay['kind'] = 'counted'): ClockDay => ({ date, kind, name: '', number: null })

describe('the calendar of a clock', () => {
  it('draws only the weeks that the clock touches, Monday first', () => {
    const [november] = monthsOf([day('2026-11-20', 'start'), day('2026-11-21', 'off'), day('2026-11-23', 'last')])
    expect(november).toMatchObject({ year: 2026, month: 11 })
    expect(november?.weeks).toHaveLength(2)
    expect(november?.weeks[0]?.map((cell) => cell?.number)).toEqual([16, 17, 18, 19, 20, 21, 22])
    expect(november?.weeks[1]?.[0]?.day?.kind).toBe('last')
    expect(november?.weeks[1]?.[1]?.day).toBeUndefined()
  })

  it('leaves the days of other months empty', () => {
    const [november, december] = monthsOf([day('2026-11-30'), day('2026-12-01')])
    expect(november?.weeks.at(-1)?.map((cell) => cell?.number)).toEqual([30, undefined, undefined, undefined, undefined, undefined, undefined])
    expect(december?.weeks[0]?.map((cell) => cell?.number)).toEqual([undefined, 1, 2, 3, 4, 5, 6])
  })

  it('has nothing to draw without days', () => {
    expect(monthsOf([])).toEqual([])
  })
})

describe('levels', () => {
  it('differ in shape and not only in colour', () => {
    const drawn = LEVELS.map((level) => LEVEL_SHAPES[level].path)
    expect(new Set(drawn).size).toBe(LEVELS.length)
    expect(levelShape('unheard of')).toBe(LEVEL_SHAPES.remind)
  })

  it('of one clock stand once, at the highest that was reached, with the ones before it', () => {
    const alarm = (id: string, clock_id: string, level: Alarm['level']) => ({ id, clock_id, level }) as Alarm
    const climbed = highest([alarm('a', 'one', 'remind'), alarm('b', 'two', 'yellow'), alarm('c', 'one', 'red'), alarm('d', 'one', 'yellow')])
    expect(climbed.map(({ alarm: { id }, earlier }) => [id, earlier.map((one) => one.id)])).toEqual([['c', ['a', 'd']], ['b', []]])
  })

  it('stand with the gravest first, and what is due first on top', () => {
    const alarm = (id: string, level: Alarm['level'], due_at: string) => ({ id, level, level_name: level, due_at }) as Alarm
    const groups = byLevel([alarm('a', 'remind', '2026-11-22'), alarm('b', 'red', '2026-11-23'), alarm('c', 'red', '2026-11-22')])
    expect(groups.map(({ level, alarms }) => [level, alarms.map(({ id }) => id)])).toEqual([['red', ['c', 'b']], ['remind', ['a']]])
    const notices = [{ level: 'remind' as const, opened_at: '2026-11-23' }, { level: 'account' as const, opened_at: '2026-11-22' }]
    expect(byGravity(notices).map(({ level }) => level)).toEqual(['account', 'remind'])
  })
})

describe('a period', () => {
  const SUNDAY = '2026-11-22'
  it('is a day, a week from Monday, a month, a quarter or a year of the town', () => {
    expect(preset('today', SUNDAY)).toEqual({ from: SUNDAY, to: SUNDAY })
    expect(preset('week', SUNDAY)).toEqual({ from: '2026-11-16', to: SUNDAY })
    expect(preset('month', SUNDAY)).toEqual({ from: '2026-11-01', to: SUNDAY })
    expect(preset('last_month', '2027-01-05')).toEqual({ from: '2026-12-01', to: '2026-12-31' })
    expect(preset('quarter', SUNDAY)).toEqual({ from: '2026-10-01', to: SUNDAY })
    expect(preset('year', SUNDAY)).toEqual({ from: '2026-01-01', to: SUNDAY })
  })

  it('goes back month by month, over the turn of a year', () => {
    expect(monthsBack(3, '2027-01-05')).toEqual([
      { from: '2026-11-01', to: '2026-11-30' },
      { from: '2026-12-01', to: '2026-12-31' },
      { from: '2027-01-01', to: '2027-01-05' },
    ])
    expect(daysOf('2028-02')).toEqual({ from: '2028-02-01', to: '2028-02-29' })
  })

  it('ends after it begins and is no longer than a year', () => {
    expect(isPeriod({ from: '2026-01-01', to: '2026-12-31' })).toBe(true)
    expect(isPeriod({ from: '2026-01-02', to: '2026-01-01' })).toBe(false)
    expect(isPeriod({ from: '2026-01-01', to: '2027-01-02' })).toBe(false)
  })
})

describe('frozen months', () => {
  it('are shown by their latest revision, the newest month first', () => {
    const lines = [{ month: '2026-09', revision: 1 }, { month: '2026-10', revision: 1 }, { month: '2026-10', revision: 2 }]
    expect(latestOf(lines)).toEqual([{ month: '2026-10', revision: 2 }, { month: '2026-09', revision: 1 }])
  })

  it('are those that are over and not frozen yet', () => {
    expect(freezable('2026-11-22', ['2026-09']).slice(0, 3)).toEqual(['2026-10', '2026-08', '2026-07'])
    expect(freezable('2027-01-01', [])[0]).toBe('2026-12')
  })
})

describe('a joint task', () => {
  const options = { squads: [{ code: 'CZ', name: '城中' }, { code: 'CD', name: '城东' }], partners: [{ code: 'gas', name: '燃气' }] } as Options

  it('goes to another squad or unit, but not to whom it was with', () => {
    expect(bodyChoices(options, 'CD').map(({ code }) => code)).toEqual(['squad:CZ', 'partner:gas'])
    expect(bodyOf({ action: 'other_body' }, 3, { body: 'partner:gas', words: '归燃气' })).toEqual({ action: 'other_body', version: 3, partner: 'gas', words: '归燃气' })
    expect(bodyOf({ action: 'report_in' }, 1, {})).toEqual({ action: 'report_in', version: 1 })
  })

  it('is refused about a power only with the line of the list', () => {
    expect(requiredOf({ requires: ['ground', 'words'] }, 'no_power')).toEqual(['ground', 'words', 'power'])
    expect(requiredOf({ requires: ['ground', 'words'] }, 'engaged')).toEqual(['ground', 'words'])
  })
})

describe('more time', () => {
  const clock = (kind: string, state: string) => ({ kind, name: kind, state }) as DeskClock

  it('may be asked for the work itself while it runs', () => {
    expect(extendable({ clocks: [clock('handle', 'running'), clock('settle', 'met'), clock('accept', 'running')] })).toEqual([{ code: 'handle', name: 'handle' }])
  })

  it('is decided before anything else is done', () => {
    const steps = ['grade', 'dispatch', 'suspend', 'grant_extension'].map((action) => ({ action }))
    expect(inOrder(steps).map(({ action }) => action)).toEqual(['grant_extension', 'dispatch', 'grade', 'suspend'])
  })

  it('has grounds of its own', () => {
    const options = { grounds: [{ code: 'a', name: '' }], suspension_grounds: [{ code: 'b', name: '' }], extension_grounds: [{ code: 'c', name: '' }] } as Options
    expect(['return', 'suspend', 'ask_extension'].map((action) => choicesFor(options, action).ground?.[0]?.code)).toEqual(['a', 'b', 'c'])
  })

  it('is sent as a number, and nothing else is taken for one', () => {
    const ask = { action: 'ask_extension', name: '申请延期', requires: ['clock' as const, 'amount' as const] }
    const wish = Object.assign(begin('one', 'ask_extension'), { clock: 'handle', amount: '两天' })
    expect(missing(ask, wish)).toEqual(['amount'])
    wish.amount = ' 2 '
    expect(wishBody(ask, wish, 5)).toEqual({ action: 'ask_extension', version: 5, clock: 'handle', amount: 2 })
    drop('one')
  })
})

describe('posts', () => {
  it('find their parts of what is watched', () => {
    expect(watchTabsOf(['supervisor'])).toEqual(['notices', 'alarms', 'supervisions', 'joint', 'findings'])
    expect(watchTabsOf(['squad_leader'])).toEqual(['notices', 'alarms', 'supervisions', 'joint'])
    expect(watchTabsOf(['system_admin'])).toEqual(['findings'])
    expect(watchTabsOf(['approver'])).toEqual(['notices', 'alarms'])
    expect(figureTabsOf(['officer'])).toEqual([])
    expect(figureTabsOf(['squad_leader'])).toEqual(['indicators', 'appraisal', 'exclusions'])
    expect(mendsFindings(['supervisor'])).toBe(false)
    expect(asksExclusion(['officer'])).toBe(false)
  })
})

describe('the address', () => {
  it('leads back to a paper and to a month', () => {
    const paper = { view: 'watching', queue: 'pending', tab: 'supervisions', item: '01a2' } as const
    expect(parse(format(paper))).toEqual(paper)
    expect(format({ view: 'figures', queue: 'pending', tab: 'appraisal', item: '2026-10' })).toBe('#figures/appraisal/2026-10')
    expect(parse('#watching/indicators').tab).toBeUndefined()
    expect(parse('', 'cases').view).toBe('cases')
  })
})

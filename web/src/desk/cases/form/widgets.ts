// How a fact is asked for, and what can be chosen: by its kind, and by what stands in the case already.
import { sayForm } from '@/shared/labels/cases'
import type { CaseDetail, Choice, Field, FieldKind } from '../types'

export type Widget = 'plain' | 'pick' | 'select' | 'checks' | 'rows' | 'factors' | 'party' | 'file'

const WIDGETS: Partial<Record<FieldKind, Widget>> = {
  flag: 'pick',
  choice: 'pick',
  person: 'pick',
  paper: 'pick',
  choices: 'checks',
  officers: 'checks',
  evidence: 'checks',
  items: 'rows',
  answers: 'rows',
  members: 'rows',
  parts: 'rows',
  factors: 'factors',
  party: 'party',
  file: 'file',
}
/** Kinds that may also be typed, where the service names nobody. */
const TYPEABLE: FieldKind[] = ['person', 'choice']

export function widgetOf(field: Field, choices: Choice[]): Widget {
  const widget = WIDGETS[field.kind] ?? (choices.length ? 'pick' : 'plain')
  if (widget === 'pick' && isLong(choices)) return 'select'
  return TYPEABLE.includes(field.kind) && !choices.length ? 'plain' : widget
}

/** What can be seen at one glance lies open; more is searched in a list. */
const FEW = 6
const BRIEF = 60
const isLong = (choices: Choice[]) => choices.length > FEW || choices.map(({ name }) => name).join('').length > BRIEF

const yesNo = (): Choice[] => ['true', 'false'].map((code) => ({ code, name: sayForm.yesNo[code] ?? code }))

export function choicesOf(field: Pick<Field, 'kind' | 'name' | 'choices'>, detail: Pick<CaseDetail, 'evidence' | 'documents' | 'clocks'>): Choice[] {
  if (field.kind === 'flag') return yesNo()
  if (field.choices?.length) return field.choices
  if (field.kind === 'evidence' || field.name === 'number') return evidence(detail)
  if (field.kind === 'paper') return detail.documents.map(({ id, title, number }) => ({ code: id, name: sayForm.paperNumber(title, number) }))
  if (field.name === 'clock') return detail.clocks.filter(({ late, state }) => late || state === 'running').map(({ kind, name }) => ({ code: kind, name }))
  return []
}

function evidence({ evidence: all }: Pick<CaseDetail, 'evidence'>): Choice[] {
  return all.map(({ number, name, excluded }) => ({
    code: String(number),
    name: sayForm.evidenceName(number, name),
    ...(excluded && { ok: false, why: sayForm.excluded }),
  }))
}

/** What to say where nothing can be chosen: what to do first. */
export function noneOf({ kind }: Pick<Field, 'kind'>): string {
  if (kind === 'evidence') return sayForm.noEvidence
  return kind === 'paper' ? sayForm.noPapers : sayForm.noChoices
}

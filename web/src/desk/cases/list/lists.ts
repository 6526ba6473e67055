// The lists of cases: one's own, and all that one may see.
export const LISTS = ['mine', 'all'] as const
/** What stands in the address where a case is opened, in the place of its id. */
export const NEW = 'new'
export type ListName = (typeof LISTS)[number]

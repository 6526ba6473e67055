import type { Complaint } from '../referenceShapes'

/** As lines that a spreadsheet takes: sheet, row, column with its heading, what is wrong. */
export const asText = (complaints: Complaint[], heads: string[]): string =>
  [heads, ...complaints.map((one) => [one.sheet, String(one.row), columnOf(one), one.sentence])].map((cells) => cells.join('\t')).join('\n')

export const columnOf = ({ column, header }: Complaint): string => [column, header].filter(Boolean).join(' ')

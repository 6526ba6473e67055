// 查询码: 28 characters of Crockford's base 32 in seven groups; the reporter's only credential.

export const LENGTH = 28
const GROUP = 4
const READ_WRONG: Record<string, string> = { O: '0', I: '1', L: '1' }

/** What a person typed, as the service writes it: capitals, no gaps, letters taken for digits put right. */
export function plain(typed: string): string {
  return typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/[OIL]/g, (letter) => READ_WRONG[letter] ?? letter)
}

export function groups(code: string): string[] {
  return plain(code).match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? []
}

export const grouped = (code: string): string => groups(code).join('-')

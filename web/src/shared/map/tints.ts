// Areas are told apart by quiet tints, far from the colours that mean a state.
const TINTS = ['#2f6ea8', '#3d7f5f', '#6b5a99', '#8a6a3f', '#4a6272', '#7a4f68', '#2f7f86', '#66703a']

export const tintOf = (index: number): string => TINTS[index % TINTS.length] as string

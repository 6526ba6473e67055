// 指标考核, in parts: the indicators, the frozen months, and what was left out of both.
export const FIGURE_TABS = ['indicators', 'appraisal', 'exclusions'] as const
export type FigureTab = (typeof FIGURE_TABS)[number]

// 督办, in parts: what one is told, all alarms, 督办单, 联办, and what the nightly proof found.
export const WATCH_TABS = ['notices', 'alarms', 'supervisions', 'joint', 'findings'] as const
export type WatchTab = (typeof WATCH_TABS)[number]

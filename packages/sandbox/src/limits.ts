/** The most that one message may ask for or carry. */
export const limits = {
  sources: 256,
  code: 256 * 1024,
  sections: 1_000,
  cycles: 4_096,
  /** Cycles per second of a section. */
  cps: 1_000,
  /** How much a quiet clip may be turned up: 18 dB. */
  gain: 8,
  message: 500,
  hapsPerMessage: 2_000,
  /** Events that are drawn in code, of one stretch. */
  drawnHaps: 500,
  /** Cycles before and after what is heard in which events are drawn. */
  drawnCycles: 32,
  /** Visuals in code that draw what is heard at a time. */
  signals: 8,
  /** Samples or frequencies of one of them. */
  signalLength: 4_096,
} as const

/** The most that a worker may say of one clip or event. */
export const mostOf = {
  name: 300,
  address: 2_000,
  sounds: 2_000,
  maps: 100,
  locations: 64,
  visuals: 16,
  label: 60,
} as const

/** The most events that are looked at of a second, and of a moment. */
const mostEvents = { perSecond: 1_000, atOnce: 100 } as const

/** The most events that are looked at of a stretch of so many seconds. */
export const mostEventsIn = (seconds: number): number =>
  Math.ceil(Math.max(mostEvents.atOnce, mostEvents.perSecond * seconds))

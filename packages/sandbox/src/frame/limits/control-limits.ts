/** The least and the most that a control may be. */
export interface Range {
  least: number
  most: number
}

const filters = ["lp", "hp", "bp"]
const ofFilters = (...parts: string[]) => filters.flatMap((filter) => parts.map((part) => filter + part)).join(" ")
const envelope = (prefix: string) => ["attack", "decay", "release"].map((part) => prefix + part).join(" ")

/**
 * What controls may be, with the reasons: they cost time or memory in proportion, or what they bring to superdough is no
 * sound any more. A control that is not named here costs nothing that depends on its value.
 */
const table: [controls: string, least: number, most: number][] = [
  // The echo of a room is computed sample by sample, and costs a twentieth of a processor core for each second while it
  // sounds. Strudel's own reference says 0 to 10.
  ["roomsize", 0.01, 10],
  // Samples that fade in are counted one by one, also those that the room is too short for.
  ["roomfade", 0, 10],
  // Beyond hearing a filter has no coefficients; 0 leaves it out.
  ["roomlp roomdim", 0, 24_000],
  // Every sample of a room is looked up so far apart.
  ["irspeed", -64, 64],
  ["irbegin", 0, 1],
  ["i", 0, 1e6],
  // superdough's own lines are a second long. A feedback of 1 never ends, and more than that has no bound.
  ["delaytime", 0, 1],
  ["delayfeedback", 0, 0.98],
  ["delaysync", 0, 16],
  // A voice that fades costs what one costs that is heard, and its nodes are kept until then.
  [`${envelope("")} FXrelease ${ofFilters("attack", "decay", "release")}`, 0, 60],
  [`${envelope("p")} ${envelope("fm")} ${envelope("wt")} ${envelope("warp")}`, 0, 60],
  [`sustain psustain fmsustain wtsustain warpsustain ${ofFilters("sustain")}`, 0, 1],
  // Each of them is another oscillator, of which a processor core takes some 400.
  ["unison", 1, 16],
  // Loudness multiplies along the chain, and what is 10 is louder than any loudspeaker already.
  ["gain velocity postgain", -10, 10],
  ["room delay dry busgain tremolodepth", 0, 10],
  // Without a bound these come out as what is no number, which a filter keeps for ever.
  ["crush", 1, 32],
  ["coarse", 1, 1_000],
  ["shape", 0, 1],
  ["distort", 0, 20],
  ["drive", -10, 10],
  [`resonance hresonance bandq`, 0, 50],
  ["stretch", -4, 16],
  ["noise spread djf tremoloskew duckdepth skew", 0, 1],
  ["curve", 0, 100],
  // Pitches beyond hearing overflow, in semitones and octaves sooner than in hertz.
  ["note", -60, 150],
  ["freq", -24_000, 24_000],
  ["octave", -10, 10],
  ["penv vibmod detune", -120, 120],
  [`${ofFilters("env")} panchor fanchor`, -20, 20],
  ["wtenv warpenv wtdepth warpdepth pwsweep depth", -100, 100],
  [`cutoff hcutoff bandf phasercenter`, 0, 24_000],
  [`phasersweep depthabs ${ofFilters("depthfrequency")}`, -24_000, 24_000],
  [ofFilters("depth"), -100, 100],
  ["fmi fmh", -1_000, 1_000],
  // What swings faster than that is a pitch.
  [`vib tremolo tremolosync phaserrate pwrate wtrate wtsync warprate warpsync rate sync`, 0, 1_000],
  [ofFilters("rate", "sync"), 0, 1_000],
  // A sample that is played more slowly holds its voice for longer; reversed, it is copied each time.
  ["speed", -64, 64],
  ["begin end loopBegin loopEnd", 0, 1],
  // A sound that is put off holds its voice without being heard.
  ["nudge", -0.1, 1],
  ["density", 0, 100],
  // How long others are kept down.
  ["duckonset", 0, 2],
  ["duckattack", 0, 4],
  // ZzFX computes all of its samples before it is heard.
  ["zdelay pitchJumpTime", 0, 0.5],
  ["zrand", 0, 10],
  ["slide deltaSlide pitchJump zmod zcrush znoise", -10_000, 10_000],
]

const ranges: ReadonlyMap<string, Range> = new Map(
  table.flatMap(([controls, least, most]) => controls.split(" ").map((name) => [name, { least, most }] as const)),
)

/** What a control may be; the operators of FM have numbers after their names. */
export const rangeOf = (control: string): Range | undefined =>
  ranges.get(control.startsWith("fm") ? control.replace(/\d+$/, "") : control)

/** The slowest that a sample may be played, either way: 10 seconds of it then last ten minutes. */
export const slowest = 1 / 64

/** Of ZzFX, whose sounds cost some 20 milliseconds for each second before they are heard. */
export const zzfx = { envelope: 0.5, seconds: 3 } as const

/** How many there may be of what makes nodes for each event. */
export const mostOfEvent = {
  /** Effects of a chain, each with all of its filters. */
  FX: 8,
  /** Seconds of the one room that such a chain may have. */
  roomsize: 2,
  /** Modulators of a kind: each computes sample by sample, as much as ten oscillators. */
  modulators: 8,
  /** FM from one operator to another. */
  fm: 16,
  /** Partials of a wave, or how many of them. */
  partials: 256,
  /** Orbits that one event ducks. */
  ducks: 8,
  /** Characters of a byte beat, which are computed for each sample. */
  byteBeat: 512,
} as const

/** How many of what stays there may be of a clip. */
export const mostOfClip = {
  /** Each may have a delay and a filter of its own. */
  orbits: 8,
  buses: 8,
  /** Seconds of all of its rooms together. */
  rooms: 16,
} as const

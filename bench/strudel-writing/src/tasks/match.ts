import { control, hits, inScale, keeps, places, plays, range, tempo, uses, varied } from "../checks.ts"
import { layers, type Task } from "../task.ts"

const melody = { lead: 'note("c4 e4 g4 e4").s("triangle")', hat: 's("hh*8")' }
const start = { clips: { tune: layers(melody) } }

/** What a description says, to be heard in the events. */
export const match: Task[] = [
  {
    id: "match-dembow",
    kind: "match",
    words: "A clip called dembow at 95 bpm: bd on each beat, sd on the sixteenths 4, 7, 12 and 15 of the bar.",
    start: {},
    solution: { clips: { dembow: 'setcpm(95/4)\nkick: s("bd*4")\nsnare: s("~ ~ ~ sd ~ ~ sd ~ ~ ~ ~ sd ~ ~ sd ~")' } },
    checks: [
      ...[plays("dembow"), tempo("dembow", 95), places("dembow", "bd", [0, 0.25, 0.5, 0.75])],
      places("dembow", "sd", [0.1875, 0.375, 0.6875, 0.875]),
    ],
  },
  {
    id: "match-waltz",
    kind: "match",
    words: "A clip called waltz: three beats to the cycle, bd on the first, hh on the second and third.",
    start: {},
    solution: { clips: { waltz: 'kick: s("bd ~ ~")\nhat: s("~ hh hh")' } },
    checks: [plays("waltz"), places("waltz", "bd", [0]), places("waltz", "hh", [0.33, 0.67])],
  },
  {
    id: "match-pentatonic",
    kind: "match",
    words:
      "A clip called lead: a triangle melody of eight notes a bar, only of the A minor pentatonic scale, above A3.",
    start: {},
    solution: { clips: { lead: 'lead: note("a4 c5 d5 e5 g5 e5 d5 c5").s("triangle")' } },
    checks: [
      ...[plays("lead"), inScale("lead", [9, 0, 2, 4, 7]), range("lead", "triangle", 57, 108)],
      hits("lead", "triangle", { least: 8 }),
    ],
  },
  {
    id: "match-filter-sweep",
    kind: "match",
    words: "A clip called sweep: a sawtooth on C2 in sixteenths whose low pass filter moves all the time.",
    start: {},
    solution: { clips: { sweep: 'bass: note("c2*16").s("sawtooth").lpf(sine.range(300,3000).slow(2))' } },
    checks: [
      ...[plays("sweep"), hits("sweep", "sawtooth", { least: 16 }), range("sweep", "sawtooth", 36, 36)],
      varied("sweep", "cutoff", 8),
    ],
  },
  {
    id: "match-wetter",
    kind: "match",
    words: "Put the lead of tune into a larger room. The hats stay dry and as they are.",
    start,
    solution: { clips: { tune: layers({ ...melody, lead: `${melody.lead}.room(.7)` }) } },
    checks: [plays("tune"), control("tune", "triangle", { name: "room", usual: 0, goes: "up" }), keeps("tune", "hat")],
  },
  {
    id: "match-minor",
    kind: "match",
    words: "Turn the lead of tune from C major to C minor: the same shape, the hats untouched.",
    start,
    solution: { clips: { tune: layers({ ...melody, lead: 'note("c4 eb4 g4 eb4").s("triangle")' }) } },
    checks: [
      ...[plays("tune"), inScale("tune", [0, 3, 7]), hits("tune", "triangle", { least: 4 }), keeps("tune", "hat")],
      varied("tune", "note", 3),
    ],
  },
  {
    id: "match-two-bars",
    kind: "match",
    words: "A clip called two: a bd on the first beat of odd bars, and an sd on the first beat of even bars.",
    start: {},
    solution: { clips: { two: 'drums: s("<bd sd>")' } },
    checks: [
      ...[plays("two"), hits("two", "bd", { least: 0.5 }), hits("two", "sd", { least: 0.5 })],
      ...[places("two", "bd", [0]), places("two", "sd", [0])],
    ],
  },
  {
    id: "match-machine",
    kind: "match",
    words: "A clip called machine: bd, sd and hh, and four different loudnesses of the hh in each bar.",
    start: {},
    solution: {
      clips: { machine: 'kick: s("bd*2")\nsnare: s("~ sd")\nhat: s("hh*4").gain("1 .4 .7 .5")' },
    },
    checks: [
      ...[plays("machine"), uses("machine", "bd"), uses("machine", "sd"), uses("machine", "hh")],
      varied("machine", "gain", 4),
    ],
  },
]

import { hits, inScale, layered, places, plays, range, tempo, uses, varied } from "../checks.ts"
import { layers, type Task } from "../task.ts"

const cMinor = [0, 2, 3, 5, 7, 8, 10]
const dDorian = [2, 4, 5, 7, 9, 11, 0]

/** Something from nothing. */
export const make: Task[] = [
  {
    id: "make-four-on-the-floor",
    kind: "make",
    words: "Make a clip called beat at 124 bpm: a bd on every beat, a hh between the beats, a cp on two and four.",
    start: {},
    solution: {
      clips: {
        beat: `setcpm(124/4)\n${layers({ kick: 's("bd*4")', hat: 's("[~ hh]*4")', clap: 's("~ cp ~ cp")' })}`,
      },
    },
    checks: [
      plays("beat"),
      tempo("beat", 124),
      places("beat", "bd", [0, 0.25, 0.5, 0.75]),
      places("beat", "hh", [0.125, 0.375, 0.625, 0.875]),
      places("beat", "cp", [0.25, 0.75]),
    ],
  },
  {
    id: "make-bass-in-c-minor",
    kind: "make",
    words: "Make a clip called bass: a sawtooth bass in C minor, eight notes a bar, all of them below C3.",
    start: {},
    solution: { clips: { bass: 'bass: note("c2 c2 eb2 c2 g2 f2 eb2 bb1").s("sawtooth").lpf(600)' } },
    checks: [
      plays("bass"),
      inScale("bass", cMinor),
      range("bass", "sawtooth", 24, 47),
      hits("bass", "sawtooth", { least: 8 }),
    ],
  },
  {
    id: "make-three-layers",
    kind: "make",
    words:
      "Make a clip called groove of three named layers: drums with bd and hh, a sawtooth bass and a triangle lead.",
    start: {},
    solution: {
      clips: {
        groove: layers({
          drums: 's("bd*2, hh*8")',
          bass: 'note("<c2 g1>").s("sawtooth")',
          lead: 'note("c4 eb4 g4 eb4").s("triangle")',
        }),
      },
    },
    checks: [
      plays("groove"),
      layered("groove", 3),
      ...["bd", "hh", "sawtooth", "triangle"].map((sound) => uses("groove", sound)),
    ],
  },
  {
    id: "make-euclid",
    kind: "make",
    words: "Make a clip called euclid: a rim of three strokes spread over eight steps.",
    start: {},
    solution: { clips: { euclid: 'rim: s("rim(3,8)")' } },
    checks: [plays("euclid"), places("euclid", "rim", [0, 0.375, 0.75])],
  },
  {
    id: "make-slow-chords",
    kind: "make",
    words: "Make a clip called pad: slow triangle chords in D dorian at 70 bpm, with at most two chords in a bar.",
    start: {},
    solution: { clips: { pad: 'setcpm(70/4)\npad: note("<[d3,f3,a3] [g3,b3,d4]>").s("triangle").room(.6)' } },
    checks: [plays("pad"), tempo("pad", 70), inScale("pad", dDorian), hits("pad", "triangle", { least: 3, most: 8 })],
  },
  {
    id: "make-panned-hats",
    kind: "make",
    words: "Make a clip called hats: sixteen hh in each bar that move from left to right by pan.",
    start: {},
    solution: { clips: { hats: 'hats: s("hh*16").pan(sine)' } },
    checks: [plays("hats"), hits("hats", "hh", { least: 16 }), varied("hats", "pan", 4)],
  },
  {
    id: "make-triplets",
    kind: "make",
    words: "Make a clip called triplets: hh in triplets, three for each of the four beats.",
    start: {},
    solution: { clips: { triplets: 'hats: s("hh*12")' } },
    checks: [plays("triplets"), hits("triplets", "hh", { least: 12 })],
  },
  {
    id: "make-half-time",
    kind: "make",
    words: "Make a clip called half at 140 bpm in half time: a bd on the first beat only, and an sd on the third only.",
    start: {},
    solution: { clips: { half: 'setcpm(140/4)\nkick: s("bd ~ ~ ~")\nsnare: s("~ ~ sd ~")' } },
    checks: [plays("half"), tempo("half", 140), places("half", "bd", [0]), places("half", "sd", [0.5])],
  },
]

import { hits, inScale, keeps, leavesOthers, plays, tempo, uses } from "../checks.ts"
import { layers, type Task } from "../task.ts"

const broken = (id: string, code: string, mended: string) => ({
  start: { clips: { [id]: code, pad: 'pad: note("c4").s("triangle")' } },
  solution: { clips: { [id]: mended } },
})

/** Code that does not play, or not what it should. */
export const mend: Task[] = [
  {
    id: "mend-invented-function",
    kind: "mend",
    words: "The clip drums does not play. Mend it.",
    ...broken("drums", 'kick: s("bd*4").speedUp(2)\nhat: s("hh*8")', 'kick: s("bd*4").fast(2)\nhat: s("hh*8")'),
    checks: [plays("drums"), uses("drums", "bd"), keeps("drums", "hat"), leavesOthers("drums")],
  },
  {
    id: "mend-bracket",
    kind: "mend",
    words: "The clip drums has an error. Mend it and change nothing that works.",
    ...broken("drums", 'kick: s("bd*4"\nhat: s("hh*8")', 'kick: s("bd*4")\nhat: s("hh*8")'),
    checks: [plays("drums"), hits("drums", "bd", { least: 4 }), keeps("drums", "hat"), leavesOthers("drums")],
  },
  {
    id: "mend-mini-notation",
    kind: "mend",
    words: "Something in the mini notation of drums is wrong. Mend it.",
    ...broken("drums", 'kick: s("bd [bd bd")\nhat: s("hh*8")', 'kick: s("bd [bd bd]")\nhat: s("hh*8")'),
    checks: [plays("drums"), hits("drums", "bd", { least: 3 }), keeps("drums", "hat"), leavesOthers("drums")],
  },
  {
    id: "mend-unknown-sound",
    kind: "mend",
    words: "drums uses a sound that does not exist. It should be a snare.",
    ...broken("drums", 'kick: s("bd*2")\nsnare: s("~ snarre")', 'kick: s("bd*2")\nsnare: s("~ sd")'),
    checks: [plays("drums"), uses("drums", "sd"), keeps("drums", "kick"), leavesOthers("drums")],
  },
  {
    id: "mend-silent",
    kind: "mend",
    words: "bass is silent. It should play its four notes a bar with a sawtooth.",
    ...broken("bass", 'bass: note("c2 eb2 g2 c2").s("sawtooth").mask(0)', 'bass: note("c2 eb2 g2 c2").s("sawtooth")'),
    checks: [plays("bass"), hits("bass", "sawtooth", { least: 4 }), leavesOthers("bass")],
  },
  {
    id: "mend-wrong-note",
    kind: "mend",
    words: "One note of lead is not in C minor. Put it right.",
    ...broken("lead", 'lead: note("c4 eb4 e4 g4").s("triangle")', 'lead: note("c4 eb4 f4 g4").s("triangle")'),
    checks: [
      plays("lead"),
      inScale("lead", [0, 2, 3, 5, 7, 8, 10]),
      hits("lead", "triangle", { least: 4 }),
      leavesOthers("lead"),
    ],
  },
  {
    id: "mend-tempo",
    kind: "mend",
    words: "drums should be at 128 bpm and is not. The patterns are right.",
    ...broken(
      "drums",
      'setcpm(128)\nkick: s("bd*4")\nhat: s("hh*8")',
      'setcpm(128/4)\nkick: s("bd*4")\nhat: s("hh*8")',
    ),
    checks: [plays("drums"), tempo("drums", 128), keeps("drums", "kick", "hat"), leavesOthers("drums")],
  },
  {
    id: "mend-two-errors",
    kind: "mend",
    words: "groove has more than one error. Mend them all.",
    ...broken(
      "groove",
      layers({ kick: 's("bd*4").gainn(.8)', hat: 's("hh*8")', bass: 'note("c2 g1").s("sawtooth").lowpass_(500)' }),
      layers({ kick: 's("bd*4").gain(.8)', hat: 's("hh*8")', bass: 'note("c2 g1").s("sawtooth").lpf(500)' }),
    ),
    checks: [
      ...[plays("groove"), hits("groove", "bd", { least: 4 }), hits("groove", "sawtooth", { least: 2 })],
      ...[keeps("groove", "hat"), leavesOthers("groove")],
    ],
  },
]

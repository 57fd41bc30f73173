import {
  asDense,
  control,
  denser,
  hits,
  keeps,
  lacks,
  leavesOthers,
  louder,
  plays,
  quieter,
  sparser,
  tempo,
  transposed,
  uses,
} from "../checks.ts"
import { layers, type Task } from "../task.ts"

const groove = {
  kick: 's("bd*4").gain(.7)',
  hat: 's("hh*8").gain(.4)',
  clap: 's("~ cp ~ cp")',
  bass: 'note("c2 c2 eb2 g2").s("sawtooth").lpf(900).gain(.6)',
}
const other = 'pad: note("c4").s("triangle")'
const start = { clips: { groove: layers(groove), pad: other } }
const changed = (parts: Partial<typeof groove> & Record<string, string>) => ({
  clips: { groove: layers({ ...groove, ...parts }) },
})

/** One layer, and nothing else. */
export const change: Task[] = [
  {
    id: "change-kick-louder",
    kind: "change",
    words: "In groove, make the kick punchier: louder. Touch nothing else.",
    start,
    solution: changed({ kick: 's("bd*4").gain(1)' }),
    checks: [
      ...[plays("groove"), louder("groove", "bd"), asDense("groove", "bd")],
      ...[keeps("groove", "hat", "clap", "bass"), leavesOthers("groove")],
    ],
  },
  {
    id: "change-hats-softer",
    kind: "change",
    words: "The hats of groove are too loud. Everything else is fine.",
    start,
    solution: changed({ hat: 's("hh*8").gain(.25)' }),
    checks: [
      ...[plays("groove"), quieter("groove", "hh"), asDense("groove", "hh")],
      ...[keeps("groove", "kick", "clap", "bass"), leavesOthers("groove")],
    ],
  },
  {
    id: "change-hats-sixteenths",
    kind: "change",
    words: "Play the hats of groove in sixteenths, and leave the rest alone.",
    start,
    solution: changed({ hat: 's("hh*16").gain(.4)' }),
    checks: [
      ...[plays("groove"), hits("groove", "hh", { least: 16 }), denser("groove", "hh")],
      ...[keeps("groove", "kick", "clap", "bass"), leavesOthers("groove")],
    ],
  },
  {
    id: "change-bass-octave",
    kind: "change",
    words: "Put the bass of groove an octave higher. Nothing else.",
    start,
    solution: changed({ bass: 'note("c3 c3 eb3 g3").s("sawtooth").lpf(900).gain(.6)' }),
    checks: [
      ...[plays("groove"), transposed("groove", "sawtooth", 12)],
      ...[keeps("groove", "kick", "hat", "clap"), leavesOthers("groove")],
    ],
  },
  {
    id: "change-bass-darker",
    kind: "change",
    words: "Make the bass of groove darker with its filter; leave its notes and the drums as they are.",
    start,
    solution: changed({ bass: 'note("c2 c2 eb2 g2").s("sawtooth").lpf(400).gain(.6)' }),
    checks: [
      ...[plays("groove"), transposed("groove", "sawtooth", 0)],
      control("groove", "sawtooth", { name: "cutoff", usual: 20_000, goes: "down" }),
      ...[keeps("groove", "kick", "hat", "clap"), leavesOthers("groove")],
    ],
  },
  {
    id: "change-clap-out",
    kind: "change",
    words: "Take the clap out of groove.",
    start,
    solution: { clips: { groove: layers({ kick: groove.kick, hat: groove.hat, bass: groove.bass }) } },
    checks: [plays("groove"), lacks("groove", "cp"), keeps("groove", "kick", "hat", "bass"), leavesOthers("groove")],
  },
  {
    id: "change-add-rim",
    kind: "change",
    words: "Add a rim on the offbeats to groove, as a layer of its own.",
    start,
    solution: changed({ rim: 's("[~ rim]*4")' }),
    checks: [
      ...[plays("groove"), uses("groove", "rim"), hits("groove", "rim", { least: 4 })],
      ...[keeps("groove", "kick", "hat", "clap", "bass"), leavesOthers("groove")],
    ],
  },
  {
    id: "change-kick-sparser",
    kind: "change",
    words: "Halve the kicks of groove, keep its tempo of 120 bpm and everything else.",
    start,
    solution: changed({ kick: 's("bd*2").gain(.7)' }),
    checks: [
      ...[plays("groove"), sparser("groove", "bd"), hits("groove", "bd", { least: 2 }), tempo("groove", 120)],
      ...[keeps("groove", "hat", "clap", "bass"), leavesOthers("groove")],
    ],
  },
]

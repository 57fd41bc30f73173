import { leavesOthers, order, plays, songOf, tempo } from "../checks.ts"
import type { Task } from "../task.ts"

const clips = {
  intro: 'setcpm(120/4)\npad: note("c4 g4").s("triangle")',
  verse: 'setcpm(120/4)\nkick: s("bd*4")\npad: note("c4 g4").s("triangle")',
  drop: 'setcpm(120/4)\nkick: s("bd*4")\nbass: note("c2 c2 g1 c2").s("sawtooth")',
  outro: 'setcpm(120/4)\npad: note("g4 c4").s("triangle")',
}
const start = { clips, songs: { anthem: ["intro", "verse"] } }

/** Songs out of clips. */
export const arrange: Task[] = [
  {
    id: "arrange-new-song",
    kind: "arrange",
    words: "Make a song called evening of intro, verse, drop and outro, in this order.",
    start: { clips },
    solution: { songs: { evening: ["intro", "verse", "drop", "outro"] } },
    checks: [order("evening", ["intro", "verse", "drop", "outro"]), leavesOthers()],
  },
  {
    id: "arrange-append",
    kind: "arrange",
    words: "Let the song anthem end with the drop.",
    start,
    solution: { songs: { anthem: ["intro", "verse", "drop"] } },
    checks: [order("anthem", ["intro", "verse", "drop"]), leavesOthers()],
  },
  {
    id: "arrange-insert",
    kind: "arrange",
    words: "Put the drop between the intro and the verse of the song anthem.",
    start,
    solution: { songs: { anthem: ["intro", "drop", "verse"] } },
    checks: [order("anthem", ["intro", "drop", "verse"]), leavesOthers()],
  },
  {
    id: "arrange-remove",
    kind: "arrange",
    words: "Take the intro out of the song anthem. Keep the clip.",
    start,
    solution: { songs: { anthem: ["verse"] } },
    checks: [order("anthem", ["verse"]), leavesOthers()],
  },
  {
    id: "arrange-repeat",
    kind: "arrange",
    words: "In the song anthem, play the verse twice before it ends.",
    start,
    solution: { songs: { anthem: ["intro", "verse", "verse"] } },
    checks: [order("anthem", ["intro", "verse", "verse"]), leavesOthers()],
  },
  {
    id: "arrange-reverse",
    kind: "arrange",
    words: "Turn the order of the song anthem around.",
    start,
    solution: { songs: { anthem: ["verse", "intro"] } },
    checks: [order("anthem", ["verse", "intro"]), leavesOthers()],
  },
  {
    id: "arrange-with-new-clip",
    kind: "arrange",
    words: "Write a clip called break at 120 bpm without a kick, and put it behind the verse of the song anthem.",
    start,
    solution: {
      clips: { break: 'setcpm(120/4)\nhat: s("hh*8")' },
      songs: { anthem: ["intro", "verse", "break"] },
    },
    checks: [plays("break"), tempo("break", 120), order("anthem", ["intro", "verse", "break"]), leavesOthers()],
  },
  {
    id: "arrange-from-nothing",
    kind: "arrange",
    words: "Make a song called night of three clips that you write: a beginning, a middle and an end.",
    start: {},
    solution: {
      clips: { one: 'a: s("hh*4")', two: 'a: s("hh*8")\nb: s("bd*4")', three: 'a: s("bd*2")' },
      songs: { night: ["one", "two", "three"] },
    },
    checks: [songOf("night", 3)],
  },
]

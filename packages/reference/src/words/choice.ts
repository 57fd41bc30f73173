import type { Section } from "./row.ts"

const bars = '["g a", "e f", "f g f g", "g c d"]'

export const choice: Section = {
  topic: "choosing by number or name",
  rows: [
    [
      "pick",
      "choices: list or object",
      "Plays of a list or an object what each number or name stands for; too large a number takes the last.",
      `note("<0 1 2!2 3>".pick(${bars}))`,
      "sections, named parts, choose pattern by index",
    ],
    [
      "pickmod",
      "choices: list or object",
      "Like pick, counting on from the first behind the last.",
      `note("<0 1 5 3>".pickmod(${bars}))`,
      "wrap index",
    ],
    [
      "pickF",
      "numbers: pattern, changes: list of functions",
      "Changes the pattern by the function that a number chooses.",
      's("bd [rim hh]").pickF("<0 1 2>", [rev, jux(rev), fast(2)])',
      "choose effect by index",
    ],
    [
      "pickOut",
      "choices: list or object",
      "Like pick, with the rhythm of what is chosen.",
      `note("<0 1>".pickOut(${bars}))`,
      "choose pattern",
    ],
    [
      "pickmodOut",
      "choices: list or object",
      "Like pickOut, counting on from the first behind the last.",
      `note("<0 5>".pickmodOut(${bars}))`,
      "choose pattern",
    ],
    [
      "pickRestart",
      "choices: list or object",
      "Like pick, and starts what is chosen from its beginning.",
      `note("<0@2 1@2>".pickRestart(${bars}))`,
      "sections that start over, song form",
    ],
    [
      "pickmodRestart",
      "choices: list or object",
      "Like pickRestart, counting on from the first behind the last.",
      `note("<0@2 5@2>".pickmodRestart(${bars}))`,
      "sections that start over",
    ],
    [
      "pickReset",
      "choices: list or object",
      "Like pick, and starts the cycle of what is chosen.",
      `note("<0 1>".pickReset(${bars}))`,
      "choose pattern, retrigger",
    ],
    [
      "pickmodReset",
      "choices: list or object",
      "Like pickReset, counting on from the first behind the last.",
      `note("<0 5>".pickmodReset(${bars}))`,
      "choose pattern, retrigger",
    ],
    [
      "inhabit pickSqueeze",
      "choices: list or object",
      "Squeezes a whole cycle of what is chosen into the event that chose it.",
      's("<a b [a,b]>".inhabit({ a: "bd(3,8)", b: "cp sd" }))',
      "nested patterns, squeeze choice",
    ],
    [
      "inhabitmod pickmodSqueeze",
      "choices: list or object",
      "Like inhabit, counting on from the first behind the last.",
      's("<0 1 2>".inhabitmod(["bd(3,8)", "cp sd"]))',
      "nested patterns",
    ],
    [
      "squeeze",
      "choices: list",
      "Squeezes a cycle of each choice into the event that chose it; a method takes the values of another pattern so.",
      `note(squeeze("<0@2 [1!2] 2>", ${bars}))`,
      "nested patterns",
    ],
  ],
}

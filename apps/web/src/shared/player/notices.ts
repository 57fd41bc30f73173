import type { Event, Problem, Restraint, SoundState } from "@strudel-agent/sandbox/protocol"
import { problemInWords } from "./player-state.ts"
import { restraintsInWords } from "./restraints.ts"

/** Says something in passing. */
export type Say = (text: string, kind: "missing" | "problem" | "lost", run?: () => void) => void

/** Milliseconds in which sounds are gathered that are said in one sentence: about a cycle, since each is missed when it is due. */
const gathering = 1500

const listed = 4

function inWords(names: string[]): string {
  const shown = names.slice(0, listed).map((name) => `“${name}”`)
  const more = names.length - shown.length
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ").replace(/, (?=[^,]*$)/, " and ")
}

/** What is said of sounds that are not there. */
export function soundsInWords(sounds: SoundState[]): string {
  const missing = sounds.filter(({ from }) => from === "missing").map(({ name }) => name)
  const replaced = sounds.filter(({ from }) => from === "replaced").map(({ name }) => name)
  const sentences = [
    missing.length > 0 && `${inWords(missing)} ${missing.length === 1 ? "is" : "are"} missing and silent.`,
    replaced.length > 0 && `${inWords(replaced)} ${replaced.length === 1 ? "is" : "are"} replaced by built-in sounds.`,
  ]
  return sentences.filter(Boolean).join(" ")
}

/** What is said of effects that the browser does not run on this page. */
export const effectsInWords = (names: string[]): string =>
  `${inWords(names)} ${names.length === 1 ? "is" : "are"} left out: over plain http browsers run no sound processors. Over https, or at localhost, all is heard.`

/** Says what a listener would miss, each thing once. */
export function createNotices(say: Say, nameOf: (key: string) => string) {
  const told = new Set<string>()
  const gathered = new Map<string, SoundState>()
  const effects = new Set<string>()
  const restraints: Restraint[] = []

  function tell() {
    const sounds = [...gathered.values()].filter(({ from }) => from === "missing" || from === "replaced")
    gathered.clear()
    for (const { name } of sounds) told.add(name)
    const sentences = [
      soundsInWords(sounds),
      effects.size > 0 && effectsInWords([...effects]),
      restraintsInWords(restraints.splice(0), nameOf),
    ].filter(Boolean)
    effects.clear()
    if (sentences.length > 0) say(sentences.join(" "), "missing")
  }

  /** To be called before something is gathered. */
  const tellSoon = () => {
    if (gathered.size === 0 && effects.size === 0 && restraints.length === 0) setTimeout(tell, gathering)
  }

  return {
    sound(sound: SoundState) {
      if (told.has(sound.name) || sound.loading) return
      tellSoon()
      gathered.set(sound.name, sound)
    },
    /** Takes effects and clips that are heard in part. */
    partly(event: Extract<Event, { type: "effects" | "restraint" }>) {
      const about = JSON.stringify(event)
      if (told.has(about)) return
      tellSoon()
      if (event.type === "effects") for (const name of event.names) effects.add(name)
      else {
        told.add(about)
        restraints.push(event.restraint)
      }
    },
    /** Sounds that are missing from here on are said again. */
    forget: () => told.clear(),
    failed(problems: ReadonlyMap<string, Problem>) {
      for (const [key, problem] of problems) say(`${nameOf(key)} does not play: ${problemInWords(problem)}.`, "problem")
    },
    stopped: (key: string, problem: Problem) => say(`${nameOf(key)} stopped: ${problemInWords(problem)}.`, "problem"),
    lost: (trouble: string, again: () => void) => say(trouble, "lost", again),
  }
}

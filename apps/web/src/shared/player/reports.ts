import type { Limit, Problem, SoundState } from "@strudel-agent/sandbox/protocol"
import { showPanel } from "./panel-state.ts"
import type { PlayerEvent } from "./player-reducer.ts"
import { limitsInWords, problemAsSentence, soundsInWords } from "./player-words.ts"

/** Shows a sentence for a moment, with something that can be done about it. */
export type Notify = (text: string, action?: { name: string; run: () => void }) => void

/** Milliseconds in which what is not heard as written is gathered into one toast: about a cycle, as each is noticed when it is due. */
const gathering = 1500

/** Reports what a listener would miss, each thing once. */
export function createReports(notify: Notify, nameOf: (key: string) => string) {
  const reported = new Set<string>()
  const sounds = new Map<string, SoundState>()
  const limits: Limit[] = []

  function flush() {
    const namesOf = (from: SoundState["from"]) =>
      [...sounds.values()].flatMap((each) => (each.from === from ? each.name : []))
    const [missing, replaced] = [namesOf("missing"), namesOf("replaced")]
    sounds.clear()
    for (const name of [...missing, ...replaced]) reported.add(name)
    const text = [soundsInWords(missing, replaced), limitsInWords(limits.splice(0), nameOf)].filter(Boolean).join(" ")
    if (text) notify(text, { name: "Sounds", run: () => showPanel("sounds") })
  }

  function gather(gatherInto: () => void) {
    if (sounds.size === 0 && limits.length === 0) setTimeout(flush, gathering)
    gatherInto()
  }

  return {
    hear(event: PlayerEvent) {
      if (event.type === "sound") {
        const { sound } = event
        if (!reported.has(sound.name) && !sound.loading) gather(() => sounds.set(sound.name, sound))
      } else if (event.type === "limited") {
        const { limit } = event
        const about = JSON.stringify(limit)
        if (!reported.has(about)) gather(() => limits.push(limit))
        reported.add(about)
      }
    },
    /** Sounds that are missing from here on are reported again. */
    forget: () => reported.clear(),
    problem: (name: string, problem: Problem, what: "stopped" | "does not play") =>
      notify(`${name} ${what}: ${problemAsSentence(problem)}`),
    lost: (message: string, run: () => void) => notify(`${message}.`, { name: "Play again", run }),
  }
}

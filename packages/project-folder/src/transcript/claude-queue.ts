import { isJsonObject, type JsonObject } from "../json/json-value.ts"
import { readContent, textOf } from "./content.ts"
import { injectedElements, personsWords } from "./injected.ts"
import { toIsoTime } from "./time.ts"

/** A prompt that was typed while the agent worked. */
export interface QueuedPrompt {
  text: string
  line: number
  timestamp: unknown
  /** Waiting, taken by the agent, or taken back by the person. */
  state: "waiting" | "taken" | "back"
  /** How many nodes of the tree were there when it was taken. */
  nodes: number
}

/** The prompts of one text, the oldest first. */
interface Lane {
  prompts: QueuedPrompt[]
  /** How many of them stand in the talk. */
  sent: number
  /** How many at the beginning are no longer waiting. */
  left: number
}

const mostCompared = 100
const standIn = /\[(?:Pasted text|Image) #\d+[^\]]*\]/g

const normal = (text: string): string => text.replace(/\s+/g, " ").trim()

/** Whether a text is that of a prompt, with what was pasted in place of the words that stood for it. */
function isFilledIn(prompt: string, text: string): boolean {
  const pieces = prompt.split(standIn)
  if (pieces.length === 1) return false
  let from = 0
  for (const piece of pieces.map((each) => each.trim())) {
    const at = text.indexOf(piece, from)
    if (at < 0) return false
    from = at + piece.length
  }
  return true
}

/** Follows the queue of prompts, so that each is told once: where it was sent, or else where it left the queue. */
export class PromptQueue {
  readonly #lanes = new Map<string, Lane>()
  readonly #order: QueuedPrompt[] = []
  #head = 0
  #unsaid = 0

  /** Takes a record of the queue; `nodes` is how many nodes of the tree there are. */
  record(value: JsonObject, line: number, nodes: number): void {
    const { texts } = readContent(isJsonObject(value.content) ? [value.content] : value.content)
    const text = texts.map((each) => personsWords(each, injectedElements).text).join("\n\n")
    const operation = textOf(value.operation)
    if (operation === "enqueue") this.#enqueue({ text, line, timestamp: value.timestamp, state: "waiting", nodes })
    else if (operation === "dequeue" || operation === "remove") this.#take(text, "taken", nodes)
    else if (operation === "popAll") {
      if (text !== "") this.#take(text, "back", nodes)
      else for (; this.#head < this.#order.length; this.#head++) this.#leave(this.#order[this.#head], "back", nodes)
    }
  }

  #enqueue(prompt: QueuedPrompt): void {
    if (prompt.text.trim() === "") return
    const key = normal(prompt.text)
    const lane = this.#lanes.get(key) ?? { prompts: [], sent: 0, left: 0 }
    lane.prompts.push(prompt)
    this.#lanes.set(key, lane)
    this.#order.push(prompt)
    this.#unsaid++
  }

  #leave(prompt: QueuedPrompt | undefined, state: "taken" | "back", nodes: number): void {
    if (prompt?.state === "waiting") Object.assign(prompt, { state, nodes })
  }

  /** The prompt of that text leaves the queue, else the one that waited longest. */
  #take(text: string, state: "taken" | "back", nodes: number): void {
    const lane = text === "" ? undefined : this.#lanes.get(normal(text))
    while (lane?.prompts[lane.left] && lane.prompts[lane.left]?.state !== "waiting") lane.left++
    while (this.#order[this.#head] && this.#order[this.#head]?.state !== "waiting") this.#head++
    this.#leave(lane?.prompts[lane.left] ?? this.#order[this.#head], state, nodes)
  }

  /** Takes note of a prompt that stands in the conversation; answers when it was typed, where it was in the queue. */
  sent(text: string): string | undefined {
    if (this.#unsaid === 0) return undefined
    const key = normal(text)
    const prompt = this.#say(this.#lanes.get(key))
    if (prompt) return toIsoTime(prompt.timestamp)
    const open = [...this.#openLanes()]
    const filledIn = open.find(([each]) => isFilledIn(each, key))
    if (filledIn) return toIsoTime(this.#say(filledIn[1])?.timestamp)
    this.#sentTogether(key, open)
    return undefined
  }

  #say(lane: Lane | undefined): QueuedPrompt | undefined {
    const prompt = lane?.prompts[lane.sent]
    if (!lane || !prompt) return undefined
    lane.sent++
    this.#unsaid--
    return prompt
  }

  *#openLanes(): Generator<[string, Lane]> {
    let compared = 0
    for (const entry of this.#lanes) {
      if (compared++ >= mostCompared) return
      // A lane whose prompts were all sent comes behind the others, should one of its text be typed again.
      if (entry[1].sent >= entry[1].prompts.length) this.#lanes.delete(entry[0])
      else yield entry
    }
  }

  /** Several prompts that waited are sent as one, one after the other. */
  #sentTogether(text: string, open: readonly [string, Lane][]): void {
    const found: Lane[] = []
    let rest = text
    for (const [key, lane] of open) {
      if (!rest.startsWith(key)) continue
      found.push(lane)
      rest = rest.slice(key.length).trimStart()
    }
    if (rest === "") for (const lane of found) this.#say(lane)
  }

  /** The prompts that stand nowhere in the talk. */
  unsaid(): QueuedPrompt[] {
    return [...this.#lanes.values()].flatMap(({ prompts, sent }) => prompts.slice(sent)).sort((a, b) => a.line - b.line)
  }
}

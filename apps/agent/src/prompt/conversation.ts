import type { Message } from "@strudel-agent/contract/message"
import type { Run } from "@strudel-agent/contract/run"

/** One turn as a model reads it. */
export interface Turn {
  role: "user" | "assistant"
  text: string
}

/** Characters, of which three to four make a token, that a conversation is kept within. */
export const budgets = {
  /** Of messages that are told in full, the newest first. */
  full: 60_000,
  /** Of each of those before them, of which the beginning and the end are told, and of all these together. */
  shortened: 300,
  shortenedTogether: 20_000,
} as const

/** The beginning and the end of a text that is longer than so many characters. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text
  const half = Math.floor(most / 2)
  const tail = text.slice(text.length - half)
  return `${text.slice(0, half)}\n… (${text.length - 2 * half} characters left out) …\n${tail}`.toWellFormed()
}

function changesOf({ codeChanges }: Message): string[] {
  const list = codeChanges === undefined ? [] : Array.isArray(codeChanges) ? codeChanges : [codeChanges]
  return list.flatMap(({ item_type: type, item_id: id, project_id: project }) =>
    type && id && project ? [`[changed strudel://${type}/${project}/${id}]`] : [],
  )
}

/** What a message says to a model. Notes and what the system said are told as such, so that they pass for nobody's words. */
function turnOf(message: Message): Turn {
  const { role, content } = message
  const text = [content, ...changesOf(message)].join("\n")
  if (role === "assistant") return { role, text }
  return { role: "user", text: role === "user" ? text : `[${role}] ${text}` }
}

/** Models want turns that alternate: what one side said in a row is one turn. */
function joined(turns: Turn[]): Turn[] {
  const together: Turn[] = []
  for (const turn of turns) {
    const last = together.at(-1)
    if (last?.role === turn.role) last.text = `${last.text}\n\n${turn.text}`
    else together.push({ ...turn })
  }
  return together
}

export interface Conversation {
  /** In the order in which they are stored; earlier ones may be missing. */
  messages: Message[]
  /** Whether there are messages before these. */
  hasMore: boolean
  run: Pick<Run, "askedIndex" | "continues" | "number">
  /** The runs of the session before this one. */
  former: Pick<Run, "askedIndex" | "continues" | "number" | "messageIndex">[]
}

/** The last message that is answered: one that a former run was asked, or what stands before an answer of somebody else. */
function lastAnswered({ messages, run, former }: Conversation): number {
  const own = new Set(former.map(({ messageIndex }) => messageIndex))
  const asked = former.flatMap(({ number, askedIndex }) => (number < run.number ? [askedIndex] : []))
  const others = messages.flatMap(({ role, messageIndex }) =>
    role === "assistant" && !own.has(messageIndex) ? [messageIndex] : [],
  )
  return Math.max(-1, ...[...asked, ...others].filter((index) => index < run.askedIndex))
}

/**
 * Messages in the order in which a model reads them: what this run is to answer last, although answers to earlier
 * questions may have been stored behind it. A question that is answered anew comes without its former answers.
 */
function ordered(conversation: Conversation): Message[] {
  const { messages, run, former } = conversation
  if (run.continues) return messages
  const again = former.filter(({ number, askedIndex }) => number < run.number && askedIndex === run.askedIndex)
  const dropped = new Set(again.map(({ messageIndex }) => messageIndex))
  const answered = lastAnswered(conversation)
  const isAsked = ({ messageIndex, role }: Message) =>
    role === "user" && messageIndex > answered && messageIndex <= run.askedIndex
  // What was written after the question waits for an answer of its own.
  const isLater = ({ messageIndex, role }: Message) => role === "user" && messageIndex > run.askedIndex
  const rest = messages.filter(
    (message) => !isAsked(message) && !isLater(message) && !dropped.has(message.messageIndex),
  )
  return [...rest, ...messages.filter(isAsked)]
}

const goOn =
  "[system] Your last answer was interrupted. Go on with it from where it stopped; do not repeat what you said. Read again what you were changing, for some of it may be stored."

/** What is told before all turns; some models want that the first one is a person's. */
function noteBefore([first]: Turn[], isLeft: boolean): Turn[] {
  if (isLeft) {
    const text = "[system] Earlier messages are left out here; the tool read gives them, with the session's address."
    return [{ role: "user", text }]
  }
  return first?.role === "assistant" ? [{ role: "user", text: "[system] The agent begins." }] : []
}

/** The conversation as a model reads it, within its budgets: what is older is shortened, and what is oldest left out. */
export function conversationOf(conversation: Conversation): Turn[] {
  const messages = ordered(conversation)
  const turns: Turn[] = []
  let full = budgets.full
  let short = budgets.shortenedTogether
  let left = 0
  for (const [index, message] of messages.toReversed().entries()) {
    const turn = turnOf(message)
    full -= turn.text.length
    if (full >= 0) turns.unshift(turn)
    else if (index === 0) turns.unshift({ ...turn, text: shortened(turn.text, budgets.full) })
    else {
      const text = shortened(turn.text, budgets.shortened)
      short -= text.length
      if (short < 0) {
        left = messages.length - index
        break
      }
      turns.unshift({ ...turn, text })
    }
  }
  const note = noteBefore(turns, left > 0 || conversation.hasMore)
  const end: Turn[] = conversation.run.continues ? [{ role: "user", text: goOn }] : []
  return joined([...note, ...turns, ...end])
}

import type { Outputs } from "@strudel-agent/client/client"
import { mostMessages } from "./message-page.ts"
import { laterOf } from "./row-weight.ts"
import type { TranscriptMessage } from "./transcript-message.ts"

type Page = Outputs["message"]["list"]

/** The part of a transcript that is loaded: messages in order, without a hole. */
export interface TranscriptWindow {
  messages: TranscriptMessage[]
  /** Whether there are more before the first and behind the last. */
  older: boolean
  newer: boolean
  /** The messages that are so large that they are drawn only when they come near. */
  later: ReadonlySet<number>
}

/** The window out of what `openingInputs` asked for. */
export function openWindow(pages: (Page | undefined)[]): TranscriptWindow | undefined {
  const [older, newer] = pages
  if (!older || (pages.length > 1 && !newer)) return undefined
  return {
    messages: [...older.messages, ...(newer?.messages ?? [])],
    older: older.hasMore,
    newer: newer?.hasMore ?? false,
    later: new Set(laterOf(byNearness(older.messages.toReversed(), newer?.messages ?? []))),
  }
}

/** What is before and behind the place where one reads, the nearest first. */
const byNearness = (before: TranscriptMessage[], behind: TranscriptMessage[]): TranscriptMessage[] =>
  Array.from({ length: Math.max(before.length, behind.length) }, (_, away) => [before[away], behind[away]])
    .flat()
    .filter((message) => message !== undefined)

/** What is drawn later once further messages are loaded, given in the order in which they are come to. */
const withLater = ({ later }: TranscriptWindow, messages: TranscriptMessage[]): ReadonlySet<number> =>
  new Set([...later, ...laterOf(messages)])

/** Takes in what was said before; the newest ones make room. */
export function withOlder(window: TranscriptWindow, page: Page): TranscriptWindow {
  const first = window.messages[0]?.messageIndex ?? Number.POSITIVE_INFINITY
  const read = page.messages.filter(({ messageIndex }) => messageIndex < first)
  const messages = [...read, ...window.messages]
  return {
    messages: messages.slice(0, mostMessages),
    older: page.hasMore,
    newer: window.newer || messages.length > mostMessages,
    later: withLater(window, read.toReversed()),
  }
}

const behind = (window: TranscriptWindow, messages: TranscriptMessage[]) => {
  const last = window.messages.at(-1)?.messageIndex ?? -1
  return messages.filter(({ messageIndex }) => messageIndex > last)
}

/** Takes in what was said afterwards; the oldest ones make room. */
export function withNewer(window: TranscriptWindow, page: Page): TranscriptWindow {
  const read = behind(window, page.messages)
  const messages = [...window.messages, ...read]
  return {
    messages: messages.slice(-mostMessages),
    older: window.older || messages.length > mostMessages,
    newer: page.hasMore,
    later: withLater(window, read),
  }
}

/** Takes in what was said at this moment, where everything up to it is loaded; the same window where it is known. */
export function withArrived(window: TranscriptWindow, arrived: TranscriptMessage[]): TranscriptWindow {
  if (window.newer || behind(window, arrived).length === 0) return window
  return withNewer(window, { messages: arrived, hasMore: false })
}

/** The message of a window that stands for one that is looked for: itself, else the next one, else the last one. */
export function landingOf({ messages }: TranscriptWindow, at: number): number | undefined {
  return (messages.find(({ messageIndex }) => messageIndex >= at) ?? messages.at(-1))?.messageIndex
}

import type { PlacedMessage } from "./message-batches.ts"
import type { Transcript } from "./transcript.ts"

export interface ConversationTimes {
  /** When it began, as ISO 8601. */
  began: string
  /** When the messages without a time of their own were said that stand from an index on, as ISO 8601. */
  before(index: number): string
  /** Whose time the messages have: their own, that of the file, or that of the import where neither says one. */
  from: "talk" | "file" | "import"
}

/** A moment within the years that the server takes, and not to come. */
const past = (moment: number): string => new Date(Math.min(Math.max(moment, 0), Date.now())).toISOString()

/** When a conversation was held: as its messages say, else as the transcript says of the whole, else when its file was written. */
export function timesOf(
  { startedAt, lastActiveAt }: Transcript,
  messages: PlacedMessage[],
  fileTime: Date | undefined,
): ConversationTimes {
  const said = messages.flatMap(({ message }) =>
    message.timestamp === undefined ? [] : [Date.parse(message.timestamp)],
  )
  const whole = startedAt ?? lastActiveAt
  const from = said.length > 0 || whole !== undefined ? "talk" : fileTime ? "file" : "import"
  const beginning = said.length > 0 ? said.reduce((one, other) => Math.min(one, other)) : undefined
  const began = past(beginning ?? (whole === undefined ? (fileTime?.getTime() ?? Date.now()) : Date.parse(whole)))
  return {
    began,
    before(index) {
      const last = messages.slice(0, index).findLast(({ message }) => message.timestamp !== undefined)
      return last?.message.timestamp === undefined ? began : past(Date.parse(last.message.timestamp))
    },
    from,
  }
}

import { itemOf } from "@strudel-agent/contract/item"
import type { CodeChange } from "@strudel-agent/contract/message"
import { codeChangesOf } from "@strudel-agent/contract/message/code"
import type { TranscriptMessage } from "#shared/transcript/transcript-message.ts"

/** A clip as a message left it. */
export interface ReplayClip {
  projectId: string
  id: string
  code: string
}

/** A message that changed the code of clips. */
export interface ReplayStep {
  messageIndex: number
  timestamp: string
  clips: ReplayClip[]
}

function clipOf(change: CodeChange): ReplayClip | undefined {
  const item = itemOf(change)
  if (item?.itemType !== "clip" || typeof change.after !== "string") return undefined
  return { projectId: item.projectId, id: item.itemId, code: change.after }
}

/** What can be heard of a message: of a clip that it changed twice, the last code. Undefined where that is nothing. */
export function stepOf({ messageIndex, timestamp, codeChanges }: TranscriptMessage): ReplayStep | undefined {
  const clips = new Map(
    codeChangesOf(codeChanges).flatMap((change): [string, ReplayClip][] => {
      const clip = clipOf(change)
      return clip ? [[`${clip.projectId}/${clip.id}`, clip]] : []
    }),
  )
  return clips.size === 0 ? undefined : { messageIndex, timestamp, clips: [...clips.values()] }
}

/** Reads messages that changed code on one side of a message, the nearest of them. */
export type ReadChanged = (
  range: { before: number } | { after: number },
) => Promise<{ messages: TranscriptMessage[]; hasMore: boolean }>

/** The nearest step before or after a message, -1 being before the first; undefined where there is none. */
export async function nearestStep(
  read: ReadChanged,
  side: "before" | "after",
  from: number,
): Promise<ReplayStep | undefined> {
  if (side === "after" && from < 0) {
    const { messages } = await read({ before: 1 })
    return messages.flatMap((message) => stepOf(message) ?? [])[0] ?? nearestStep(read, "after", 0)
  }
  for (let index = from; ; ) {
    const { messages, hasMore } = await read(side === "before" ? { before: index } : { after: index })
    const found = side === "before" ? messages.toReversed() : messages
    for (const message of found) {
      const step = stepOf(message)
      if (step) return step
    }
    const last = found.at(-1)
    if (!last || !hasMore) return undefined
    index = last.messageIndex
  }
}

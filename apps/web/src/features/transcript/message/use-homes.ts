import type { Outputs } from "@strudel-agent/client/client"
import { itemOf } from "@strudel-agent/contract/item"
import { codesOfMessage } from "@strudel-agent/contract/message/code"
import { type RefObject, useMemo } from "react"
import { api } from "#shared/api/trpc.ts"
import { useIsNear } from "#shared/collection/use-near.ts"
import type { TranscriptMessage } from "#shared/transcript/transcript-message.ts"

type Answer = Outputs["clip"]["homesOfMessage"]

/** A version of a clip that has the code of a message. */
export type CodeHome = Answer["homes"][number]

/** What the library has of a message; until that is known, and where it cannot be asked, as if it had nothing. */
export interface Homes {
  /** Whether the answer is there. */
  known: boolean
  /** The home of one of its codes, by its place among them. */
  homeOf: (place: number) => CodeHome | undefined
  /** Whether an item is there that it names. */
  isThere: (about: Parameters<typeof itemOf>[0]) => boolean
}

const homesOf = (answer: Answer | undefined): Homes => ({
  known: answer !== undefined,
  homeOf: (place) => answer?.homes.find((home) => home.place === place),
  isThere(about) {
    const item = itemOf(about)
    return (
      item !== undefined &&
      answer?.items.some(
        ({ itemType, itemId, projectId }) =>
          itemType === item.itemType && itemId === item.itemId && projectId === item.projectId,
      ) === true
    )
  },
})

/** Whether there is something of a message to ask the library for. */
const asks = ({ codeChanges, context }: TranscriptMessage): boolean =>
  codesOfMessage({ content: "", codeChanges, context }).length > 0 || itemOf(context ?? {}) !== undefined

/** What the library has of a message, asked for while its place is near the visible part. */
export function useHomes(message: TranscriptMessage, place: RefObject<HTMLElement | null>): Homes {
  const { sessionId, messageIndex } = message
  const wanted = useMemo(() => asks(message), [message])
  const isNear = useIsNear(place, wanted)
  const { data } = api.clip.homesOfMessage.useQuery({ sessionId, messageIndex }, { enabled: wanted && isNear })
  return useMemo(() => homesOf(data), [data])
}

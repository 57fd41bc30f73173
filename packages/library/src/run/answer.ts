import type { JsonObject } from "@strudel-agent/contract/json"
import { limits } from "@strudel-agent/contract/limits"
import type { MessageContext } from "@strudel-agent/contract/message"
import { type RunStep, textOf } from "@strudel-agent/contract/run/step"
import type { Db } from "@strudel-agent/database/client"
import type { RunState } from "@strudel-agent/database/kinds"
import type { RunRow } from "@strudel-agent/database/queries/run"
import { countRunChangeCharacters, listRunChanges, type RunChangeRow } from "@strudel-agent/database/queries/run/change"
import { v5 } from "uuid"
import { LibraryError } from "../failure.ts"
import { appendMessages } from "../message.ts"
import { readSession } from "../session.ts"

/** The namespace of answers' ids, for this purpose alone. */
const namespace = "5c8a3f0e-6d1b-4c7e-9b52-0d1f6e3a7c94"

/**
 * The client id of a run's answer, so that there is one however often it is told. A session that was restored counts its
 * runs anew beside answers of former ones: their moments tell them apart.
 */
export const answerId = ({
  sessionId,
  number,
  createdAt,
}: Pick<RunRow, "sessionId" | "number" | "createdAt">): string =>
  v5(`${sessionId} ${number} ${createdAt.toISOString()}`, namespace)

/** Bytes of UTF-8 that a character of a text makes at most. */
const mostOfCharacter = 3

const did = { applied: "Changed", staged: "Proposed to change", rejected: "Proposed to change" } as const

/** What a run that said nothing did. */
const inWords = (changes: RunChangeRow[]): string =>
  changes
    .flatMap(({ state, itemType, itemName }) =>
      state === "replaced" ? [] : [`${did[state]} the ${itemType} ${itemName}.`],
    )
    .join("\n")

/** The changes as a message tells them; without their texts where these are too long for one. */
function codeChanges(changes: RunChangeRow[], characters: number) {
  const hasRoom = characters * mostOfCharacter < limits.messageExtraBytes / 2
  return changes.flatMap(({ state, itemType, itemId, projectId, textBefore, textAfter, version }) =>
    state === "applied"
      ? [
          {
            ...{ item_type: itemType, item_id: itemId, project_id: projectId, version },
            ...(hasRoom ? { before: textBefore, after: textAfter } : {}),
          },
        ]
      : [],
  )
}

interface Answer {
  run: Pick<RunRow, "sessionId" | "number" | "createdAt">
  steps: RunStep[]
  state: RunState
}

/** The beginning of a text that a message holds. */
function fitting(text: string): string {
  const most = Math.floor(limits.contentBytes / mostOfCharacter)
  return text.length > most ? `${text.slice(0, most - 1).toWellFormed()}…` : text
}

/**
 * Appends what a run said to its session, which is locked. Answers its index; null where it said and did nothing, or where
 * the session takes no more messages.
 */
export async function appendAnswer(tx: Db, { run, steps, state }: Answer): Promise<number | null> {
  const { sessionId, number } = run
  const changes = await listRunChanges(tx, { sessionId, number })
  const content = fitting(textOf(steps) || inWords(changes))
  if (content === "") return null
  const session = await readSession(tx, sessionId)
  const changed = codeChanges(changes, await countRunChangeCharacters(tx, { sessionId, number }))
  const context: MessageContext & JsonObject = {
    ...(session.itemType ? { item_type: session.itemType } : {}),
    ...(session.itemId ? { item_id: session.itemId } : {}),
    ...(session.projectId ? { project_id: session.projectId } : {}),
    run: number,
    ...(state === "finished" ? {} : { ended: state }),
  }
  try {
    const { firstIndex } = await appendMessages(tx, {
      sessionId,
      messages: [
        {
          ...{ role: "assistant", content, clientId: answerId(run), context },
          ...(changed.length > 0 ? { codeChanges: changed } : {}),
        },
      ],
    })
    return firstIndex
  } catch (error) {
    if (error instanceof LibraryError && error.reason === "SESSION_TERMINATED") return null
    throw error
  }
}

import { itemOf } from "@strudel-agent/contract/item"
import { limits } from "@strudel-agent/contract/limits"
import { codesOfMessage, type MessageCode } from "@strudel-agent/contract/message/code"
import type { MessageHomes, MessageKey } from "@strudel-agent/contract/message/home"
import type { ClipAt, CodeAt, SessionMoment } from "@strudel-agent/contract/session/fork"
import { byteLength } from "@strudel-agent/contract/text"
import type { Db } from "@strudel-agent/database/client"
import {
  type CodeHome,
  findCodeHomes,
  listItemsThere,
  type SoughtCode,
} from "@strudel-agent/database/queries/message/code"
import { writeMessagePage } from "@strudel-agent/database/queries/message/page"
import { listClipsAt } from "@strudel-agent/database/queries/session/fork"
import { readSession } from "./session.ts"
import { messagesOf } from "./written-messages.ts"

/** Codes that are looked for at a time. */
const mostCodes = 100

/** The clip that code is said to be of, where it is one that the library could hold. */
function clipOf({ about }: MessageCode): { projectId: string; clipId: string } | undefined {
  const item = itemOf(about)
  return item?.itemType === "clip" ? { projectId: item.projectId, clipId: item.itemId } : undefined
}

/** Code as somebody may have stored it: as it is, or with another end. */
const spellings = (code: string): string[] => {
  const bare = code.replace(/\n+$/, "")
  return [...new Set([code, `${bare}\n`, bare])]
}

/** Where the library has some codes of a session at a moment, by their place among them. */
async function homesOf(db: Db, moment: SessionMoment, codes: MessageCode[]): Promise<Map<number, CodeHome>> {
  const sought = codes.slice(0, mostCodes).flatMap((each, place): SoughtCode[] => {
    const { projectId = null, clipId = null } = clipOf(each) ?? {}
    // More than a clip may hold is nobody's code.
    if (each.code.trim() === "" || byteLength(each.code) > limits.codeBytes) return []
    return spellings(each.code).map((code) => ({ place, code, projectId, clipId }))
  })
  const homes = await findCodeHomes(db, moment, sought)
  return new Map(homes.map((home) => [home.place, home]))
}

/** Where the library has the codes of a message, and which of the items are there that it names. */
export async function findMessageHomes(db: Db, { sessionId, messageIndex }: MessageKey): Promise<MessageHomes> {
  const range = { sessionId, before: messageIndex + 1, after: messageIndex - 1, limit: 1, from: "end" } as const
  const page = await writeMessagePage(db, { ...range, maxBytes: limits.pageBytes }, "router")
  const [message] = messagesOf(page)
  if (!message) return { homes: [], items: [] }
  const codes = codesOfMessage(message).slice(0, mostCodes)
  const named = new Map(
    [...codes.map(({ about }) => about), message.context ?? {}].flatMap((about) => {
      const item = itemOf(about)
      return item ? [[`${item.itemType}:${item.projectId}/${item.itemId}`, item] as const] : []
    }),
  )
  const [homes, items] = await Promise.all([
    homesOf(db, { id: sessionId, messageIndex }, codes),
    listItemsThere(db, [...named.values()]),
  ])
  return { homes: [...homes.values()], items }
}

/** Codes of a moment that are told of, and messages that changed code which are looked through for them. */
const mostAtMoment = { codes: 50, messages: 200, bytes: 4 * 1024 * 1024 }

type FoundCode = MessageCode & { messageIndex: number }

/** The messages of a session up to one of them that changed code, the last ones first, and that message itself. */
async function readMoment(db: Db, { id, messageIndex }: SessionMoment) {
  const range = { sessionId: id, before: messageIndex + 1, from: "end", maxBytes: mostAtMoment.bytes } as const
  const [changed, own] = await Promise.all([
    writeMessagePage(db, { ...range, limit: mostAtMoment.messages, changedCode: true }, "router"),
    writeMessagePage(db, { ...range, limit: 1, after: messageIndex - 1 }, "router"),
  ])
  const read = (page: typeof own) =>
    messagesOf(page).map((message) => ({ messageIndex: message.messageIndex, codes: codesOfMessage(message) }))
  return { changed: read(changed).toReversed(), own: read(own) }
}

/** The codes as a session's messages up to one of them had left them: of each clip the last, and what that message bears. */
async function codesAt(db: Db, moment: SessionMoment): Promise<FoundCode[]> {
  const { changed, own } = await readMoment(db, moment)
  const changes = changed.flatMap(({ messageIndex, codes }) =>
    codes
      .filter(({ source }) => source === "change")
      .toReversed()
      .map((code) => ({ ...code, messageIndex })),
  )
  const others = own.flatMap(({ messageIndex, codes }) =>
    codes.filter(({ source }) => source !== "change").map((code) => ({ ...code, messageIndex })),
  )
  const seen = new Set<string>()
  const isNew = (key: string) => !seen.has(key) && seen.add(key)
  return [...changes, ...others]
    .filter((code) => {
      const clip = clipOf(code)
      const isLast = code.source !== "change" || !clip || isNew(`${clip.projectId}/${clip.clipId}`)
      return isLast && code.isLeft && code.code.trim() !== "" && isNew(code.code)
    })
    .slice(0, mostAtMoment.codes)
}

/** The clips as a session had left them at a moment, and the code of it that the library does not have. */
export async function findCodeAt(db: Db, moment: SessionMoment): Promise<{ clips: ClipAt[]; codes: CodeAt[] }> {
  await readSession(db, moment.id)
  const [written, codes] = await Promise.all([listClipsAt(db, moment), codesAt(db, moment)])
  const homes = await homesOf(db, moment, codes)
  const keyOf = ({ projectId, clipId }: { projectId: string; clipId: string }) => `${projectId}/${clipId}`
  const clips = new Map<string, ClipAt>(written.map((clip) => [keyOf(clip), clip]))
  for (const [place, { messageIndex }] of codes.entries()) {
    const home = homes.get(place)
    if (!home || (clips.get(keyOf(home))?.messageIndex ?? -1) >= messageIndex) continue
    const { place: _, ...clip } = home
    clips.set(keyOf(home), { ...clip, sessionId: moment.id, messageIndex })
  }
  return {
    clips: [...clips.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
    codes: codes.flatMap((each, place) => {
      if (homes.has(place)) return []
      const { messageIndex, source, code } = each
      return { messageIndex, source, code, clip: clipOf(each) ?? null }
    }),
  }
}

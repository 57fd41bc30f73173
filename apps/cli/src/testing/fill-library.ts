import { createHash } from "node:crypto"
import type { Database } from "@strudel-agent/database/client"

/** A UUID that follows from a text. */
export function uuidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex")
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-")
}

const momentOf = (number: number): Date => new Date(Date.UTC(2024, 0, 1) + number * 61_003)

/** Rows of a statement: PostgreSQL takes at most 65,535 values. */
const rowsAtOnce = 2000

async function inPieces<T>(rows: T[], insert: (piece: T[]) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < rows.length; start += rowsAtOnce) await insert(rows.slice(start, start + rowsAtOnce))
}

const listOf = <T>(length: number, make: (index: number) => T): T[] => Array.from({ length }, (_, index) => make(index))

/**
 * Fills a library by hand with clips of two versions, songs, playlists, files, and sessions of 100 messages: of different
 * times, so that what loses one is seen.
 */
export async function fillLibrary({ db }: Database, { clips, messages }: { clips: number; messages: number }) {
  const projects = listOf(Math.ceil(clips / 100), (i) => `p${String(i).padStart(3, "0")}`)
  const projectOf = (i: number) => projects[Math.floor(i / 100)] ?? "p000"
  await db.project.createMany({
    data: projects.map((id, i) => ({
      ...{ id, name: `Project ${i}`, description: `# ${id}\n`, metadata: { place: i } },
      ...{ createdAt: momentOf(i), updatedAt: momentOf(i + 7) },
    })),
  })
  const sessions = listOf(Math.ceil(messages / 100), (i) => uuidOf(`session ${i}`))
  const versions = listOf(clips, (i) => ({
    ...{ projectId: projectOf(i), name: `Clip ${i} ü`, metadata: { bpm: 90 + (i % 60), tags: [`t${i % 9}`] } },
    ...{ code: `s("bd*${i % 16}").gain(${i}) // é`, number: i },
  }))
  await inPieces(versions, (piece) =>
    db.clip.createMany({
      data: piece.map(({ number, ...clip }) => ({
        ...{ ...clip, id: `c${number}`, version: 2 },
        ...{ createdAt: momentOf(number), updatedAt: momentOf(number + 3) },
      })),
    }),
  )
  for (const version of [1, 2]) {
    await inPieces(versions, (piece) =>
      db.clipVersion.createMany({
        data: piece.map(({ number, code, ...clip }) => ({
          ...{ ...clip, clipId: `c${number}`, version, code: version === 1 ? "silence" : code },
          ...{ createdAt: momentOf(number + version), sessionId: sessions[0] ?? null, messageIndex: number % 100 },
        })),
      }),
    )
  }
  for (const [i, projectId] of projects.entries()) {
    const row = { projectId, name: `Night ${i}`, body: "Text", metadata: {}, createdAt: momentOf(i), version: 1 }
    const clipIds = [`c${i * 100}`, `c${i * 100}`]
    await db.song.create({ data: { ...row, id: "night", updatedAt: momentOf(i + 1) } })
    await db.songVersion.create({ data: { ...row, songId: "night", clipIds } })
    await db.songClip.createMany({
      data: clipIds.map((clipId, position) => ({ projectId, songId: "night", position, clipId })),
    })
    await db.playlist.create({ data: { ...row, id: "set", updatedAt: momentOf(i + 1) } })
    await db.playlistVersion.create({ data: { ...row, playlistId: "set", songIds: ["night"] } })
    await db.playlistSong.create({ data: { projectId, playlistId: "set", position: 0, songId: "night" } })
    const times = { createdAt: momentOf(i), updatedAt: momentOf(i) }
    await db.projectFile.create({ data: { projectId, path: "cover.bin", content: Buffer.from([0, i, 255]), ...times } })
  }
  await inPieces(sessions, (piece) =>
    db.session.createMany({
      data: piece.map((id, i) => ({
        ...{ id, status: i % 2 === 0 ? "idle" : "terminated", projectId: projectOf(i), seenCount: i % 100 },
        ...{ messageCount: 100, metadata: { name: `Talk ${i}` }, modelName: "m", provider: i % 3 === 0 ? "p" : null },
        ...{ lastActivity: momentOf(i + 50), createdAt: momentOf(i), updatedAt: momentOf(i + 51) },
      })),
    }),
  )
  await db.memoryFile.createMany({
    data: sessions.slice(0, 20).map((sessionId, i) => ({
      ...{ sessionId, filePath: `notes/${i}.md`, isPrimary: true, loaded: i % 2 === 0 },
      ...{ createdAt: momentOf(i), updatedAt: momentOf(i + 2) },
    })),
  })
  await db.savedView.create({ data: { page: "clips", name: "Acid", search: "tag=acid", createdAt: momentOf(1) } })
  await inPieces(
    sessions.flatMap((sessionId, talk) => listOf(100, (messageIndex) => ({ sessionId, messageIndex, talk }))),
    (piece) =>
      db.message.createMany({
        data: piece.map(({ sessionId, messageIndex, talk }) => ({
          ...{ sessionId, messageIndex, clientId: uuidOf(`${talk} ${messageIndex}`) },
          createdAt: momentOf(talk + messageIndex),
          data: {
            role: messageIndex % 2 === 0 ? "user" : "assistant",
            content: `${talk} ${messageIndex} 家 ${"louder ".repeat(20)}`,
            timestamp: momentOf(talk + messageIndex).toISOString(),
            code_changes: { before: "silence", after: `s("bd*${messageIndex}")` },
          },
        })),
      }),
  )
}

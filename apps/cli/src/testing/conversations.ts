import { join } from "node:path"
import { createClient } from "@strudel-agent/client/client"
import type { TranscriptReport } from "@strudel-agent/importer/transcript/transcript-report"
import { temporaryFolder, writeFiles } from "./folder.ts"
import { runCommand } from "./run-command.ts"
import type { TestServer } from "./test-server.ts"

export const lines = (...messages: object[]): string =>
  messages.map((message) => `${JSON.stringify(message)}\n`).join("")

/** The path of a file that holds a transcript. */
export function transcript(text: string, name = "talk.jsonl"): string {
  const folder = temporaryFolder()
  writeFiles(folder, { [name]: text })
  return join(folder, name)
}

let minute = 0
/** A moment after all that were given before. */
export const nextMoment = (): string => new Date(Date.UTC(2026, 0, 1, 0, minute++)).toISOString()

/** A message of its own minute. */
export const said = (role: string, content: string, rest: object = {}) => ({
  role,
  content,
  timestamp: nextMoment(),
  ...rest,
})

/** A line as Claude Code writes it; `parent` is the uuid of the line before, or null at the beginning. */
export const claudeLine = (sessionId: string, parent: string | null, uuid: string, content: string) => ({
  parentUuid: parent,
  isSidechain: false,
  type: uuid.startsWith("u") ? "user" : "assistant",
  message: uuid.startsWith("u")
    ? { role: "user", content }
    : { id: `msg_${uuid}`, role: "assistant", content: [{ type: "text", text: content }] },
  uuid,
  timestamp: nextMoment(),
  sessionId,
})

/** What tests of conversations do at a server. */
export function conversationsAt(server: () => TestServer) {
  const run = (...argv: string[]) => runCommand(server().url, argv)
  const client = () => createClient({ url: server().url })
  return {
    run,
    client,
    reportOf: async (...argv: string[]): Promise<TranscriptReport> =>
      JSON.parse((await run("import-session", ...argv, "--json")).stdout),
    contents: async (sessionId: string): Promise<string[]> =>
      (await client().message.list.query({ sessionId, limit: 200 })).messages.map(({ content }) => content),
    sessionOf: (id: string) => client().session.byId.query({ id }),
    countSessions: () => server().database.db.session.count(),
  }
}

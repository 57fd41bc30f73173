import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { Readable } from "node:stream"
import { ImportProblem } from "@strudel-agent/importer/import-problem"
import { describe, expect, it } from "vitest"
import { temporaryFolder } from "../testing/folder.ts"
import { readTranscripts } from "./read-transcript.ts"

function read(bytes: string | Uint8Array, name = "talk.json") {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, bytes)
  return readTranscripts(path, Readable.from([]))
}

describe("a file of transcripts", () => {
  it("is read in the encoding that it has, which is told where it is not UTF-8", async () => {
    const [conversation, ...others] = await read(Buffer.from('{"role":"user","content":"Gr\xf6\xdfer"}', "latin1"))
    expect(others).toEqual([])
    expect(conversation).toMatchObject({
      fileName: "talk.json",
      messages: [{ role: "user", content: "Größer" }],
      warnings: [{ code: "encoding" }],
    })
    const [other] = await read(Buffer.from('\ufeff{"role":"user","content":"Größer"}', "utf16le"))
    expect(other).toMatchObject({ messages: [{ content: "Größer" }], warnings: [] })
  })

  it("holds as many conversations as it says", async () => {
    const conversations = await read(
      '{"messages":[{"role":"user","content":"a"}]}\n{"messages":[{"role":"user","content":"b"}]}',
    )
    expect(conversations.map(({ firstWords }) => firstWords)).toEqual(["a", "b"])
  })

  it("is refused by the name of what it looks like", async () => {
    const refused = read(JSON.stringify({ log: { entries: [] } }), "trace.har")
    await expect(refused).rejects.toThrow(ImportProblem)
    await expect(refused).rejects.toThrow(/^trace\.har has no messages to show: it looks like a HAR file/)
    await expect(readTranscripts("-", Readable.from([]))).rejects.toThrow(
      /^The input has no messages to show: it is empty/,
    )
  })
})

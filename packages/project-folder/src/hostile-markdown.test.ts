import { describe, expect, it } from "vitest"
import type { LinkTarget } from "./links/link-target.ts"
import { parseSong, printSong } from "./song/song-file.ts"
import { sectionsOfSong } from "./song/song-sections.ts"
import { hostileMarkdown } from "./testing/hostile-markdown.ts"

const fileName = "song.md"
const resolve = (target: LinkTarget): string | undefined =>
  target.kind === "id" && /^(?:kick|c\d+)$/.test(target.id) ? target.id : undefined
const linkOf = (id: string) => ({ text: id })

/** Seconds of the processor that work takes, however busy the machine is with other things. */
function secondsOf(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

/** Some twenty times what each text takes; what takes time by the square of the length takes minutes. */
const most = 10

describe("128 KiB of markdown", () => {
  it.each([...hostileMarkdown(128 * 1024)])("of %s are read and printed in time", { timeout: 120_000 }, (_, body) => {
    const original = `# Song\n\n${body}\n`
    const seconds = secondsOf(() => {
      const before = parseSong({ fileName, text: original, resolve })
      const clipIds = [...before.clipIds.slice(1, 500), "kick"].reverse()
      const printed = printSong({ fileName, original, ...before, clipIds, resolve, linkOf })
      expect(parseSong({ fileName, text: printed, resolve })).toMatchObject({ name: before.name, clipIds })
      sectionsOfSong(body, resolve)
    })
    expect(seconds).toBeLessThan(most)
  })
})

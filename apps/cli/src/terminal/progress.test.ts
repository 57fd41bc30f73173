import { expect, it } from "vitest"
import { createProgress } from "./progress.ts"

async function progressOn(output: { isTTY?: boolean; columns?: number }) {
  const written: string[] = []
  return { written, progress: await createProgress({ ...output, write: (text) => written.push(text) }) }
}

it("draws over its own line, within the terminal, and leaves it empty", async () => {
  const { written, progress } = await progressOn({ isTTY: true, columns: 50 })
  progress.clear()
  expect(written).toEqual([])
  progress.show(3, 4, `house\u001b[2J${"x".repeat(80)}`)
  progress.show(0, 0, "")
  progress.clear()
  progress.clear()
  const bar = `${"█".repeat(18)}${"░".repeat(6)} 3/4 house\ufffd[2Jxxxxxxxxxx…`
  expect(written[0]).toBe(`\r\u001b[2K${bar}`)
  expect([...bar]).toHaveLength(49)
  expect(written.slice(2)).toEqual(["\r\u001b[2K"])
})

it("says nothing where there is no terminal", async () => {
  const { written, progress } = await progressOn({ columns: 80 })
  progress.show(1, 2, "house")
  progress.clear()
  expect(written).toEqual([])
})

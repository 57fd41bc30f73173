import { analyse } from "@strudel-agent/api/analysis"
import { createAnalyser } from "@strudel-agent/strudel/analyser"
import { afterAll, describe, expect, it } from "vitest"
import { judge, type Listen, listenTo } from "./judge.ts"
import type { Library, Task } from "./task.ts"
import { tasks } from "./tasks.ts"

const analyser = createAnalyser()
afterAll(() => analyser.close())

const heard = new Map<string, ReturnType<Listen>>()

/** Listens to each code once: a task's clips stand in all of its tests. */
const listen: Listen = (code, cycles) => {
  const key = `${cycles} ${code}`
  const known = heard.get(key) ?? analyse(analyser, { code, haps: true, options: { cycles, caller: "yardstick" } })
  heard.set(key, known)
  return known
}

const worked = ({ start, solution }: Task, more: Partial<Library<string>> = {}): Partial<Library<string>> => ({
  clips: { ...start.clips, ...solution.clips, ...more.clips },
  songs: { ...start.songs, ...solution.songs, ...more.songs },
})

async function judged(task: Task, after: Partial<Library<string>>) {
  return judge(task, { before: await listenTo(task.start, listen), after: await listenTo(after, listen) })
}

it("asks for forty things, eight of each kind, under names of their own", () => {
  expect(tasks).toHaveLength(40)
  expect(new Set(tasks.map(({ id }) => id)).size).toBe(40)
  for (const kind of ["make", "change", "mend", "arrange", "match"]) {
    expect(tasks.filter((task) => task.kind === kind)).toHaveLength(8)
  }
})

describe.each(tasks.map((task) => [task.id, task] as const))("%s", (_, task) => {
  it("is met by its solution, and not by doing nothing", async () => {
    expect((await judged(task, worked(task))).faults).toEqual([])
    expect((await judged(task, task.start)).faults).not.toEqual([])
  })

  it("is not met where a clip that it is not about is another", async () => {
    const aside = Object.keys(task.start.clips ?? {}).find((id) => task.solution.clips?.[id] === undefined)
    if (aside === undefined) return
    const after = worked(task, { clips: { [aside]: 's("hh*3")' } })
    expect((await judged(task, after)).faults.join()).toContain("as before")
  })

  it("is not met by code that does not play, nor by sounds that do not exist", async () => {
    const written = Object.keys(task.solution.clips ?? {})
    for (const code of ['s("bd").inventedHere(2)', 's("nosuchsound")']) {
      if (written.length === 0) return
      const after = worked(task, { clips: Object.fromEntries(written.map((id) => [id, code])) })
      expect((await judged(task, after)).faults).not.toEqual([])
    }
  })
})

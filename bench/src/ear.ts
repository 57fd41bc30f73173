import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { createEar } from "@strudel-agent/ear/ear"
import { mostOfJob } from "@strudel-agent/ear/job"
import { createAnalyser } from "@strudel-agent/strudel/analyser"
import { here } from "./place.ts"

/** Seconds of music that are rendered of each clip. */
const music = 30

interface Rendered {
  name: string
  events: number
  /** Seconds that rendering and measuring took, the start of the process among them. */
  seconds: number
  /** Seconds of music a second. */
  ratio: number
}

/** Events of the first seconds of a clip. */
async function eventsOf(analyser: ReturnType<typeof createAnalyser>, code: string) {
  const described = await analyser.describe(code, { cycles: 1 })
  if (!described.ok) throw new Error(described.error.message)
  const { cps } = described.tempo
  const cycles = music * cps
  const answer = await analyser.analyse(code, { cycles: Math.ceil(cycles), haps: mostOfJob.haps })
  if (!answer.ok) throw new Error(answer.error.message)
  if (answer.cut) throw new Error(`It plays more than ${mostOfJob.haps} events.`)
  return { cps, cycles, haps: answer.haps.filter(({ begin }) => begin < cycles) }
}

/**
 * Renders and measures thirty seconds of each sample clip, one after the other, each twice; the shorter time counts.
 * Resolves to whether both times the same was heard of each.
 */
export async function measureEar({ only, asJson }: { only: string[]; asJson: boolean }): Promise<boolean> {
  const say = (line: string) => void (asJson || process.stdout.write(`${line}\n`))
  const analyser = createAnalyser({ folder: here("../../apps/server/dist/engine") })
  const ear = createEar({ folder: here("../../apps/server/dist/ear") })
  const samples = here("../../samples/projects")
  const rendered: Rendered[] = []
  const differing: string[] = []
  try {
    const files = (await readdir(samples, { recursive: true })).filter((file) => file.endsWith(".js")).sort()
    const wanted = files.filter((file) => only.length === 0 || only.some((text) => file.includes(text)))
    if (wanted.length === 0) throw new Error(`No sample clip has ${only.join(" or ")} in its name.`)
    say(`\n${music} seconds of ${wanted.length} clips, heard without a browser`)
    say(`${"".padEnd(40)} events  seconds  seconds of music a second`)
    for (const name of wanted) {
      const job = {
        ...(await eventsOf(analyser, await readFile(join(samples, name), "utf8"))),
        maps: [],
        layers: false,
      }
      const times: number[] = []
      const heard = new Set<string>()
      for (let round = 0; round < 2; round++) {
        const asked = performance.now()
        heard.add(JSON.stringify(await ear.listen(job)))
        times.push((performance.now() - asked) / 1000)
      }
      if (heard.size > 1) differing.push(name)
      const seconds = Math.min(...times)
      rendered.push({ name, events: job.haps.length, seconds, ratio: music / seconds })
      say(
        `${name.padEnd(40)} ${String(job.haps.length).padStart(6)} ${seconds.toFixed(2).padStart(8)} ${(music / seconds).toFixed(1).padStart(6)}`,
      )
    }
  } finally {
    ear.close()
    await analyser.close()
  }
  const sorted = rendered.map(({ seconds }) => seconds).sort((one, other) => one - other)
  say(
    `median ${(sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(2)} s; under 3 s: ${sorted.filter((seconds) => seconds < 3).length} of ${sorted.length}`,
  )
  for (const name of differing) say(`heard otherwise the second time: ${name}`)
  if (asJson) process.stdout.write(`${JSON.stringify(rendered)}\n`)
  return differing.length === 0
}

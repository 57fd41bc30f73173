import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { Page } from "@playwright/test"
import { fullMix, planOf } from "./sandbox-steps.ts"
import { readWav } from "./wav-reading.ts"

const projects = join(import.meta.dirname, "..", "..", "samples", "projects")

/** Every clip of the sample collection by project and file. */
export const sampleClips = readdirSync(projects).flatMap((project) =>
  readdirSync(join(projects, project, "clips")).map((file) => ({
    key: `${project}/${file}`,
    code: readFileSync(join(projects, project, "clips", file), "utf8"),
  })),
)

interface Wanted {
  codes: { [key: string]: string }
  cycles: number
  factor?: number
  ending?: "rings" | "loops"
}

/** Has the page's own renderer compute what codes play, as a WAV file and as it is read. */
export async function render(page: Page, options: Wanted) {
  const { codes, cycles, factor = 1, ending = "rings" } = options
  const wanted = {
    sources: Object.entries(codes).map(([key, code]) => ({ key, code })),
    plan: planOf(...Object.keys(codes)),
    cycles,
    factor,
    mix: fullMix,
    ending,
    sampleRate: 44_100 as const,
  }
  const { base64, ...rest } = await page.evaluate(async (options) => {
    const begun = performance.now()
    const progress: number[] = []
    const { wav, seconds, limits } = await globalThis.bench.sandbox.render({
      ...options,
      onProgress: (part) => progress.push(part),
    })
    const took = performance.now() - begun
    const url = URL.createObjectURL(new Blob([wav]))
    const reader = new FileReader()
    const base64 = await new Promise<string>((resolve) => {
      reader.onload = () => resolve(String(reader.result).replace(/^.*,/, ""))
      reader.readAsDataURL(new Blob([wav]))
    })
    URL.revokeObjectURL(url)
    return { base64, seconds, took, progress, limits }
  }, wanted)
  const file = Buffer.from(base64, "base64")
  return { file, heard: readWav(file), ...rest }
}

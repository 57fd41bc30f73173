import { Hap, type SampleRequest } from "@strudel-agent/strudel/result"
import { z } from "zod"
import { Heard } from "./heard.ts"

/** The longest that is listened to, the most events and maps, and the most sounds by themselves and seconds of each. */
export const mostOfJob = { seconds: 60, haps: 20_000, maps: 16, layers: 6, layerSeconds: 8 } as const

/** The maps of samples that code asks for, each once, as many as a job may name. */
export function mapsOf(
  samples: readonly Pick<SampleRequest, "source" | "base">[],
): { map: string; base: string | null }[] {
  const maps = new Map<string, { map: string; base: string | null }>()
  for (const { source, base } of samples)
    if (source !== null) maps.set(JSON.stringify([source, base]), { map: source, base })
  return [...maps.values()].slice(0, mostOfJob.maps)
}

/** An event as it is played; the others of its fields tell where it comes from. */
const PlayedHap = Hap.pick({ begin: true, until: true, end: true, value: true, sound: true, note: true }).extend({
  lane: Hap.shape.lane.optional(),
})

/** What is to be listened to: events of a clip in the order of their beginning, from its first cycle on. */
export const Job = z
  .object({
    haps: z.array(PlayedHap).max(mostOfJob.haps),
    /** Cycles per second. */
    cps: z.number().positive(),
    cycles: z.number().positive(),
    /** Maps of samples that the clip names. */
    maps: z.array(z.object({ map: z.string(), base: z.string().nullable() })).max(mostOfJob.maps),
    /** Whether it is also listened to each of its sounds by itself, to tell who masks whom. */
    layers: z.boolean(),
  })
  .refine(({ cps, cycles }) => cycles / cps <= mostOfJob.seconds, `at most ${mostOfJob.seconds} seconds`)
export type Job = z.infer<typeof Job>

export interface Fetched {
  status: number
  contentType: string
  body: ArrayBuffer | null
}

/** What a child is told: what to listen to, and what is kept of an address that it asked for. */
export type Told = { type: "listen"; job: Job } | ({ type: "fetched"; ask: number } & Fetched)

/** What a child says. */
export const Said = z.discriminatedUnion("type", [
  z.object({ type: z.literal("asks"), ask: z.int(), url: z.string() }),
  z.object({ type: z.literal("heard"), heard: Heard }),
  z.object({ type: z.literal("failed"), message: z.string() }),
])
export type Said = z.infer<typeof Said>

import { open } from "node:fs/promises"
import type { FastifyInstance, FastifyReply } from "fastify"
import { SampleFailure, sampleReasons } from "./sample-failure.ts"
import { allowedUrl } from "./sample-origins.ts"
import { createSampleSource, type Sample, type SourceOptions } from "./sample-source.ts"
import { createSampleStore, type StoreOptions } from "./sample-store.ts"
import { createSharedWork } from "./shared-work.ts"

export type SamplesOptions = SourceOptions &
  StoreOptions & {
    /** Whether the disk has room for more than what others need of it. */
    hasRoom?: (() => boolean) | undefined
  }

/** In a file, or in memory where it could not be kept. */
type Found = { type: string; tag: string } & ({ file: string } | { bytes: Buffer })

/** Milliseconds after which a map of sounds is asked for again: its files do not change, but it may get more. */
const mapsLast = 24 * 3_600_000

/**
 * `GET /samples/<address>`: a sound, or a map of sounds, from one of the hosts on the list, kept on disk. The address is
 * percent-encoded as one part of the path. Failures say a reason of `sampleReasons`.
 */
export function registerSamples(app: FastifyInstance, options: SamplesOptions): void {
  const source = createSampleSource(options)
  const store = createSampleStore(options)
  const downloads = createSharedWork<Found>()

  async function keep(address: string, sample: Sample): Promise<Found> {
    if (options.hasRoom?.() === false) return { ...sample, tag: "" }
    try {
      return { type: sample.type, ...(await store.keep(address, sample)) }
    } catch (error) {
      // A disk that is full keeps nobody from hearing it.
      app.log.warn({ err: error }, "a sample could not be kept")
      return { ...sample, tag: "" }
    }
  }

  async function load(address: string, leaving: AbortSignal): Promise<Found> {
    const kept = await store.find(address)
    if (kept && (kept.type !== "application/json" || kept.age < mapsLast)) return kept
    try {
      return await source.fetch(address, { leaving, take: (sample) => keep(address, sample) })
    } catch (error) {
      // An old map is better than none.
      if (kept) return kept
      throw error
    }
  }

  app.addHook("preClose", async () => {
    downloads.end(new SampleFailure("SAMPLES_BUSY", "The server is being stopped"))
    await source.close()
  })

  app.get<{ Params: { "*": string } }>("/samples/*", async (request, reply) => {
    const url = allowedUrl(request.params["*"], options.origins)
    try {
      if (!url)
        throw new SampleFailure("SAMPLE_REFUSED", "Its host is not on the list of this server: STRUDEL_SAMPLE_ORIGINS")
      const found = await downloads.join(url.href, request.signal, (leaving) => load(url.href, leaving))
      const { type, tag } = found
      const lasting = type === "application/json" ? "private, max-age=3600" : "private, max-age=31536000, immutable"
      reply.headers({ "cache-control": lasting, "content-security-policy": "default-src 'none'; sandbox" })
      if (tag) reply.header("etag", `"${tag}"`)
      if (tag && request.headers["if-none-match"] === `"${tag}"`) return reply.code(304).send()
      reply.type(type)
      if ("bytes" in found) return reply.send(found.bytes)
      const file = await open(found.file).catch(() => null)
      if (!file) throw new SampleFailure("SAMPLES_BUSY", "It had to make room for others just now")
      reply.header("content-length", (await file.stat()).size)
      return reply.send(file.createReadStream())
    } catch (error) {
      if (error instanceof SampleFailure) return fail(reply, error)
      // Nobody is left to be answered.
      if (request.signal.aborted) return reply.hijack()
      throw error
    }
  })
}

function fail(reply: FastifyReply, { reason, message }: SampleFailure) {
  reply.header("cache-control", "no-store")
  return reply.code(sampleReasons[reason]).send({ error: { reason, message } })
}

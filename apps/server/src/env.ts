import { resolve } from "node:path"
import { isOnLoopback } from "@strudel-agent/process/loopback"
import { flagValues, isOn, openHostWords, shortestToken, usualSettings } from "@strudel-agent/process/settings"
import { z } from "zod"
import { parseOrigins, usualOrigins } from "./samples/sample-origins.ts"

const count = (usual: number, min: number, max: number) => z.coerce.number().int().min(min).max(max).default(usual)
const flag = z.enum(flagValues).default("false").transform(isOn)
const empty = (value: unknown) => (value === "" ? undefined : value)
const tooShort = `must have at least ${shortestToken} characters`
const secret = z.preprocess(empty, z.string().min(shortestToken, tooShort).optional())

const Settings = z.object({
  DATABASE_URL: z.preprocess(
    empty,
    z
      .string()
      .regex(/^postgres(ql)?:\/\//, "must start with postgresql://")
      .optional(),
  ),
  STRUDEL_DATA_DIR: z.preprocess(
    empty,
    z
      .string()
      .default(usualSettings.dataDir)
      .transform((path) => resolve(path)),
  ),
  HOST: z.preprocess(empty, z.string().default(usualSettings.host)),
  PORT: z.preprocess(empty, count(usualSettings.port, 0, 65_535)),
  WEB_URL: z.preprocess(empty, z.url().optional()),
  STRUDEL_WEB_SECRET: secret,
  STRUDEL_TOKEN: secret,
  STRUDEL_ALLOW_NO_TOKEN: flag,
  STRUDEL_ALLOWED_HOSTS: z
    .string()
    .default("")
    .transform((text) => text.split(",").flatMap((name) => (name.trim() ? [name.trim().toLowerCase()] : []))),
  STRUDEL_SAMPLE_ORIGINS: z.preprocess(
    empty,
    z
      .string()
      .default(usualOrigins.join(","))
      .transform((list, { addIssue }) => {
        try {
          return parseOrigins(list)
        } catch (error) {
          addIssue(error instanceof Error ? error.message : "is no list of origins")
          return z.NEVER
        }
      }),
  ),
  STRUDEL_EAR: z.preprocess(empty, z.enum(flagValues).default("true").transform(isOn)),
  DB_POOL_SIZE: z.preprocess(empty, count(10, 1, 1000)),
  DB_MAX_OVERFLOW: z.preprocess(empty, count(20, 0, 1000)),
  DB_POOL_RECYCLE: z.preprocess(empty, count(3600, 1, 86_400)),
  DB_COMMAND_TIMEOUT: z.preprocess(empty, count(30, 1, 3600)),
  DB_ECHO: flag,
  OTEL_EXPORTER_OTLP_ENDPOINT: z.preprocess(empty, z.url({ protocol: /^https?$/ }).optional()),
  NODE_ENV: z.string().optional(),
  LOG_LEVEL: z.preprocess(
    empty,
    z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  ),
})
const Env = Settings.superRefine(({ WEB_URL, STRUDEL_WEB_SECRET }, { addIssue }) => {
  if (WEB_URL === undefined || STRUDEL_WEB_SECRET !== undefined) return
  const message = "must be set, to what the web app at WEB_URL has as well, such as `openssl rand -hex 16` prints"
  addIssue({ code: "custom", path: ["STRUDEL_WEB_SECRET"], message })
})
export type Env = z.infer<typeof Env>

/** Reads the server's settings; throws an error that names each variable that is wrong and why. */
export function readEnv(source: Record<string, string | undefined>): Env {
  const parsed = Env.safeParse(source)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`)
  throw new Error(`Some settings are wrong.\n${problems.join("\n")}`)
}

/** Rejects where others than this machine would reach the server and none of them needs a token, unless that is wanted. */
export async function refuseOpenHost(
  env: Pick<Env, "HOST" | "STRUDEL_TOKEN" | "STRUDEL_ALLOW_NO_TOKEN">,
): Promise<void> {
  if (env.STRUDEL_TOKEN !== undefined || env.STRUDEL_ALLOW_NO_TOKEN) return
  const isOpen = await isOnLoopback(env.HOST).then(
    (isOwn) => !isOwn,
    () => {
      throw new Error(`This machine has no address ${env.HOST}: set HOST to one it has.`)
    },
  )
  if (isOpen) throw new Error(openHostWords(env.HOST))
}

import { resolve } from "node:path"
import { z } from "zod"
import { parseOrigins, usualOrigins } from "./samples/sample-origins.ts"

const count = (usual: number, min: number, max: number) => z.coerce.number().int().min(min).max(max).default(usual)
const flag = z
  .enum(["true", "false", "1", "0", ""])
  .default("false")
  .transform((text) => text === "true" || text === "1")
const empty = (value: unknown) => (value === "" ? undefined : value)

const Env = z.object({
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
      .default(".data")
      .transform((path) => resolve(path)),
  ),
  HOST: z.preprocess(empty, z.string().default("127.0.0.1")),
  PORT: z.preprocess(empty, count(3000, 0, 65_535)),
  WEB_URL: z.preprocess(empty, z.url().optional()),
  STRUDEL_TOKEN: z.preprocess(empty, z.string().min(16, "must have at least 16 characters").optional()),
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
  DB_POOL_SIZE: z.preprocess(empty, count(10, 1, 1000)),
  DB_MAX_OVERFLOW: z.preprocess(empty, count(20, 0, 1000)),
  DB_POOL_RECYCLE: z.preprocess(empty, count(3600, 1, 86_400)),
  DB_COMMAND_TIMEOUT: z.preprocess(empty, count(30, 1, 3600)),
  DB_ECHO: flag,
  NODE_ENV: z.string().optional(),
  LOG_LEVEL: z.preprocess(
    empty,
    z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  ),
})
export type Env = z.infer<typeof Env>

/** Reads the server's settings; throws an error that names each variable that is wrong and why. */
export function readEnv(source: Record<string, string | undefined>): Env {
  const parsed = Env.safeParse(source)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`)
  throw new Error(`Some settings are wrong.\n${problems.join("\n")}`)
}

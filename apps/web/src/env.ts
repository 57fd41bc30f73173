import "server-only"
import { z } from "zod"

const Env = z.object({
  /** The front door's address. */
  STRUDEL_URL: z.url({ protocol: /^https?$/ }).default("http://127.0.0.1:3000"),
  /** Sent as a bearer token where the server asks for one. */
  STRUDEL_TOKEN: z.string().min(1).optional(),
})

/** What the pages take from the environment while they run; the build reads none of it. */
export const readEnv = () =>
  Env.parse({
    STRUDEL_URL: process.env.STRUDEL_URL || undefined,
    STRUDEL_TOKEN: process.env.STRUDEL_TOKEN || undefined,
  })

/** Whether this process serves pages in production, rather than developing or building them. */
export const isServing = (): boolean => process.env.NODE_ENV === "production" && process.env.NEXT_RUNTIME === "nodejs"

import { initTRPC, type TRPCError } from "@trpc/server"
import { z } from "zod"
import type { Context } from "./context.ts"
import { ApiError, failureOf, translateError } from "./errors.ts"
import { Written } from "./written.ts"

const t = initTRPC.context<Context>().create({
  isDev: false,
  sse: {
    // What stands between a reader and the server closes connections that are silent for long.
    ping: { enabled: true, intervalMs: 5000 },
    client: { reconnectAfterInactivityMs: 15_000 },
    // A reader that is gone without a word is let go of; one that is there goes on where it was.
    maxDurationMs: 3_600_000,
  },
  errorFormatter({ shape, error }) {
    const { message, ...failure } = failureOf(error)
    return { ...shape, message, data: { ...shape.data, ...failure } }
  },
})

export const router = t.router
export const createCallerFactory = t.createCallerFactory

type Result = { ok: true } | { ok: false; error: TRPCError }

/** What a call answers; what the library or the database threw becomes an expected failure where it is one. */
function withReason<R extends Result>(result: R): R {
  if (!result.ok) throw translateError(result.error)
  return result
}

function authorise({ authorised }: Context): void {
  if (!authorised) throw new ApiError("TOKEN_REQUIRED")
}

// Each kind of call has one middleware: tRPC copies what it hands on several times for each of them.

/** A call that reads. */
export const reader = t.procedure.use(async ({ ctx, next }) => {
  authorise(ctx)
  return withReason(await next())
})

/**
 * A call that reads a page which PostgreSQL writes as JSON (`Written`). Its output schema says what callers get and is
 * what tests hold the page to, where the context's `checksPages` is set; otherwise nothing parses the page again, and a
 * caller that `takesText` gets it as it is.
 */
export const pageReader = <Page extends z.ZodType>(page: Page) =>
  t.procedure
    .use(async ({ ctx, next }) => {
      authorise(ctx)
      const result = withReason(await next())
      if (!result.ok || !(result.data instanceof Written)) return result
      if (ctx.checksPages) page.parse(result.data.value())
      return ctx.takesText ? result : { ...result, data: result.data.value() }
    })
    .output(z.unknown().pipe(z.custom<z.output<Page>>((page) => page instanceof Written)))

/** A call that writes: readers in this process hear of it at once. It is refused while the disk has no room. */
export const writer = t.procedure.use(async ({ ctx, path, next }) => {
  authorise(ctx)
  if (!ctx.database.hasRoom()) throw new ApiError("STORAGE_FULL")
  const result = withReason(await next())
  ctx.live.wake()
  ctx.onWrite?.(path)
  return result
})

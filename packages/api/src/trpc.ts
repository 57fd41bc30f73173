import { initTRPC } from "@trpc/server"
import type { Context } from "./context.ts"
import { ApiError, failureOf, translateError } from "./errors.ts"

const t = initTRPC.context<Context>().create({
  isDev: false,
  errorFormatter({ shape, error }) {
    const { message, ...failure } = failureOf(error)
    return { ...shape, message, data: { ...shape.data, ...failure } }
  },
})

export const router = t.router
export const createCallerFactory = t.createCallerFactory

const translated = t.procedure.use(async ({ next }) => {
  const result = await next()
  if (!result.ok) throw translateError(result.error)
  return result
})

const authorised = translated.use(({ ctx, next }) => {
  if (!ctx.authorised) throw new ApiError("TOKEN_REQUIRED")
  return next()
})

/** A call that reads. */
export const reader = authorised

/** A call that writes. */
export const writer = authorised

import "server-only"
import { notFound } from "next/navigation"
import type { z } from "zod"

/** Reads a key out of a page's address; what cannot be one has no page. */
export function routeKey<T extends z.ZodType>(schema: T, params: z.input<T>): z.output<T> {
  const parsed = schema.safeParse(params)
  if (!parsed.success) notFound()
  return parsed.data
}

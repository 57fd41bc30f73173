import { hashKey } from "@tanstack/react-query"

/** Whether two values say the same as JSON, in whatever order their keys stand. */
export const isSameJson = (one: unknown, other: unknown): boolean => hashKey([one]) === hashKey([other])

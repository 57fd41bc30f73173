/** Tells whether a value that came from outside is of a type. */
export type Guard<T> = (value: unknown) => value is T

export const isText = (value: unknown): value is string => typeof value === "string"
export const isNumber = (value: unknown): value is number => typeof value === "number"
export const isFlag = (value: unknown): value is boolean => typeof value === "boolean"

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

export const isOneOf =
  <T>(all: readonly T[]): Guard<T> =>
  (value): value is T =>
    all.some((each) => each === value)

export const isListOf =
  <T>(is: Guard<T>): Guard<T[]> =>
  (value): value is T[] =>
    Array.isArray(value) && value.every(is)

/** Whether a value is a record with all of these fields. */
export const isShape =
  <T extends object>(fields: { [K in keyof T]: Guard<T[K]> }): Guard<T> =>
  (value): value is T => {
    if (!isRecord(value)) return false
    for (const name in fields) if (!fields[name](value[name])) return false
    return true
  }

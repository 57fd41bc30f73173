import { isDeepStrictEqual } from "node:util"

/** Whether a change says anything else than what is stored; fields that it leaves undefined stay as they are. */
export function changesAnything(stored: object, change: object): boolean {
  // As it comes back from the database: a number -0 is 0 there.
  const changed: object = JSON.parse(JSON.stringify(change))
  return Object.entries(changed).some(([field, value]) => !isDeepStrictEqual(value, Reflect.get(stored, field)))
}

/** The moment of a change, later than the former one even within its millisecond, so that it tells states apart. */
export const momentAfter = (former: Date): Date => new Date(Math.max(Date.now(), former.getTime() + 1))

/** Whether a value is an object whose fields may be asked for, which an array is, too. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null

const isText = (value: unknown): value is string => typeof value === "string"

export const textOf = (value: unknown): string | undefined => (isText(value) ? value : undefined)

/** A list of texts; anything else is an empty one. */
export const textsOf = (value: unknown): string[] => (Array.isArray(value) && value.every(isText) ? value : [])

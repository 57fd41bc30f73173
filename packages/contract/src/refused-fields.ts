import type { z } from "zod"

/** Fields and problems of what a schema refused, the input itself as "input". */
export function fieldsOf(error: z.core.$ZodError): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const issue of error.issues) fields[issue.path.join(".") || "input"] ??= issue.message
  return fields
}

/** Fields and problems as one line of words, the first five of them. */
export const inWords = (fields: Record<string, string>): string =>
  Object.entries(fields)
    .slice(0, 5)
    .map(([field, problem]) => `${field}: ${problem}`)
    .join("; ")

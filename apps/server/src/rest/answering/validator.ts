import type { FastifySchemaCompiler } from "fastify"
import type { z } from "zod"

const wordsFor =
  (part: string | undefined): z.core.$ZodErrorMap =>
  (issue) => {
    const noBody = part === "body" && issue.input === null && !issue.path?.length
    if (issue.input === undefined || noBody) return "is missing"
    if (part === "querystring" && Array.isArray(issue.input)) return "is given more than once"
    return undefined
  }

/** Checks a part of a request; the error keeps its paths as lists, which a JSON pointer in a text would not. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  const error = wordsFor(httpPart)
  return (data) => {
    const result = schema.safeParse(data, { error })
    return result.success ? { value: result.data } : { error: result.error }
  }
}

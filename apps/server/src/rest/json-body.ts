import { isUtf8 } from "node:buffer"
import { badInput } from "@strudel-agent/api/errors"
import { limits } from "@strudel-agent/api/schema/limits"
import type { RestApp } from "./rest-app.ts"

/**
 * Lets a scope take JSON in UTF-8 of at most 16 MiB and nothing else. No bytes at all are no body, whatever their content
 * type says: many clients name one on every request, also on a DELETE.
 */
export function acceptOnlyJson(api: RestApp): void {
  const parseJson = api.getDefaultJsonParser("error", "error")
  api.removeAllContentTypeParsers()
  api.addContentTypeParser<Buffer>(
    "application/json",
    { parseAs: "buffer", bodyLimit: limits.bodyLimitBytes },
    (request, bytes, done) => {
      if (bytes.length === 0) done(null, undefined)
      else if (!isUtf8(bytes)) done(badInput("body", "is not valid UTF-8"), undefined)
      else void parseJson(request, bytes.toString(), done)
    },
  )
}

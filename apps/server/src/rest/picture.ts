import { createHash } from "node:crypto"
import { ApiError } from "@strudel-agent/api/errors"
import { ClipPictureKey } from "@strudel-agent/contract/clip"
import { Slug } from "@strudel-agent/contract/text"
import { pictureSvg } from "@strudel-agent/strudel/picture-svg"
import { z } from "zod"
import { wholeNumber } from "./answering/query-number.ts"
import type { CallerFor, RestApp } from "./rest-app.ts"

const Path = z.object({ project_id: Slug, clip_id: Slug })

const Query = z.object({ version: wholeNumber(ClipPictureKey.shape.version.unwrap()).optional() })

/** The same for the same picture: a clip that was deleted and made again has the same address and other versions. */
const tagOf = (svg: string): string => `"${createHash("sha256").update(svg).digest("base64url").slice(0, 22)}"`

/** Registers the pictures of clips, as files for pages elsewhere, which ask each time whether it is still the same. */
export function pictureRoutes(api: RestApp, callerFor: CallerFor): void {
  api.get(
    "/projects/:project_id/clips/:clip_id/picture.svg",
    { schema: { hide: true, params: Path, querystring: Query } },
    async (request, reply) => {
      const { project_id: projectId, clip_id: id } = request.params
      const { picture } = await callerFor(request).clip.picture({ projectId, id, ...request.query })
      if (!picture)
        throw new ApiError("CLIP_PICTURE_NOT_FOUND", "The clip makes no sound, or is still being listened to.")
      const svg = pictureSvg(picture)
      const tag = tagOf(svg)
      reply.header("etag", tag).header("cache-control", "private, no-cache")
      if (request.headers["if-none-match"]?.includes(tag)) return reply.code(304).send()
      // Opened by itself, it may be styled by its own rules, and nothing else.
      reply.header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'")
      return reply.type("image/svg+xml; charset=utf-8").send(svg)
    },
  )
}

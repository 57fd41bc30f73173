import { z } from "zod"
import { Uuid, wholeNumber } from "./text.ts"

/** The session that a version was made in, and the message of it. */
export const VersionOrigin = z.object({ sessionId: Uuid, messageIndex: wholeNumber(0).optional() })

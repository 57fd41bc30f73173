import { setImmediate as nextTurn } from "node:timers/promises"
import type { Db } from "../client.ts"
import { isConflict, isDuplicate, isUnsupported } from "../errors.ts"
import { Prisma } from "../generated/client.ts"
import { columnsOf } from "./columns.ts"
import { readOne } from "./written-rows.ts"

/** What one statement stores at most, in messages and characters of JSON; what is more by itself is stored alone. */
const most = { messages: 200, characters: 256 * 1024 }
/** Statements that are on their way at once. */
const atOnce = 2

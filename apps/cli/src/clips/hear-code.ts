import type { Client } from "@strudel-agent/client/client"
import { printable } from "@strudel-agent/importer/printable"
import type { hear } from "@strudel-agent/tools/hear"
import type { Run } from "../run.ts"

export type Heard = Awaited<ReturnType<typeof hear>>

/** Knows the whole language, which only what listens to code needs. */
const hearing = () => import("@strudel-agent/tools/hear")

/** What code plays. */
export const hearCode: typeof hear = async (...inputs) => (await hearing()).hear(...inputs)

/** What was heard as lines for people. */
export const heardLines = async (heard: Heard): Promise<string> => printable((await hearing()).heardInWords(heard))

/** Says what code that was stored plays; that it could not be listened to undoes nothing. */
export async function printHeard(run: Run, client: Client, code: string): Promise<Heard | null> {
  try {
    const heard = await hearCode(client, code)
    run.note(await heardLines(heard))
    return heard
  } catch (error) {
    run.note(`It is stored, but could not be listened to: ${run.describeFailure(error).message}`)
    return null
  }
}

import type { Client } from "@strudel-agent/client/client"
import { printable } from "@strudel-agent/importer/printable"
import { hear, heardInWords } from "@strudel-agent/tools/hear"
import type { Run } from "../run.ts"

export type Heard = Awaited<ReturnType<typeof hear>>

/** What was heard as lines for people. */
export const heardLines = (heard: Heard): string => printable(heardInWords(heard))

/** Says what code that was stored plays; that it could not be listened to undoes nothing. */
export async function tellHeard(run: Run, client: Client, code: string): Promise<Heard | null> {
  try {
    const heard = await hear(client, code)
    run.note(heardLines(heard))
    return heard
  } catch (error) {
    run.note(`It is stored, but could not be listened to: ${run.describeFailure(error).message}`)
    return null
  }
}

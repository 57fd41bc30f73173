import "server-only"
import type { Metadata } from "next"
import { inTime } from "./in-time.ts"
import { type Answers, getAnswers } from "./server.ts"

/** Milliseconds that a page waits for its title. */
const timeout = 1500

/** A page's title out of its data, or another where the data does not come in time. */
export async function pageTitle(read: (answers: Answers) => Promise<string>, otherwise: string): Promise<Metadata> {
  return { title: await inTime(read(getAnswers()), timeout, otherwise) }
}

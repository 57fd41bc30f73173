import { reasonOf } from "@strudel-agent/client/reason"
import { reasons } from "@strudel-agent/contract/reason"
import { type DehydratedState, dehydrate } from "@tanstack/query-core"
import { notFound } from "next/navigation"
import type { ReactNode } from "react"
import { FailedPage } from "#shared/ui/failed-page.tsx"
import { wordsOf } from "#shared/words/reasons.ts"
import { type Answers, getAnswers } from "./server.ts"

/** Milliseconds that a page waits for its data; after that it is drawn without, and the browser asks for it. */
const timeout = 2000

const late = () => new Promise<{ loaded?: undefined }>((resolve) => setTimeout(resolve, timeout, {}))

/**
 * Loads what a page shows at first and hands it to the browser, which need not ask again. Where `load` rejects, the
 * page is the failed state, or "not found".
 */
export async function Prefetched<T>({
  load,
  draw,
}: {
  load: (answers: Answers) => Promise<T>
  /** Draws the page: with the answers for its island, and with what `load` returned, undefined where that took too long. */
  draw: (state: DehydratedState, loaded: T | undefined) => ReactNode
}) {
  const answers = getAnswers()
  const outcome = await Promise.race([
    load(answers).then(
      (loaded) => ({ loaded }),
      (error: unknown) => ({ failure: reasonOf(error) ?? ("INTERNAL" as const) }),
    ),
    late(),
  ])
  if ("failure" in outcome) {
    const { failure } = outcome
    if (failure !== "UNREACHABLE" && reasons[failure].code === "NOT_FOUND") notFound()
    return <FailedPage text={wordsOf(failure)} />
  }
  return draw(dehydrate(answers.queryClient), outcome.loaded)
}

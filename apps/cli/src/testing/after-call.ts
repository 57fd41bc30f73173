import type { Answer, Fetch } from "@strudel-agent/client/fetch"
import { nodeFetch } from "@strudel-agent/client/node-fetch"
import { onTestFinished } from "vitest"

let fetching = nodeFetch

/** What commands of tests fetch with. */
export const testFetch: Fetch = (...asked) => fetching(...asked)

/** Fetches in another way until the test has ended, or this is called; the way is given the one before. */
function fetchBy(way: (former: Fetch) => Fetch): () => void {
  const former = fetching
  fetching = way(former)
  const takeBack = () => {
    fetching = former
  }
  onTestFinished(takeBack)
  return takeBack
}

/**
 * Does something once, when the server has answered the first (or nth) call whose address holds this name, and before that
 * answer is read; where it fails, the answer is lost.
 */
export function afterCall(name: string, act: () => Promise<unknown>, nth = 1): void {
  let calls = 0
  const takeBack = fetchBy((former) => async (input, init) => {
    const answer = await former(input, init)
    if (String(input).includes(name) && ++calls === nth) {
      takeBack()
      await act()
    }
    return answer
  })
}

/** What a client sees where the connection breaks off before the answer. */
export const lostAnswer = () => Promise.reject(new TypeError("fetch failed"))

/** Answers calls whose address holds this name in the server's place, where `answer` does so. */
export function answerInstead(name: string, answer: () => Answer | undefined): void {
  fetchBy(
    (former) => async (input, init) =>
      (String(input).includes(name) ? answer() : undefined) ?? (await former(input, init)),
  )
}

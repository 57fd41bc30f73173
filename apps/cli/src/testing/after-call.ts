import { onTestFinished } from "vitest"

/**
 * Does something once, when the server has answered the first (or nth) call whose address holds this name, and before that
 * answer is read; where it fails, the answer is lost.
 */
export function afterCall(name: string, act: () => Promise<unknown>, nth = 1): void {
  const { fetch } = globalThis
  let calls = 0
  globalThis.fetch = async (input, init) => {
    const answer = await fetch(input, init)
    if (String(input).includes(name) && ++calls === nth) {
      globalThis.fetch = fetch
      await act()
    }
    return answer
  }
  onTestFinished(() => {
    globalThis.fetch = fetch
  })
}

/** What a client sees where the connection breaks off before the answer. */
export const lostAnswer = () => Promise.reject(new TypeError("fetch failed"))

/** Answers calls whose address holds this name in the server's place, where `answer` does so. */
export function answerInstead(name: string, answer: () => Response | undefined): void {
  const { fetch } = globalThis
  globalThis.fetch = async (input, init) =>
    (String(input).includes(name) ? answer() : undefined) ?? (await fetch(input, init))
  onTestFinished(() => {
    globalThis.fetch = fetch
  })
}

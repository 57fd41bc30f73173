import { useCallback, useEffect, useEffectEvent, useRef } from "react"
import { messageOfHash, type Opening, openingAddress } from "#shared/transcript/message-page.ts"

/** Whether a transcript was opened in this document before. */
let opened = false

const same = (one: Opening, other: Opening) => one.at === other.at && one.changedCode === other.changedCode

/**
 * Keeps the page's address and the place in a transcript together: `lead` goes to a place and writes it down; an
 * address that changes, or that names a message at its end alone (`#m12`), leads there.
 */
export function useAddress(asked: Opening, jump: (to: Opening) => Promise<void>) {
  const wanted = useRef(asked)
  const lead = useCallback(
    (change: Partial<Opening>) => {
      // On what was asked for last, whether or not it is there by now.
      const to = { ...wanted.current, ...change }
      wanted.current = to
      // A former place with another end would be taken for one that is asked for.
      window.history.replaceState(null, "", window.location.pathname + openingAddress(to))
      void jump(to)
    },
    [jump],
  )
  const { at, changedCode } = asked
  useEffect(() => {
    const to = { at, changedCode }
    if (same(wanted.current, to)) return
    wanted.current = to
    void jump(to)
  }, [at, changedCode, jump])

  const followHash = useEffectEvent(() => {
    const index = messageOfHash(window.location.hash)
    if (index !== undefined && index !== wanted.current.at) lead({ at: index })
  })
  const dropStaleHash = useEffectEvent(() => {
    const address = window.location.pathname + openingAddress(wanted.current)
    if (window.location.hash !== new URL(address, window.location.origin).hash)
      window.history.replaceState(null, "", address)
  })
  useEffect(() => {
    // Within a document only the router writes the end of an address, and Next (16.4) adds it to the one of an earlier
    // visit: https://github.com/vercel/next.js/issues/96714
    if (opened) dropStaleHash()
    else followHash()
    opened = true
    const listener = () => followHash()
    addEventListener("hashchange", listener)
    return () => removeEventListener("hashchange", listener)
  }, [])
  return { lead }
}

import type { RunChange } from "@strudel-agent/contract/run"
import { type RefObject, useEffect, useState } from "react"
import { api } from "#shared/api/trpc.ts"
import { useIsNear } from "#shared/collection/use-near.ts"
import { holdScroll } from "#shared/ui/hold-scroll.ts"
import { useRuns } from "../run/runs-context.ts"
import { enqueueRender } from "./render-queue.ts"
import { rowToHold } from "./visible-rows.ts"

/**
 * What a run changed and proposed, asked for while its place is near the visible part; undefined until that is known. When
 * it comes, what is in sight stays where it is, and who is at the end stays there.
 */
export function useRunChanges(number: number, place: RefObject<HTMLElement | null>): RunChange[] | undefined {
  const sessionId = useRuns()?.sessionId
  const isNear = useIsNear(place, sessionId !== undefined)
  const { data } = api.run.changes.useQuery(
    { sessionId: sessionId ?? "", number },
    { enabled: sessionId !== undefined && isNear },
  )
  const known = data?.changes
  const [shown, setShown] = useState(known)
  useEffect(() => {
    if (!known) return
    enqueueRender(() => {
      const scroller = place.current?.closest<HTMLElement>("[data-transcript]")
      const isAtEnd = scroller && scroller.scrollTop > -2
      const held = scroller && !isAtEnd && rowToHold(scroller)
      if (held) holdScroll(held, () => setShown(known))
      else setShown(known)
    })
  }, [known, place])
  return shown
}

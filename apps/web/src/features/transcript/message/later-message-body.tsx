"use client"

import { codeChangesOf } from "@strudel-agent/contract/message/code"
import { type ComponentProps, type RefObject, useState } from "react"
import { isNear, useNear } from "#shared/collection/use-near.ts"
import { holdScroll } from "#shared/ui/hold-scroll.ts"
import { countOf } from "#shared/words/count.ts"
import { MessageBody } from "./message-body.tsx"
import { enqueueRender } from "./render-queue.ts"
import { rowToHold } from "./visible-rows.ts"

/** Characters of a message that stand for it until it is drawn. */
const most = 1500

/** Whether what stands at a place is drawn: it is, once it came near, and what is in sight stays where it is. */
function useDrawn(place: RefObject<HTMLElement | null>): boolean {
  const [drawn, setDrawn] = useState(false)
  const [waits, setWaits] = useState(false)
  function draw() {
    const element = place.current
    if (!element || !isNear(element)) return setWaits(false)
    const scroller = element.closest<HTMLElement>("[data-transcript]")
    holdScroll((scroller && rowToHold(scroller)) ?? element, () => setDrawn(true))
  }
  useNear(
    place,
    () => {
      setWaits(true)
      enqueueRender(draw)
    },
    !drawn && !waits,
  )
  return drawn
}

/** The body of a large message: the beginning of its text, until it comes near. */
export function LaterMessageBody(props: ComponentProps<typeof MessageBody>) {
  const { message, place } = props
  const drawn = useDrawn(place)
  if (drawn) return <MessageBody {...props} />
  const { content, codeChanges } = message
  const changes = codeChangesOf(codeChanges).length
  return (
    <>
      <p dir="auto" className="whitespace-pre-wrap [overflow-wrap:anywhere]">
        {content.slice(0, most).trim()}
        {content.length > most && "…"}
      </p>
      {changes > 0 && <p className="text-sm text-soft">{countOf(changes, "change")} of code</p>}
    </>
  )
}

"use client"

import { useState } from "react"
import type { Section } from "./layout.ts"
import { steadyRows } from "./steady-rows.ts"

interface State<Row> {
  source: Section<Row>[]
  reset: string
  sections: Section<Row>[]
  /** The places of the rows of each section that was held. */
  orders: ReadonlyMap<string, string[]>
  heldBack: string[]
}

const asRead = <Row>(source: Section<Row>[], reset: string): State<Row> => ({
  ...{ source, reset, sections: source },
  ...{ orders: new Map(), heldBack: [] },
})

/**
 * Sections that keep their rows in place when they are read again while `isHeld` says so, until `reset` is another;
 * `heldBack` tells what would have come in between, and `showAll` lets it in.
 */
export function useSteady<Row>(
  sections: Section<Row>[],
  { reset, isHeld, keyOf }: { reset: string; isHeld: () => boolean; keyOf: (row: Row) => string },
) {
  const [state, setState] = useState(() => asRead(sections, reset))
  let shown = state
  if (state.source !== sections || state.reset !== reset) {
    shown = asRead(sections, reset)
    if (state.reset === reset && isHeld()) {
      const former = new Map(state.sections.map(({ id, rows }) => [id, state.orders.get(id) ?? rows?.map(keyOf)]))
      const held = sections.map((section) => {
        const order = former.get(section.id)
        return { section, steady: order && section.rows && steadyRows(order, section.rows, keyOf) }
      })
      shown.sections = held.map(({ section, steady }) => (steady ? { ...section, rows: steady.rows } : section))
      shown.orders = new Map(held.flatMap(({ section, steady }) => (steady ? [[section.id, steady.order]] : [])))
      shown.heldBack = held.flatMap(({ steady }) => steady?.heldBack ?? [])
    }
    setState(shown)
  }
  return {
    sections: shown.sections,
    heldBack: shown.heldBack,
    showAll: () => setState(asRead(sections, reset)),
  }
}

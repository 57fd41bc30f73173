import type { ReactElement, ReactNode } from "react"
import type { Drawn } from "./layout.ts"

/** The drawn rows of a section, and the room of the others: all beside each other, so that none is made anew as one scrolls. */
export function DrawnRows<Row>({
  drawn: { section, pieces },
  as: Room,
  draw,
}: {
  drawn: Drawn<Row>
  as: "li" | "tr"
  /** Draws a row, with its key; its place is counted from none. */
  draw: (row: Row, place: number) => ReactElement
}): ReactNode {
  return pieces.flatMap((piece, at): ReactElement[] =>
    "to" in piece
      ? (section.rows ?? []).slice(piece.from, piece.to).map((row, index) => draw(row, piece.from + index))
      : // biome-ignore lint/suspicious/noArrayIndexKey: room has no more than its place.
        [<Room key={`room ${at}`} aria-hidden="true" className="col-span-full block" style={{ height: piece.room }} />],
  )
}

"use client"

import { type ComponentProps, useMemo } from "react"
import { TextDiff } from "#shared/diff/text-diff.tsx"
import { type PartKind, partWords } from "#shared/song/part.ts"
import { Comparison } from "#shared/versions/comparison.tsx"
import { listPartChanges } from "#shared/versions/metadata-words.ts"
import { PartChanges } from "#shared/versions/part-changes.tsx"
import { countOf } from "#shared/words/count.ts"
import { OrderDiff } from "./order-diff.tsx"

/** A version of what has parts in an order and a text. */
export interface OrderedVersion {
  version: number
  name: string
  body: string
  metadata: Record<string, unknown>
  /** Ids in order. */
  parts: string[]
  /** What the parts are called; null where one is gone. */
  names: { id: string; name: string | null }[]
  at: string
}

type Side = Omit<ComponentProps<typeof Comparison>["before"], "shown"> & { shown: OrderedVersion | undefined }

type Rest = Pick<ComponentProps<typeof Comparison>, "versions" | "current" | "locked" | "onRestore" | "onClose">

function Differences({ before, after, kind }: { before: OrderedVersion; after: OrderedVersion; kind: PartKind }) {
  const names = useMemo(
    () => new Map([...before.names, ...after.names].map(({ id, name }) => [id, name])),
    [before.names, after.names],
  )
  const changes = listPartChanges(before, after)
  const sameOrder = before.parts.join(" ") === after.parts.join(" ")
  if (changes.length === 0 && sameOrder && before.body === after.body)
    return <p className="text-sm text-soft">Both say the same.</p>
  return (
    <>
      {changes.length > 0 && <PartChanges changes={changes} besides="text" />}
      <OrderDiff before={before.parts} after={after.parts} kind={kind} nameOf={(id) => names.get(id) ?? null} />
      <TextDiff before={before.body} after={after.body} />
    </>
  )
}

/** Two versions of a song or a playlist against each other; parts that are gone are left out of what is restored. */
export function OrderedComparison({
  before,
  after,
  kind,
  ...rest
}: Rest & { before: Side; after: Side; kind: PartKind }) {
  const { one, many } = partWords[kind]
  const missing = [before, after].flatMap(({ shown }) => {
    const gone = shown?.names.filter(({ name }) => name === null).map(({ id }) => id) ?? []
    return shown && gone.length > 0 ? [{ version: shown.version, gone }] : []
  })
  function without(version: number) {
    const found = missing.find((each) => each.version === version)
    return found && countOf(found.gone.length, one, many)
  }
  return (
    <Comparison before={before} after={after} without={without} {...rest}>
      {missing.map(({ version, gone }) => (
        <p key={version} className="text-sm text-soft [overflow-wrap:anywhere]">
          Version {version} has {countOf(gone.length, one, many)} that {gone.length === 1 ? "is" : "are"} no longer
          there: {gone.slice(0, 10).join(", ")}
          {gone.length > 10 && ` and ${gone.length - 10} more`}. Restored, its order goes without; its text comes back
          as it was.
        </p>
      ))}
      {before.shown && after.shown && <Differences before={before.shown} after={after.shown} kind={kind} />}
    </Comparison>
  )
}

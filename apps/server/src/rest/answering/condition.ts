import { ApiError } from "@strudel-agent/api/errors"
import type { Reason } from "@strudel-agent/contract/reason"
import type { FastifyReply, FastifyRequest } from "fastify"
import { z } from "zod"
import { type ExpectedState, isSameState, readTags, type Stateful, stateOf, type TagList, tagOf } from "./entity-tag.ts"

/** A change that was not made because of what the request demanded; `current` is the item as it is. */
export class PreconditionFailed extends ApiError {
  readonly current: Stateful

  constructor(reason: Reason, current: Stateful, message?: string) {
    super(reason, message)
    this.current = current
  }
}

const tagHeader = (words: string) => z.string().optional().describe(words)

/** What a request that reads an item may send. */
export const ReadHeaders = z.looseObject({
  "if-none-match": tagHeader("The ETag of an answer that is there: 304 where the item is still the same."),
})

/** What a request that changes or deletes an item should send. */
export const WriteHeaders = z.looseObject({
  "if-match": tagHeader(
    "The ETag of the state that the change was made on. Send it: without it, what somebody else changed meanwhile is " +
      "overwritten. 412 tells the present state where it is another.",
  ),
})

/** How the answer to a request that reads or changes an item is headed. */
export const tagHeaders = {
  etag: { type: "string", description: "Stands for this state of the item: If-Match takes it." },
}

/** Answers with an item and its tag. */
export function withTag<Item extends Stateful>(reply: FastifyReply, item: Item): Item {
  reply.header("etag", tagOf(item)).header("cache-control", "private, no-cache")
  return item
}

/** Answers with an item, or that the asker has it already. */
export function orNotModified<Item extends Stateful>(request: FastifyRequest, reply: FastifyReply, item: Item) {
  const known = readTags("if-none-match", request.headers["if-none-match"])
  withTag(reply, item)
  if (known === "any" || known?.some(({ tag }) => tag === tagOf(item))) return reply.code(304).send()
  return item
}

export interface ConditionalChange<Result> {
  /** The item as it is; rejects where it is not there. */
  read(): Promise<Stateful>
  /** Makes the change where the item is still in this state. */
  write(expected: ExpectedState): Promise<Result>
  /** What the write rejects with where it is not. */
  changed: Reason
}

/** Makes a change as far as `If-Match` and `If-None-Match` allow; rejects with `PreconditionFailed` where they do not. */
export async function changeIf<Result>(
  { headers }: FastifyRequest,
  change: ConditionalChange<Result>,
): Promise<Result> {
  const match = readTags("if-match", headers["if-match"])
  const noneMatch = readTags("if-none-match", headers["if-none-match"])
  const expected = await expectedState(change, { match, noneMatch })
  try {
    return await change.write(expected)
  } catch (error) {
    if (!(error instanceof ApiError) || error.reason !== change.changed) throw error
    throw new PreconditionFailed(change.changed, await change.read(), error.message)
  }
}

interface Conditions {
  match: TagList | undefined
  noneMatch: TagList | undefined
}

/** The one state in which a change may be made; rejects where it is not the present one. */
async function expectedState(
  { read, changed }: ConditionalChange<unknown>,
  { match, noneMatch }: Conditions,
): Promise<ExpectedState> {
  if (noneMatch === undefined) {
    if (match === undefined || match === "any") return {}
    const [only, more] = match
    const state = only && !more && !only.isWeak ? stateOf(only.tag) : undefined
    if (state) return state
  }
  const current = await read()
  const tag = tagOf(current)
  const fits =
    match === undefined || match === "any" || match.some((each) => !each.isWeak && isSameState(each.tag, tag))
  const isKnown = noneMatch === "any" || noneMatch?.some((each) => isSameState(each.tag, tag))
  if (!fits) throw new PreconditionFailed(changed, current, "It is in none of the states that If-Match names.")
  if (isKnown) throw new PreconditionFailed(changed, current, "It is in a state that If-None-Match names.")
  return stateOf(tag) ?? {}
}

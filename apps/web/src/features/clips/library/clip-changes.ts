"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import { useMemo } from "react"
import { api } from "#shared/api/trpc.ts"
import { type ClipCard, clipKey } from "#shared/clip/clip-list.ts"
import { inBatches, type Sent } from "#shared/collection/batches.ts"
import { createPatches, type Patch } from "#shared/collection/patches.ts"
import { showToast, toastError } from "#shared/ui/toast.tsx"
import { deleteLater } from "#shared/ui/undo.ts"
import { itemPath } from "#shared/url-state/item-link.ts"
import { moveDraft } from "#shared/versioned-draft/kept-draft.ts"
import { countOf } from "#shared/words/count.ts"
import { wordsOf } from "#shared/words/reasons.ts"
import { draftKey } from "../editing/clip-draft.ts"

/** The changes of clips that are shown before the server has answered. */
export const clipPatches = createPatches<ClipCard>(clipKey)

const asTheyAre: Patch<ClipCard> = (card) => card

type Failed = Outputs["clip"]["moveMany"]["failed"]

const inWords = (error: unknown): string => wordsOf(reasonOf(error) ?? "INTERNAL")

const keysOf = (cards: ClipCard[]) => cards.map(({ projectId, id }) => ({ projectId, id }))

function grouped<T, K>(rows: T[], keyOf: (row: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row])
  return groups
}

/** One name, or how many. */
export const clipsInWords = (cards: { name: string }[]): string =>
  cards.length === 1 ? `“${cards[0]?.name}”` : countOf(cards.length, "clip")

/** What stayed and why: "“Kick” stays: the song Sunset uses it." */
export function staysInWords(used: { name: string; songs: string[] }[]): string {
  const [only] = used
  if (!only) return ""
  if (used.length === 1) {
    return `“${only.name}” stays: the ${only.songs.length === 1 ? "song" : "songs"} ${only.songs.join(", ")} ${only.songs.length === 1 ? "uses" : "use"} it.`
  }
  const few = used.slice(0, 4).map(({ name, songs }) => `${name} (${songs.join(", ")})`)
  return `${used.length} clips stay, since songs use them: ${few.join("; ")}${used.length > few.length ? "; …" : "."}`
}

/** Why clips were left as they were, in words; undefined where none was. */
function failuresInWords(failed: Failed, cards: ClipCard[]): string | undefined {
  const nameOf = new Map(cards.map((card) => [clipKey(card), card.name]))
  const used = failed.flatMap(({ names, ...key }) =>
    names ? [{ name: nameOf.get(clipKey(key)) ?? key.id, songs: names }] : [],
  )
  const others = failed.filter(({ reason }) => reason !== "CLIP_IN_USE")
  const [first] = others
  const rest = first
    ? `${clipsInWords(others.map((key) => ({ name: nameOf.get(clipKey(key)) ?? key.id })))}: ${wordsOf(first.reason)}`
    : ""
  return [staysInWords(used), rest].filter(Boolean).join(" ") || undefined
}

/** What is unsaved of clips goes where they have moved. */
function carryDrafts(moved: Outputs["clip"]["moveMany"]["moved"]) {
  for (const { from, to } of moved) moveDraft(localStorage, draftKey(from), draftKey(to))
}

const withTags =
  (add: string[], remove: string[]): Patch<ClipCard> =>
  (card) => ({
    ...card,
    facts: { ...card.facts, tags: [...new Set([...card.facts.tags.filter((tag) => !remove.includes(tag)), ...add])] },
  })

/** What a library changes: at once in sight, and taken back with the reason where it was refused. */
export function useClipChanges(open: (href: ReturnType<typeof itemPath>) => void) {
  const utils = api.useUtils()
  return useMemo(() => {
    const { client } = utils
    const refresh = () => utils.clip.invalidate()
    /** What was done is read again, wherever it stands. */
    const settle = async ({ done }: { done: unknown[] }) => {
      if (done.length > 0) await refresh()
    }

    /** Says why cards are as they were where a call failed; `done` says how many are not. */
    const showRest = (what: string, { done, rest, error }: Pick<Sent<ClipCard, unknown>, "done" | "rest" | "error">) =>
      toastError(`${what}${done.length > 0 ? `: ${clipsInWords(rest)}` : ""}. ${inWords(error)}`)

    /** Shows cards as they will be while they are changed; tells what was refused, and answers those that are changed. */
    async function change(
      cards: ClipCard[],
      patch: Patch<ClipCard>,
      call: (part: ClipCard[]) => Promise<{ failed: Failed }>,
    ) {
      const sent = await clipPatches.change(cards, { patch, call, settle })
      const failed = sent.answers.flatMap((answer) => answer.failed)
      const failure = failuresInWords(failed, cards)
      if (failure) toastError(failure)
      if (sent.rest.length > 0) showRest("Not changed", sent)
      const refused = new Set(failed.map(clipKey))
      return sent.done.filter((card) => !refused.has(clipKey(card)))
    }

    const sendTags = (cards: ClipCard[], add: string[], remove: string[]) =>
      change(cards, withTags(add, remove), (part) => client.clip.tagMany.mutate({ keys: keysOf(part), add, remove }))

    const sendColor = (cards: ClipCard[], color: string | null) =>
      change(
        cards,
        (card) => ({ ...card, facts: { ...card.facts, color: color ?? undefined } }),
        (part) => client.clip.colorMany.mutate({ keys: keysOf(part), color }),
      )

    async function tag(cards: ClipCard[], add: string[], remove: string[]) {
      const changed = await sendTags(cards, add, remove)
      if (changed.length === 0) return
      const lacked = add.map((tag) => [tag, changed.filter(({ facts }) => !facts.tags.includes(tag))] as const)
      const had = remove.map((tag) => [tag, changed.filter(({ facts }) => facts.tags.includes(tag))] as const)
      const done = [
        add.length > 0 && `Tagged with ${add.join(", ")}`,
        remove.length > 0 && `Removed ${remove.join(", ")}`,
      ]
      showToast(`${done.filter(Boolean).join(". ")}: ${clipsInWords(changed)}.`, {
        name: "Undo",
        run: () => {
          for (const [tag, others] of lacked) if (others.length > 0) void sendTags(others, [], [tag])
          for (const [tag, others] of had) if (others.length > 0) void sendTags(others, [tag], [])
        },
      })
    }

    async function color(cards: ClipCard[], value: string | null) {
      const changed = await sendColor(cards, value)
      if (changed.length === 0) return
      const former = grouped(changed, ({ facts }) => facts.color ?? null)
      showToast(`${value === null ? "Took the colour off" : "Coloured"} ${clipsInWords(changed)}.`, {
        name: "Undo",
        run: () => {
          for (const [before, others] of former) void sendColor(others, before)
        },
      })
    }

    /**
     * Moves clips. Answers those whose ids the project has already, to be asked about, and those that were not sent,
     * with the error that kept them.
     */
    async function move(cards: ClipCard[], toProjectId: string, taken: "stay" | "rename" = "stay") {
      const { answers, rest, error } = await clipPatches.change(cards, {
        patch: asTheyAre,
        async call(part) {
          const answer = await client.clip.moveMany.mutate({ keys: keysOf(part), toProjectId, taken })
          carryDrafts(answer.moved)
          return answer
        },
        settle,
      })
      const moved = answers.flatMap((answer) => answer.moved)
      const failed = answers.flatMap((answer) => answer.failed)
      const conflicts = new Set(failed.filter(({ reason }) => reason === "CLIP_EXISTS").map(clipKey))
      const failure = failuresInWords(
        failed.filter(({ reason }) => reason !== "CLIP_EXISTS"),
        cards,
      )
      if (failure) toastError(failure)
      if (moved.length > 0) {
        showToast(`Moved ${countOf(moved.length, "clip")} to ${toProjectId}.`, {
          name: "Undo",
          run: () => void moveBack(moved),
        })
      }
      return { conflicts: cards.filter((card) => conflicts.has(clipKey(card))), rest, error }
    }

    async function moveBack(moved: Outputs["clip"]["moveMany"]["moved"]) {
      for (const [projectId, moves] of grouped(moved, ({ from }) => from.projectId)) {
        const { answers, rest, error } = await inBatches(moves, async (part) => {
          const answer = await client.clip.moveMany.mutate({ keys: part.map(({ to }) => to), toProjectId: projectId })
          carryDrafts(answer.moved)
          return answer
        })
        const failure = failuresInWords(
          answers.flatMap(({ failed }) => failed),
          [],
        )
        if (failure) toastError(failure)
        if (rest.length === 0) continue
        toastError(`Not moved back: ${countOf(rest.length, "clip")}. ${inWords(error)}`, {
          name: "Try again",
          run: () => void moveBack(rest),
        })
      }
      await refresh()
    }

    async function duplicate(card: ClipCard, toProjectId?: string) {
      try {
        const { projectId, id } = card
        const copy = await client.clip.duplicate.mutate({ key: { projectId, id }, toProjectId })
        const href = itemPath({ itemType: "clip", projectId: copy.projectId, itemId: copy.id })
        await refresh()
        showToast(`Duplicated as “${copy.name}” in ${copy.projectId}.`, { name: "Open", run: () => open(href) })
      } catch (error) {
        toastError(`Not duplicated. ${inWords(error)}`)
      }
    }

    /** Renames a clip; answers why not. */
    async function rename(card: ClipCard, name: string): Promise<string | undefined> {
      const { projectId, id } = card
      const { rest, error } = await clipPatches.change([card], {
        patch: (shown) => ({ ...shown, name }),
        call: () => client.clip.update.mutate({ projectId, id, name }),
        settle,
      })
      return rest.length > 0 ? `Not renamed. ${inWords(error)}` : undefined
    }

    /** Deletes clips that no song uses, with undo; says which stay. */
    function remove(cards: ClipCard[]) {
      const used = cards.filter(({ songs }) => songs.length > 0)
      if (used.length > 0) {
        toastError(staysInWords(used.map(({ name, songs }) => ({ name, songs: songs.map((song) => song.name) }))))
      }
      const free = cards.filter(({ songs }) => songs.length === 0)
      if (free.length === 0) return
      deleteLater({
        text: `Deleted ${clipsInWords(free)}.`,
        keys: free.map(clipKey),
        async commit() {
          const sent = await clipPatches.change(free, {
            patch: asTheyAre,
            call: (part) => client.clip.deleteMany.mutate({ keys: keysOf(part) }),
            settle,
          })
          const failed = sent.answers.flatMap((answer) => answer.failed)
          const failure = failuresInWords(
            failed.filter(({ reason }) => reason !== "CLIP_NOT_FOUND"),
            free,
          )
          if (failure) toastError(failure)
          if (sent.rest.length > 0) showRest("Not deleted", sent)
        },
      })
    }

    return { tag, color, move, duplicate, rename, remove }
  }, [utils, open])
}

export type ClipChanges = ReturnType<typeof useClipChanges>

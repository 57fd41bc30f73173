"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { fieldsOf, reasonOf } from "@strudel-agent/client/reason"
import { useEffect, useState, useSyncExternalStore } from "react"
import { api } from "#shared/api/trpc.ts"
import { showToast } from "#shared/ui/toast.tsx"
import { createDraft, type Saved } from "#shared/versioned-draft/draft-store.ts"
import { type Door, storeOver } from "#shared/versioned-draft/store-over.ts"
import {
  begin,
  type Content,
  changedParts,
  clipKind,
  contentOf,
  type Draft,
  type Editing,
  isBehind,
  isDirty,
  isSameContent,
  leaveMerging,
  type Merging,
  resume,
  type Stored,
  settle,
  settleMerging,
  type,
} from "./clip-editing.ts"
import { checkDraft, type Problems } from "./clip-problems.ts"

type Clip = Outputs["clip"]["byId"]

const storedOf = ({ name, code, metadata, version }: Stored): Stored => ({ name, code, metadata, version })

/** What would be stored of both sides, and the version that it was made on. */
export interface Resolution {
  content: Content
  on: Stored
}

/** The state of a clip that is being edited, and what can be done with it. */
export function useClipEditing(clip: Clip) {
  const { projectId, id } = clip
  const utils = api.useUtils()
  const [store] = useState(() => createDraft(clipKind, begin(storedOf(clip))))
  const editing = useSyncExternalStore(store.subscribe, store.state, store.state)
  const [problems, setProblems] = useState<Problems>({})

  useEffect(() => {
    const isOther = store.meet(storedOf(clip))
    const { base, phase } = store.state()
    if (phase.kind !== "saving" && isOther) {
      showToast(`Version ${base.version} was stored elsewhere. You see it.`)
    }
  }, [clip, store])

  /** Shows what this page stored or read, wherever else it is shown. */
  function show(row: Outputs["clip"]["update"]): Stored {
    utils.clip.byId.setData({ projectId, id }, (old) => (old && old.version <= row.version ? { ...old, ...row } : old))
    void utils.clip.history.invalidate({ projectId, id })
    // What is not on the page is read again when it is next.
    for (const router of [utils.clip, utils.song]) void router.invalidate(undefined, { refetchType: "none" })
    return storedOf(row)
  }

  const door: Door<Stored, Content> = {
    async save(content, on) {
      const change = { projectId, id, ...changedParts(on, content), expectedVersion: on.version }
      return show(await utils.client.clip.update.mutate(change))
    },
    load: async () => show(await utils.client.clip.byId.query({ projectId, id })),
    valueOf: (stored) => stored,
    // A text that is the own one came from a save whose answer was lost.
    merge: ({ mine, theirs }) => (isSameContent(mine, theirs) ? { value: theirs } : undefined),
  }

  /** Stores a content over a version; with that left out, looks at what was stored meanwhile. */
  async function put(content: Content, on?: Stored, settled = settle): Promise<Saved> {
    if (store.state().phase.kind === "saving") return "failed"
    if (on && isSameContent(content, on)) {
      store.change({ ...settled(store.state(), on), phase: { kind: "rest" } })
      return "saved"
    }
    const found = on ? checkDraft(store.state()) : {}
    setProblems(found)
    if (Object.keys(found).length > 0) {
      store.refuse("Not saved: mend what is marked first.")
      return "failed"
    }
    const outcome = await store.write(() => storeOver(door, { base: content, mine: content, on }), settled)
    const { phase } = store.state()
    if (phase.kind === "failed") {
      const { name, code, metadata } = fieldsOf(phase.error)
      setProblems({ ...(name ? { name } : {}), ...(code ? { code } : {}), ...(metadata ? { metadata } : {}) })
      if (reasonOf(phase.error) === "BAD_INPUT") store.refuse("Not saved: the server refused what is marked.")
    }
    return outcome
  }

  /** Stores a content over the version that the draft began from, unless the clip was changed elsewhere. */
  const putOnBase = (content: Content) => put(content, isBehind(store.state()) ? undefined : store.state().base)

  return {
    projectId,
    id,
    editing,
    dirty: isDirty(editing),
    behind: isBehind(editing),
    phase: editing.phase,
    problems,
    /** Types something. */
    edit(part: Partial<Draft>) {
      store.edit(type(store.state().draft, part))
      setProblems({})
    },
    /** Stores everything; "conflict" before anything is sent where the clip was changed elsewhere. */
    save: () => putOnBase(contentOf(store.state())),
    /** Stores a name and nothing else that was typed. */
    saveName(name: string) {
      const { base, draft } = store.state()
      store.change({ draft: { ...draft, name } })
      return putOnBase({ ...base, name: name.trim() })
    },
    /** Merges what is unsaved with what was stored meanwhile. */
    merge(merging: Merging) {
      const state = store.state()
      if (isBehind(state)) store.change({ draft: { ...state.draft, merging } })
    },
    /** Goes back to typing, with what was merged by hand. */
    leave(content: Content) {
      store.change({ draft: leaveMerging(store.state().draft, content) })
    },
    /** Stores a merge on top of the version that it was made on; "conflict" where that is the newest no more. */
    async resolve({ content, on }: Resolution): Promise<Saved> {
      return on.version === store.state().newest.version ? put(content, on, settleMerging) : "conflict"
    },
    /** Goes back to the newest version; answers what brings back what was typed, unless something was typed since. */
    discard(): () => boolean {
      setProblems({})
      return store.discard()
    },
    /** Goes on with what was typed before. */
    goOn(kept: Pick<Editing, "base" | "draft">) {
      store.change(resume(kept, store.state().newest))
    },
    /** Shows a version that was stored by another way, such as a restored one. */
    show(row: Outputs["clip"]["update"]) {
      store.meet(show(row))
    },
  }
}

export type ClipEditing = ReturnType<typeof useClipEditing>

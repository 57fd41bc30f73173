"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { fieldsOf, reasonOf } from "@strudel-agent/client/reason"
import { useCallback, useEffect, useRef, useState } from "react"
import { api } from "#shared/api/trpc.ts"
import { say } from "#shared/ui/toast.tsx"
import { isPassing } from "#shared/versioned-draft/use-save-again.ts"
import { wordsOf } from "#shared/words/reasons.ts"
import {
  begin,
  type Content,
  changedParts,
  contentOf,
  type Draft,
  type Editing,
  isBehind,
  isDirty,
  isSameContent,
  leaveMerging,
  type Merging,
  meet,
  resume,
  type Stored,
  settle,
  settleMerging,
  type,
} from "./clip-editing.ts"
import { checkDraft, type Problems } from "./clip-problems.ts"

type Clip = Outputs["clip"]["byId"]

/** How the last save went. */
export type Phase =
  | { kind: "rest" }
  | { kind: "saving" }
  /** What was filled in is not right. */
  | { kind: "refused"; text: string }
  /** It did not reach the database; `again` where it is tried again without being asked. */
  | { kind: "failed"; text: string; again: boolean }

const rest: Phase = { kind: "rest" }

const storedOf = ({ name, code, metadata, version }: Stored): Stored => ({ name, code, metadata, version })

/** What became of a save: "conflict" where the clip was changed elsewhere meanwhile. */
export type Outcome = "saved" | "conflict" | "failed"

/** What would be stored of both sides, and the version that it was made on. */
export interface Resolution {
  content: Content
  on: Stored
}

/** The state of a clip that is being edited, and what can be done with it. */
export function useClipEditing(clip: Clip) {
  const { projectId, id } = clip
  const utils = api.useUtils()
  const [editing, setEditing] = useState(() => begin(storedOf(clip)))
  const [phase, setPhase] = useState<Phase>(rest)
  const [problems, setProblems] = useState<Problems>({})
  const latest = useRef(editing)
  const saving = useRef(false)

  const change = useCallback((next: (editing: Editing) => Editing) => {
    latest.current = next(latest.current)
    setEditing(latest.current)
  }, [])

  useEffect(() => {
    const before = latest.current
    change((each) => meet(each, storedOf(clip)))
    const taken = latest.current.base.version
    if (!saving.current && taken > before.base.version) say(`Version ${taken} was stored elsewhere. You see it.`)
  }, [clip, change])

  /** Shows what this page stored, wherever it is shown. */
  function show(row: Outputs["clip"]["update"]) {
    change((each) => meet(each, storedOf(row)))
    utils.clip.byId.setData({ projectId, id }, (old) => (old && old.version <= row.version ? { ...old, ...row } : old))
    void utils.clip.history.invalidate({ projectId, id })
    // What is not on the page is read again when it is next.
    for (const router of [utils.clip, utils.song]) void router.invalidate(undefined, { refetchType: "none" })
  }

  /** Stores parts on top of a version; `take` says what the clip is then. */
  async function send(part: Partial<Content>, expectedVersion: number, take: typeof settle): Promise<Outcome> {
    if (Object.keys(part).length === 0) {
      setPhase(rest)
      return "saved"
    }
    saving.current = true
    setPhase({ kind: "saving" })
    try {
      const row = await utils.client.clip.update.mutate({ projectId, id, ...part, expectedVersion })
      change((each) => take(each, storedOf(row)))
      show(row)
      setPhase(rest)
      return "saved"
    } catch (error) {
      const reason = reasonOf(error) ?? "INTERNAL"
      if (reason === "CLIP_CHANGED") return await meetNewest()
      const { name, code, metadata } = fieldsOf(error)
      setProblems({ ...(name ? { name } : {}), ...(code ? { code } : {}), ...(metadata ? { metadata } : {}) })
      setPhase(
        reason === "BAD_INPUT"
          ? { kind: "refused", text: "Not saved: the server refused what is marked." }
          : { kind: "failed", text: wordsOf(reason), again: isPassing(reason) },
      )
      return "failed"
    } finally {
      saving.current = false
    }
  }

  /** Reads what was stored meanwhile: a text that is the own one came from a save whose answer was lost. */
  async function meetNewest(): Promise<Outcome> {
    try {
      const row = await utils.client.clip.byId.query({ projectId, id })
      change((each) => meet(each, storedOf(row)))
      show(row)
      setPhase(rest)
      return isBehind(latest.current) ? "conflict" : "saved"
    } catch (error) {
      setPhase({ kind: "failed", text: wordsOf(reasonOf(error) ?? "INTERNAL"), again: true })
      return "failed"
    }
  }

  async function store(toContent: (editing: Editing) => Content, on: Stored, take = settle): Promise<Outcome> {
    if (saving.current) return "failed"
    const found = checkDraft(latest.current)
    setProblems(found)
    if (Object.keys(found).length > 0) {
      setPhase({ kind: "refused", text: "Not saved: mend what is marked first." })
      return "failed"
    }
    return send(changedParts(on, toContent(latest.current)), on.version, take)
  }

  return {
    editing,
    dirty: isDirty(editing),
    behind: isBehind(editing),
    phase,
    problems,
    /** Types something. */
    edit(part: Partial<Draft>) {
      change((each) => type(each, part))
      setProblems({})
      setPhase((now) => (now.kind === "refused" ? rest : now))
    },
    /** Stores everything; "conflict" before anything is sent where the clip was changed elsewhere. */
    async save(): Promise<Outcome> {
      if (isBehind(latest.current)) return meetNewest()
      return store(contentOf, latest.current.base)
    },
    /** Stores a name and nothing else that was typed. */
    async saveName(name: string): Promise<Outcome> {
      change((each) => ({ ...each, draft: { ...each.draft, name } }))
      if (isBehind(latest.current)) return meetNewest()
      return store(({ base }) => ({ ...base, name: name.trim() }), latest.current.base)
    },
    /** Merges what is unsaved with what was stored meanwhile. */
    merge(merging: Merging) {
      change((each) => (isBehind(each) ? { ...each, merging } : each))
    },
    /** Goes back to typing, with what was merged by hand. */
    leave(content: Content) {
      change((each) => leaveMerging(each, content))
    },
    /** Stores a merge on top of the version that it was made on; "conflict" where that is the newest no more. */
    async resolve({ content, on }: Resolution): Promise<Outcome> {
      if (on.version !== latest.current.newest.version) return "conflict"
      if (isSameContent(content, on)) {
        change((each) => settleMerging(each, on))
        return "saved"
      }
      const outcome = await store(() => content, on, settleMerging)
      // An earlier try may have arrived whose answer did not.
      const { newest } = latest.current
      if (outcome !== "conflict" || !isSameContent(content, newest)) return outcome
      change((each) => settleMerging(each, newest))
      return "saved"
    },
    /** Goes back to the newest version; answers what brings back what was typed, unless something was typed since. */
    discard(): () => boolean {
      const before = latest.current
      change(({ newest }) => begin(newest))
      setProblems({})
      setPhase(rest)
      return () => {
        if (isDirty(latest.current)) return false
        change(({ newest }) => ({ ...before, newest }))
        return true
      }
    },
    /** Goes on with what was typed before. */
    goOn(kept: Omit<Editing, "newest">) {
      change(({ newest }) => resume(kept, newest))
    },
    show,
  }
}

export type ClipEditing = ReturnType<typeof useClipEditing>

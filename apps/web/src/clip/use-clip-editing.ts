"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { fieldsOf, reasonOf } from "@strudel-agent/client/reason"
import { useCallback, useEffect, useRef, useState } from "react"
import { api } from "../api/trpc.ts"
import { say } from "../ui/toast.tsx"
import { words } from "../words/reasons.ts"
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
  meet,
  type Stored,
  settle,
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
const passing = new Set<unknown>(["UNREACHABLE", "DATABASE_AWAY", "DATABASE_TIMEOUT"])

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

  async function send(part: Partial<Content>, expectedVersion: number): Promise<Outcome> {
    if (Object.keys(part).length === 0) {
      setPhase(rest)
      return "saved"
    }
    saving.current = true
    setPhase({ kind: "saving" })
    try {
      const row = await utils.client.clip.update.mutate({ projectId, id, ...part, expectedVersion })
      change((each) => settle(each, storedOf(row)))
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
          : { kind: "failed", text: words[reason], again: passing.has(reason) },
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
      setPhase({ kind: "failed", text: words[reasonOf(error) ?? "INTERNAL"], again: true })
      return "failed"
    }
  }

  async function store(toContent: (editing: Editing) => Content, on: Stored): Promise<Outcome> {
    if (saving.current) return "failed"
    const found = checkDraft(latest.current)
    setProblems(found)
    if (Object.keys(found).length > 0) {
      setPhase({ kind: "refused", text: "Not saved: mend what is marked first." })
      return "failed"
    }
    return send(changedParts(on, toContent(latest.current)), on.version)
  }

  return {
    editing,
    dirty: isDirty(editing),
    behind: isBehind(editing) && phase.kind !== "saving",
    phase,
    problems,
    /** Types something. */
    edit(part: Partial<Draft>) {
      change((each) => ({ ...each, draft: { ...each.draft, ...part } }))
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
    /** Stores a merge on top of the version that it was made on; "conflict" where that is the newest no more. */
    async resolve({ content, on }: Resolution): Promise<Outcome> {
      if (on.version !== latest.current.newest.version) return "conflict"
      if (isSameContent(content, on)) {
        change(() => begin(on))
        return "saved"
      }
      const outcome = await store(() => content, on)
      if (outcome === "saved") change((each) => begin(each.newest))
      return outcome
    },
    /** Goes back to the newest version; answers what brings back what was typed. */
    discard(): () => void {
      const before = latest.current
      change(({ newest }) => begin(newest))
      setProblems({})
      setPhase(rest)
      return () => change(({ newest }) => ({ ...before, newest }))
    },
    /** Goes on with what was typed before. */
    goOn({ base, draft }: Pick<Editing, "base" | "draft">) {
      change(({ newest }) => meet({ base, newest: base, draft }, newest))
    },
    show,
  }
}

export type ClipEditing = ReturnType<typeof useClipEditing>

"use client"

import { fieldsOf, reasonOf } from "@strudel-agent/client/reason"
import { limits } from "@strudel-agent/contract/limits"
import type { AnsweredBy } from "@strudel-agent/contract/session"
import { useId, useState } from "react"
import { canAnswer, useAgentStatus } from "#shared/agent-status/use-agent-status.ts"
import { api } from "#shared/api/trpc.ts"
import { makeClientId } from "#shared/browser/client-id.ts"
import { useOpenCreated } from "#shared/items/open-created.ts"
import { useProjectChoices } from "#shared/items/project-choices.ts"
import { sendFirst } from "#shared/transcript/first-message.ts"
import { Button } from "#shared/ui/button.tsx"
import { Dialog, DialogActions } from "#shared/ui/dialog.tsx"
import { Field, Select } from "#shared/ui/field.tsx"
import { toastError } from "#shared/ui/toast.tsx"
import { answererChoices } from "#shared/words/answerers.ts"
import { wordsOf } from "#shared/words/reasons.ts"
import { useSessionFacets } from "../filter/session-filters.tsx"
import { startingPoints } from "./starting-points.ts"

/** Starts a session by hand, for notes or for an agent that is told of it, and goes there. */
export function SessionNewDialog({ projectId = "", onClose }: { projectId?: string; onClose: () => void }) {
  const id = useId()
  const openCreated = useOpenCreated(onClose)
  const utils = api.useUtils()
  // The same for every try, so that one whose answer is lost makes no second session.
  const [newId] = useState(makeClientId)
  const [messageId] = useState(makeClientId)
  const [draft, setDraft] = useState({ name: "", projectId, agentName: "strudel" })
  const [asked, setAsked] = useState<AnsweredBy>()
  const status = useAgentStatus()
  const [start, setStart] = useState("")
  const chosen = startingPoints.find(({ id }) => id === start)
  const answeredBy = asked ?? (chosen || canAnswer(status) ? "strudel" : "external")
  const projects = useProjectChoices().filter(({ value }) => value)
  const facets = useSessionFacets()
  const say = api.message.append.useMutation({ networkMode: "always" })
  const create = api.session.create.useMutation({
    networkMode: "always",
    onSuccess: ({ displayName }) => open(displayName),
  })
  async function open(name: string) {
    const content = chosen?.words(draft.projectId)
    if (content) {
      const problem = await sendFirst(say.mutateAsync, newId, { clientId: messageId, content })
      if (problem) toastError(problem)
    }
    void utils.session.list.invalidate()
    openCreated(name, `/sessions/${newId}`)
  }
  const fields = fieldsOf(create.error)
  const reason = create.error && (reasonOf(create.error) ?? "INTERNAL")
  const isThere = reason === "SESSION_EXISTS"

  return (
    <Dialog
      title="New session"
      note="Ask for something, write notes, or give its id to an agent. Agents start sessions by themselves, too."
      onClose={onClose}
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          const name = draft.name.trim() || null
          if (!create.isPending)
            create.mutate({ ...draft, answeredBy, id: newId, name, projectId: draft.projectId || null })
        }}
      >
        <Field
          label="Name"
          autoFocus
          value={draft.name}
          maxLength={limits.name}
          placeholder="Late night, slower"
          problem={fields.name}
          onChange={(event) => setDraft({ ...draft, name: event.target.value })}
        />
        <Select
          label="Project"
          value={draft.projectId}
          problem={fields.projectId}
          onChange={(event) => setDraft({ ...draft, projectId: event.target.value })}
        >
          <option value="">None</option>
          {projectId !== "" && !projects.some(({ value }) => value === projectId) && (
            <option value={projectId}>{projectId}</option>
          )}
          {projects.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
        <Select
          label="Who answers"
          value={answeredBy}
          onChange={({ target }) =>
            setAsked(answererChoices.find(({ value }) => value === target.value)?.value ?? answeredBy)
          }
        >
          {answererChoices.map(({ value, name }) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </Select>
        <Select label="Begin with" value={start} onChange={(event) => setStart(event.target.value)}>
          <option value="">An empty page</option>
          {startingPoints.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </Select>
        {chosen && <p className="-mt-2 text-sm text-soft">“{chosen.words(draft.projectId)}”</p>}
        <Field
          label="Agent"
          value={draft.agentName}
          maxLength={limits.agentName}
          required
          list={`${id}-agents`}
          problem={fields.agentName}
          onChange={(event) => setDraft({ ...draft, agentName: event.target.value })}
        />
        <datalist id={`${id}-agents`}>
          {facets?.agents.map(({ agentName }) => (
            <option key={agentName} value={agentName} />
          ))}
        </datalist>
        {reason && !isThere && Object.keys(fields).length === 0 && (
          <p role="alert" className="text-sm text-danger">
            {wordsOf(reason)}
          </p>
        )}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          {isThere ? (
            <Button onClick={() => open(draft.name.trim() || "The session")}>It is there already: open it</Button>
          ) : (
            <Button type="submit" busy={create.isPending || say.isPending} className="border-accent">
              Start
            </Button>
          )}
        </DialogActions>
      </form>
    </Dialog>
  )
}

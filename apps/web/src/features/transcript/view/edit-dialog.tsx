"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import { limits } from "@strudel-agent/contract/limits"
import { type FormEvent, useState } from "react"
import { api } from "#shared/api/trpc.ts"
import { makeClientId } from "#shared/browser/client-id.ts"
import { useOpenCreated } from "#shared/items/open-created.ts"
import { keepDraft } from "#shared/transcript/message-draft.ts"
import type { TranscriptMessage } from "#shared/transcript/transcript-message.ts"
import { Button } from "#shared/ui/button.tsx"
import { Dialog, DialogActions } from "#shared/ui/dialog.tsx"
import { wordsOf } from "#shared/words/reasons.ts"

type Session = Outputs["session"]["byId"]

const onceMore = " (once more)"

/** Makes the session anew as it was before a message: a fork, and of nothing a session about the same. */
function useSessionBefore({ messageIndex }: TranscriptMessage, session: Session) {
  const { client } = api.useUtils()
  return (newId: string) => {
    if (messageIndex > 0) return client.session.fork.mutate({ id: session.id, messageIndex: messageIndex - 1, newId })
    const { agentName, modelName, provider, projectId, itemType, itemId, answeredBy, changeMode, displayName } = session
    return client.session.create.mutate({
      ...{ agentName, modelName, provider, projectId, itemType, itemId, answeredBy, changeMode },
      id: newId,
      name: displayName.slice(0, limits.name - onceMore.length).toWellFormed() + onceMore,
    })
  }
}

/** Has a message written anew in a session of its own, which begins with what was said before it. */
export function EditDialog({
  session,
  message,
  onClose,
}: {
  session: Session
  message: TranscriptMessage
  onClose: () => void
}) {
  const openCreated = useOpenCreated(onClose)
  const makeBefore = useSessionBefore(message, session)
  const { session: sessions } = api.useUtils()
  const [text, setText] = useState(message.content)
  const [newId] = useState(makeClientId)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (!keepDraft(newId, text, message.context))
      return setProblem("This browser has no room to keep your text, so nothing is opened. Make room, or copy it.")
    setBusy(true)
    setProblem(undefined)
    try {
      const name = await makeBefore(newId).then(
        ({ displayName }) => displayName,
        (error: unknown) => {
          // An earlier try made it, and its answer was lost.
          if (reasonOf(error) === "SESSION_EXISTS") return session.displayName
          throw error
        },
      )
      void sessions.list.invalidate()
      openCreated(name, `/sessions/${newId}`)
    } catch (error) {
      setProblem(wordsOf(reasonOf(error) ?? "INTERNAL"))
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={`Edit message ${message.messageIndex} and send it again`}
      note="A session of its own begins with what was said before it, with your text ready to send. This one stays as it is."
      onClose={onClose}
    >
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <textarea
          dir="auto"
          autoFocus
          rows={6}
          value={text}
          aria-label="The message"
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          className="max-h-[40dvh] min-h-24 w-full resize-y rounded-md border border-line bg-panel px-3 py-2 text-[0.9375rem] hover:border-edge"
        />
        {problem && (
          <p role="alert" className="text-sm text-danger">
            {problem}
          </p>
        )}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" busy={busy} disabled={busy || text.trim() === ""} className="border-accent text-accent">
            Open the fork
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import { limits } from "@strudel-agent/contract/limits"
import { useRouter } from "next/navigation"
import { useState } from "react"
import { api } from "#shared/api/trpc.ts"
import { makeClientId } from "#shared/browser/client-id.ts"
import { useOpenCreated } from "#shared/items/open-created.ts"
import { Button } from "#shared/ui/button.tsx"
import { Dialog, DialogActions } from "#shared/ui/dialog.tsx"
import { Field } from "#shared/ui/field.tsx"
import { countOf } from "#shared/words/count.ts"
import { wordsOf } from "#shared/words/reasons.ts"

/** Makes a session of the messages up to one of them, and leads there. */
export function ForkDialog({
  session,
  index,
  onClose,
}: {
  session: Outputs["session"]["byId"]
  index: number
  onClose: () => void
}) {
  const router = useRouter()
  const openCreated = useOpenCreated(onClose)
  const utils = api.useUtils()
  const [name, setName] = useState("")
  const [newId] = useState(makeClientId)
  const fork = api.session.fork.useMutation({
    networkMode: "always",
    onSuccess: ({ id, displayName: name }) => {
      void utils.session.list.invalidate()
      openCreated(name, `/sessions/${id}`)
    },
  })
  const reason = reasonOf(fork.error)
  return (
    <Dialog
      title={`Fork at message ${index}`}
      note={`A session of its own begins with the ${countOf(index + 1, "message")} up to there. This one stays as it is.`}
      onClose={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          fork.mutate({ id: session.id, messageIndex: index, newId, ...(name.trim() ? { name: name.trim() } : {}) })
        }}
      >
        <Field
          label="Name"
          value={name}
          maxLength={limits.name}
          placeholder={`${session.displayName} (from message ${index})`}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          problem={reason && reason !== "SESSION_EXISTS" ? wordsOf(reason) : undefined}
        />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          {reason === "SESSION_EXISTS" ? (
            <Button onClick={() => router.push(`/sessions/${newId}`)}>It is there already: open it</Button>
          ) : (
            <Button type="submit" busy={fork.isPending} disabled={fork.isPending} className="border-accent text-accent">
              Fork
            </Button>
          )}
        </DialogActions>
      </form>
    </Dialog>
  )
}

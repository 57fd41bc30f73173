"use client"

import { reasonOf } from "@strudel-agent/client/reason"
import { CornerDownLeftIcon } from "lucide-react"
import { type FormEvent, useState } from "react"
import { canAnswer, useAgentStatus } from "#shared/agent-status/use-agent-status.ts"
import { api } from "#shared/api/trpc.ts"
import { makeClientId } from "#shared/browser/client-id.ts"
import { Example } from "#shared/first-steps/example.tsx"
import { mcpCommand } from "#shared/first-steps/examples.ts"
import { useOwnAddress } from "#shared/first-steps/own-address.ts"
import { useOpenCreated } from "#shared/items/open-created.ts"
import { Button } from "#shared/ui/button.tsx"
import { TextArea } from "#shared/ui/field.tsx"
import { Link } from "#shared/ui/link.tsx"
import { toastError } from "#shared/ui/toast.tsx"
import { wordsOf } from "#shared/words/reasons.ts"
import { begin } from "./begin.ts"

const wish =
  "Make a beat to dance to at 124 bpm: a kick on every beat, an open hat between them, a clap on two and four."

/** Says who answers what is sent, or what there is to do so that somebody does. */
function WhoAnswers() {
  const status = useAgentStatus()
  const address = useOwnAddress()
  if (!status) return <p className="min-h-6 text-sm text-soft">Looking for a model…</p>
  if (canAnswer(status)) {
    return (
      <p className="min-h-6 text-sm text-soft">
        <span className="font-mono text-xs text-ink">{status.model}</span> answers.{" "}
        <Link href="/settings" className="text-accent underline underline-offset-4">
          Choose another model
        </Link>
      </p>
    )
  }
  return (
    <div className="flex flex-col gap-4 border-t border-line pt-4">
      <p className="text-sm">
        <strong className="font-semibold">There is no model to ask yet.</strong>{" "}
        {status.provider !== null && status.problem} What you send waits until there is one, in either of two ways:
      </p>
      <div className="grid gap-5 md:grid-cols-2">
        <div className="flex min-w-0 flex-col items-start gap-2">
          <h3 className="text-sm font-semibold">With a key</h3>
          <p className="text-sm text-soft">
            Give the key of OpenRouter, OpenAI, Anthropic or Google, or the address of a model on your own machine.
          </p>
          <Link
            href="/settings"
            className="inline-flex min-h-9 items-center rounded-md border border-accent px-3.5 text-sm font-medium text-accent"
          >
            Set up a model
          </Link>
        </div>
        <div className="flex min-w-0 flex-col gap-2">
          <h3 className="text-sm font-semibold">With an assistant that you have</h3>
          <p className="text-sm text-soft">Claude Code and every other one that speaks MCP makes music here.</p>
          <Example label="In Claude Code" what="the command that connects Claude Code" text={mcpCommand(address)} />
        </div>
      </div>
    </div>
  )
}

/** Begins a session with a request. */
export function AskForm() {
  const { client, session: sessions } = api.useUtils()
  const openCreated = useOpenCreated(() => {})
  const [text, setText] = useState(wish)
  // The same for every try, so that one whose answer is lost makes no second session.
  const [ids] = useState(() => ({ session: makeClientId(), message: makeClientId() }))
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  const content = text.trim()

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (busy || content === "") return
    setBusy(true)
    setProblem(undefined)
    try {
      const { displayName, problem } = await begin(client, ids, content)
      if (problem) toastError(problem)
      void sessions.list.invalidate()
      openCreated(displayName, `/sessions/${ids.session}`)
    } catch (error) {
      setProblem(wordsOf(reasonOf(error) ?? "INTERNAL"))
      setBusy(false)
    }
  }

  return (
    <form
      aria-label="Ask for something"
      onSubmit={(event) => void submit(event)}
      className="flex flex-col gap-4 rounded-card border border-line bg-panel p-4 md:p-5"
    >
      <TextArea
        label="Say what you want to hear"
        value={text}
        problem={problem}
        onChange={({ target }) => setText(target.value)}
        className="text-base"
      />
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" busy={busy} aria-disabled={content === ""} className="border-accent! text-accent!">
          {!busy && <CornerDownLeftIcon aria-hidden="true" />}
          Send
        </Button>
        <span className="text-sm text-soft">You read the answer as it is written, and hear what comes of it.</span>
      </div>
      <WhoAnswers />
    </form>
  )
}

"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import { limits } from "@strudel-agent/contract/limits"
import { CornerDownLeftIcon, SquareIcon } from "lucide-react"
import { type KeyboardEvent, type RefObject, useLayoutEffect } from "react"
import { api } from "#shared/api/trpc.ts"
import { useChord } from "#shared/keyboard/apple.ts"
import { useShownPanel } from "#shared/player/panel-state.ts"
import { aboutOf } from "#shared/transcript/message-context.ts"
import type { Written, WrittenRole } from "#shared/transcript/outbox-store.ts"
import { Button } from "#shared/ui/button.tsx"
import { wordsOf } from "#shared/words/reasons.ts"
import { useRuns, useRunsState } from "../run/runs-context.ts"
import { useIsAtWork } from "../run/use-stop-key.ts"
import { Answerer } from "./answerer.tsx"
import { useDraft } from "./composer-draft.ts"
import { Listening } from "./listening.tsx"
import { NoModel } from "./no-model.tsx"

const roleNames: Record<WrittenRole, string> = { user: "Message", note: "Note" }
const roles = ["user", "note"] as const

const frame = "border-t border-line bg-canvas px-4 py-2.5 md:px-8"

function Terminated({ session }: { session: Outputs["session"]["byId"] }) {
  const utils = api.useUtils()
  const activate = api.session.setStatus.useMutation({
    networkMode: "always",
    onSuccess: (session) => utils.session.byId.setData({ id: session.id }, session),
  })
  const reason = reasonOf(activate.error)
  return (
    <div className={frame}>
      <div className="mx-auto flex w-full max-w-3xl flex-wrap items-center gap-3 text-sm text-soft">
        <p className="min-w-0 flex-1" role={reason ? "alert" : undefined}>
          {reason ? wordsOf(reason) : "This session is terminated: it takes no more messages."}
        </p>
        <Button busy={activate.isPending} onClick={() => activate.mutate({ id: session.id, status: "active" })}>
          Open it again
        </Button>
      </div>
    </div>
  )
}

/** Whether a message waits for this installation's agent. */
export const isAsked = ({ answeredBy, askedCount, takenCount }: Outputs["session"]["byId"]): boolean =>
  answeredBy === "strudel" && askedCount > takenCount

/** Where a person adds a message or a note to a session. */
export function Composer({
  session,
  field,
  onSend,
}: {
  session: Outputs["session"]["byId"]
  field: RefObject<HTMLTextAreaElement | null>
  onSend: (written: Written) => void
}) {
  const { text, setText, role, setRole, context } = useDraft(session.id)
  const chord = useChord("Enter")
  const runs = useRuns()
  const isAtWork = useIsAtWork()
  const isStopping = useRunsState(({ stopping }) => stopping)
  const hasPanel = useShownPanel() !== undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text.
  useLayoutEffect(() => {
    const element = field.current
    if (!element) return
    element.style.height = "auto"
    element.style.height = `${element.scrollHeight + 2}px`
  }, [field, text])
  if (session.status === "terminated") return <Terminated session={session} />

  const length = text.length * 3 > limits.contentBytes ? new TextEncoder().encode(text).length : 0
  const tooLong = length > limits.contentBytes
  const empty = text.trim() === ""
  const about = context && aboutOf(context)
  function send() {
    if (empty || tooLong) return
    onSend({ role, content: text, context })
    setText("")
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
      event.preventDefault()
      send()
    } else if (event.key === "Escape" && !event.nativeEvent.isComposing) {
      // It closes a panel that is open, and leaves a text that is being typed.
      if (hasPanel || event.repeat) return
      if (isAtWork && text === "") runs?.stop()
      else field.current?.blur()
    }
  }
  return (
    <form
      aria-label="Write to this session"
      className={frame}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <div className="mx-auto flex w-full max-w-3xl flex-col gap-2">
        <textarea
          dir="auto"
          ref={field}
          rows={1}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={onKeyDown}
          aria-label={role === "note" ? "A note" : "A message"}
          placeholder={role === "note" ? "Write a note…" : "Write a message…"}
          aria-invalid={tooLong}
          className="max-h-[40dvh] min-h-10 w-full resize-none rounded-md border border-line bg-panel px-3 py-2 text-[0.9375rem] placeholder:text-faint hover:border-edge"
        />
        {session.answeredBy === "strudel" && <NoModel sessionId={session.id} />}
        <div className="flex flex-wrap items-center gap-2 text-xs text-soft">
          <fieldset className="flex rounded-md border border-line p-0.5">
            <legend className="sr-only">What it is</legend>
            {roles.map((each) => (
              <label
                key={each}
                className="cursor-pointer rounded px-2.5 py-1 has-checked:bg-wash has-checked:text-accent has-focus-visible:outline-2 has-focus-visible:outline-accent"
              >
                <input
                  type="radio"
                  name="role"
                  value={each}
                  checked={role === each}
                  onChange={() => setRole(each)}
                  className="sr-only"
                />
                {roleNames[each]}
              </label>
            ))}
          </fieldset>
          <span
            className={`min-w-0 flex-1 truncate ${tooLong ? "text-danger" : ""}`}
            role={tooLong ? "alert" : undefined}
          >
            {tooLong
              ? "Longer than a message may be: 1 MiB"
              : (about ?? <span className="hidden lg:inline">{chord} sends</span>)}
          </span>
          {session.answeredBy === "external" && (
            <div className="order-last flex min-h-5 basis-full items-center sm:order-none sm:basis-auto">
              <Listening sessionId={session.id} />
            </div>
          )}
          <Answerer session={session} />
          {(isAtWork || isAsked(session)) && (
            <Button
              busy={isStopping}
              onClick={() => runs?.stop()}
              aria-keyshortcuts={isAtWork ? "Escape" : undefined}
              className="min-h-8 border-accent! text-accent! max-sm:px-2.5"
            >
              {!isStopping && <SquareIcon aria-hidden="true" fill="currentColor" />}
              <span className="max-sm:sr-only">Stop</span>
            </Button>
          )}
          <Button type="submit" disabled={empty || tooLong} className="min-h-8">
            <CornerDownLeftIcon aria-hidden="true" />
            Send
          </Button>
        </div>
      </div>
    </form>
  )
}

"use client"

import { itemOf } from "@strudel-agent/contract/item"
import type { Run, RunChange } from "@strudel-agent/contract/run"
import { textOf } from "@strudel-agent/contract/run/fold"
import type { ReactNode, RefObject } from "react"
import type { TranscriptMessage } from "#shared/transcript/transcript-message.ts"
import type { LinkBase } from "#shared/url-state/item-link.ts"
import { ChangeCard } from "../run/change-card.tsx"
import { EarlyEnd, RunFoot } from "../run/run-foot.tsx"
import { earlyEndOf, isAnswerOf } from "../run/run-of-message.ts"
import { RunSteps } from "../run/run-steps.tsx"
import { heardRunOf, useRunsState } from "../run/runs-context.ts"
import { useRunOf } from "../run/use-run-of.ts"
import { CodeChangeActions } from "./code-change-actions.tsx"
import { CodeChanges } from "./code-changes.tsx"
import { MessageText } from "./message-text.tsx"
import { useCodeTools } from "./use-code-tools.tsx"
import { useHomes } from "./use-homes.ts"
import { useRunChanges } from "./use-run-changes.ts"

function Change({ change, messageIndex }: { change: RunChange; messageIndex: number }) {
  const { itemType, itemId, projectId, textBefore, textAfter } = change
  const about = { item_type: itemType, item_id: itemId, project_id: projectId }
  const item = itemOf(about)
  const clip = item?.itemType === "clip" ? { projectId, id: itemId } : undefined
  return (
    <ChangeCard
      change={change}
      actions={
        clip && (
          <CodeChangeActions
            clip={clip}
            isThere={textAfter !== null}
            change={{ ...about, before: textBefore, after: textAfter }}
            messageIndex={messageIndex}
            home={undefined}
            known={false}
          />
        )
      }
    />
  )
}

interface AnswerProps {
  message: TranscriptMessage
  base: LinkBase | undefined
  /** The element that it is drawn in. */
  place: RefObject<HTMLElement | null>
}

function RunAnswer({ message, base, place, run }: AnswerProps & { run: Run }) {
  const { messageIndex, content } = message
  const { number } = run
  const heard = useRunsState((state) => heardRunOf(state, number))
  const changes = useRunChanges(number, place)
  const homes = useHomes(message, place)
  const codeTools = useCodeTools(message, base?.projectId ?? "")
  const card = (change: RunChange) => <Change key={change.callId} change={change} messageIndex={messageIndex} />
  // Where it was read while it was written, it stays as it was.
  const steps = heard && heard.count > 0 && textOf(heard.steps) === content.trim() ? heard.steps : undefined
  const called = new Set(steps?.flatMap((step) => (step.type === "call" ? [step.callId] : [])))
  return (
    <>
      {steps ? (
        <RunSteps
          steps={steps}
          running={false}
          base={base}
          codeTools={codeTools}
          afterCall={(callId) => changes?.map((change) => change.callId === callId && card(change))}
        />
      ) : (
        content.trim() !== "" && <MessageText message={message} base={base} />
      )}
      {changes && changes.length > 0 ? (
        changes.map((change) => !called.has(change.callId) && card(change))
      ) : (
        <CodeChanges message={message} homes={homes} />
      )}
      <RunFoot run={run} base={base} withSteps={!steps} />
    </>
  )
}

/** What this installation's agent answered, what it changed, and what that took. */
export function RunMessage({
  number,
  written,
  ...answer
}: AnswerProps & {
  /** The run that is said to have written it. */
  number: number
  /** The message as any other, for where its run is not of this session. */
  written: ReactNode
}) {
  const { messageIndex, context } = answer.message
  const run = useRunOf(number)
  if (run && isAnswerOf(run, messageIndex)) return <RunAnswer {...answer} run={run} />
  const ended = earlyEndOf(context)
  return (
    <>
      {written}
      {ended && <EarlyEnd run={{ state: ended, failure: null }} />}
    </>
  )
}

"use client"

import { itemOf } from "@strudel-agent/contract/item"
import { codeChangesOf } from "@strudel-agent/contract/message/code"
import type { RefObject } from "react"
import { PlayCode } from "#shared/playback/play-code.tsx"
import { PlayedVisuals } from "#shared/playback/visuals/played-visuals.tsx"
import type { TranscriptMessage } from "#shared/transcript/transcript-message.ts"
import { CodeBlock } from "#shared/ui/code-block.tsx"
import { Disclosure } from "#shared/ui/disclosure.tsx"
import { Link } from "#shared/ui/link.tsx"
import { textOf } from "#shared/ui/metadata.ts"
import { itemPath, type LinkBase } from "#shared/url-state/item-link.ts"
import { runOfMessage } from "../run/run-of-message.ts"
import { CodeActions } from "./code-actions.tsx"
import { CodeChanges } from "./code-changes.tsx"
import { MessageText } from "./message-text.tsx"
import { RunMessagePart } from "./run-message-part.tsx"
import { type Homes, useHomes } from "./use-homes.ts"

function Context({ message, homes }: { message: TranscriptMessage; homes: Homes }) {
  const { sessionId, messageIndex, context = {}, codeChanges } = message
  const item = itemOf(context)
  const name = [textOf(context.item_type), textOf(context.item_id)].filter(Boolean).join(" ")
  const project = textOf(context.project_id)
  const code = textOf(context.code)
  const clip = item?.itemType === "clip" ? { projectId: item.projectId, id: item.itemId } : undefined
  if (!name && !code) return null
  const written = {
    code: code ?? "",
    name: `${clip?.id ?? "code"} before message ${messageIndex}`,
    id: `context:${sessionId}:${messageIndex}`,
    projectId: item?.projectId ?? "",
  }
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-1 text-xs text-soft">
      {name && (
        <span>
          on{" "}
          {item && homes.isThere(context) ? (
            <Link
              href={itemPath(item)}
              data-item
              className="underline decoration-line underline-offset-4 hover:text-ink hover:decoration-accent"
            >
              {name}
            </Link>
          ) : (
            name
          )}
          {project && ` · ${project}`}
        </span>
      )}
      {code && (
        <Disclosure label="code at that moment">
          <CodeBlock code={code} label="The code at that moment" />
          {(!item || clip) && (
            <CodeActions
              code={{ code, messageIndex, clip }}
              home={homes.homeOf(codeChangesOf(codeChanges).length)}
              known={homes.known}
            >
              <PlayCode written={written} />
            </CodeActions>
          )}
          <PlayedVisuals id={written.id} />
        </Disclosure>
      )}
    </div>
  )
}

interface BodyProps {
  message: TranscriptMessage
  base: LinkBase | undefined
  /** The element that it is drawn in. */
  place: RefObject<HTMLElement | null>
}

function WrittenBody({ message, base, place }: BodyProps) {
  const homes = useHomes(message, place)
  return (
    <>
      {message.content.trim() !== "" && <MessageText message={message} base={base} />}
      <CodeChanges message={message} homes={homes} />
      {message.context && <Context message={message} homes={homes} />}
    </>
  )
}

/** What a message says, what it changed, and what it is about. */
export function MessageBody(props: BodyProps) {
  const run = runOfMessage(props.message.context)
  const body = <WrittenBody {...props} />
  return run === undefined ? body : <RunMessagePart {...props} number={run} written={body} />
}

"use client"

import { useState } from "react"
import { itemPath, type LinkBase } from "../markdown/item-link.ts"
import { CodeBlock } from "../ui/code-block.tsx"
import { Link } from "../ui/link.tsx"
import { textOf } from "../ui/metadata.ts"
import { formatNumber } from "../words/count.ts"
import { CodeChangeCard } from "./code-change.tsx"
import { Disclosure } from "./disclosure.tsx"
import { holdPlace } from "./hold-place.ts"
import { codeChangesOf, itemOfMessage } from "./message-items.ts"
import { MessageText } from "./message-text.tsx"
import type { TranscriptMessage } from "./transcript-window.ts"

function Context({ context }: { context: NonNullable<TranscriptMessage["context"]> }) {
  const item = itemOfMessage(context)
  const name = [textOf(context.item_type), textOf(context.item_id)].filter(Boolean).join(" ")
  const project = textOf(context.project_id)
  const code = textOf(context.code)
  if (!name && !code) return null
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-1 text-xs text-soft">
      {name && (
        <span>
          on{" "}
          {item ? (
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
        </Disclosure>
      )}
    </div>
  )
}

/** Changes of code that are shown at a time. */
const mostChanges = 12

function CodeChanges({ message: { messageIndex, codeChanges } }: { message: TranscriptMessage }) {
  const [most, setMost] = useState(mostChanges)
  const changes = codeChangesOf(codeChanges)
  const left = changes.length - most
  return (
    <>
      {changes.slice(0, most).map((change, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the changes of a message never change places.
        <CodeChangeCard key={place} change={change} messageIndex={messageIndex} />
      ))}
      {left > 0 && (
        <button
          type="button"
          onClick={({ currentTarget }) => holdPlace(currentTarget, () => setMost(most + mostChanges))}
          className="self-start rounded text-sm text-accent underline underline-offset-4"
        >
          Show more of the {formatNumber(left)} further changes
        </button>
      )}
    </>
  )
}

/** What a message says, what it changed, and what it is about. */
export const MessageBody = ({ message, base }: { message: TranscriptMessage; base: LinkBase | undefined }) => (
  <>
    {message.content.trim() !== "" && <MessageText text={message.content} base={base} />}
    <CodeChanges message={message} />
    {message.context && <Context context={message.context} />}
  </>
)

import "./print.css"
import type { Outputs } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import { reasons } from "@strudel-agent/contract/reason"
import { SessionKey } from "@strudel-agent/contract/session"
import type { Metadata } from "next"
import { notFound } from "next/navigation"
import { Suspense } from "react"
import { PrintButton } from "#features/transcript/print/print-button.tsx"
import { printSlices } from "#features/transcript/print/print-slices.ts"
import { PrintedMessage } from "#features/transcript/print/printed-message.tsx"
import { pageTitle } from "#shared/api/page-title.ts"
import { routeKey } from "#shared/api/route-key.ts"
import { getAnswers } from "#shared/api/server.ts"
import { waitForTurn } from "#shared/api/turn-queue.ts"
import type { TranscriptMessage } from "#shared/transcript/transcript-message.ts"
import { FailedPage } from "#shared/ui/failed-page.tsx"
import { countOf } from "#shared/words/count.ts"
import { wordsOf } from "#shared/words/reasons.ts"

type Session = Outputs["session"]["byId"]

/** Messages read at a time while the page is streamed. */
const pageSize = 100

export async function generateMetadata({ params }: PageProps<"/sessions/[id]/print">): Promise<Metadata> {
  const key = routeKey(SessionKey, await params)
  return pageTitle(async ({ api }) => (await api.session.byId.fetch(key)).displayName, "Session")
}

/** Some messages, drawn when it is their turn: whoever wants another page does not wait for all of them. */
async function Slice({ messages, projectId }: { messages: TranscriptMessage[]; projectId: string | null }) {
  await waitForTurn()
  return messages.map((message) => (
    <PrintedMessage key={message.messageIndex} message={message} projectId={projectId} />
  ))
}

/** The messages behind one of them, and behind those the next: each page is sent as soon as it is read. */
async function Rest({ session, last }: { session: Session; last: number }) {
  const range = last < 0 ? { before: 1 } : { after: last, before: session.messageCount }
  const page = await getAnswers()
    .client.message.list.query({ sessionId: session.id, limit: pageSize, ...range })
    .catch((error: unknown) => wordsOf(reasonOf(error) ?? "INTERNAL"))
  if (typeof page === "string") {
    return (
      <p role="alert" className="py-6 text-danger">
        The messages from {last + 1} on are missing: {page}
      </p>
    )
  }
  const end = page.messages.at(-1)?.messageIndex ?? session.messageCount
  return (
    <>
      {printSlices(page.messages).map((messages) => (
        <Suspense key={messages[0]?.messageIndex}>
          <Slice messages={messages} projectId={session.projectId} />
        </Suspense>
      ))}
      {end < session.messageCount - 1 && (
        <Suspense>
          <Rest session={session} last={end} />
        </Suspense>
      )}
    </>
  )
}

async function findSession(id: string): Promise<Session | string> {
  try {
    return await getAnswers().api.session.byId.fetch({ id })
  } catch (error) {
    const reason = reasonOf(error) ?? "INTERNAL"
    if (reason !== "UNREACHABLE" && reasons[reason].code === "NOT_FOUND") notFound()
    return wordsOf(reason)
  }
}

/** All messages of a session on pages for a printer. */
export default async function PrintPage({ params }: PageProps<"/sessions/[id]/print">) {
  const { id } = routeKey(SessionKey, await params)
  const session = await findSession(id)
  if (typeof session === "string") return <FailedPage text={session} />
  const facts = [session.agentName, session.modelName, session.projectId, session.createdAt.slice(0, 10)]
  return (
    <div data-print-page className="mx-auto max-w-3xl px-6 py-8 text-ink print:max-w-none print:p-0">
      <header className="mb-6 flex items-start gap-4 border-b border-line pb-4">
        <div className="min-w-0 flex-1">
          <h1 className="text-2xl font-semibold tracking-tight [overflow-wrap:anywhere]">{session.displayName}</h1>
          <p className="text-sm text-soft">
            {[countOf(session.messageCount, "message"), ...facts].filter(Boolean).join(" · ")}
          </p>
        </div>
        <PrintButton />
      </header>
      {session.messageCount > 0 && (
        <Suspense>
          <Rest session={session} last={-1} />
        </Suspense>
      )}
    </div>
  )
}

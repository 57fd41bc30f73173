"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import { MessagesSquareIcon } from "lucide-react"
import { useCallback, useDeferredValue, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react"
import { useStore } from "zustand"
import { onDemand } from "#shared/api/on-demand.tsx"
import { api } from "#shared/api/trpc.ts"
import { useLiveMessages } from "#shared/live/use-live.ts"
import { changesCode } from "#shared/transcript/message-items.ts"
import type { Opening } from "#shared/transcript/message-page.ts"
import { newestRuns } from "#shared/transcript/run-inputs.ts"
import type { TranscriptMessage } from "#shared/transcript/transcript-message.ts"
import { Empty } from "#shared/ui/empty.tsx"
import { Failed } from "#shared/ui/failed.tsx"
import { toastError } from "#shared/ui/toast.tsx"
import { wordsOf } from "#shared/words/reasons.ts"
import { loadRunMessage } from "../message/run-message-part.tsx"
import { type CodeToSave, TranscriptToolsContext } from "../message/transcript-tools.ts"
import { firstRowInSight, indexOfRow } from "../message/visible-rows.ts"
import { runOfMessage } from "../run/run-of-message.ts"
import { RunsContext } from "../run/runs-context.ts"
import { useSessionRuns } from "../run/use-session-runs.ts"
import { useStopKey } from "../run/use-stop-key.ts"
import { Composer, isAsked } from "../writing/composer.tsx"
import { useOutbox } from "../writing/outbox.ts"
import { OutgoingRows } from "../writing/outgoing-rows.tsx"
import { ScrollAnchor } from "./scroll-anchor.tsx"
import { withCounts } from "./session-counts.ts"
import { TranscriptBar } from "./transcript-bar.tsx"
import type { TranscriptAsk, TranscriptParts } from "./transcript-dialogs.tsx"
import { Beginning, End } from "./transcript-edges.tsx"
import { Jumps } from "./transcript-jumps.tsx"
import { baseOf, TranscriptRows } from "./transcript-rows.tsx"
import { TranscriptSkeleton } from "./transcript-skeleton.tsx"
import { useAddress } from "./use-address.ts"
import { useHasCodeAt } from "./use-has-code-at.ts"
import { useMarkSeen } from "./use-mark-seen.ts"
import { useMessageActions } from "./use-message-actions.ts"
import { useScrollKeys } from "./use-scroll-keys.ts"
import { useTranscript } from "./use-transcript.ts"

type Session = Outputs["session"]["byId"]

const RunAtEnd = onDemand(async () => {
  // Its message is to take its place at once.
  const [part] = await Promise.all([import("./run-at-end.tsx"), loadRunMessage()])
  return part.RunAtEnd
})
const StagedBar = onDemand(() => import("../run/staged-bar.tsx").then((part) => part.StagedBar))
const TranscriptDialogs = onDemand(() => import("./transcript-dialogs.tsx").then((part) => part.TranscriptDialogs))

/** Pixels from the end within which one still counts as being there. */
const endZone = 400
/** Pixels from the end within which one goes along with what is said. */
const followZone = 40

/**
 * The messages of a session. What scrolls is laid out from its end (`column-reverse`), so it opens there before any
 * script runs, and what is added above moves nothing, in any browser.
 */
export function Transcript({
  session,
  opening: asked,
  parts: { ReplayBar, NewClip },
}: {
  session: Session
  opening: Opening
  parts: TranscriptParts
}) {
  const utils = api.useUtils()
  const transcript = useTranscript(session, asked)
  const { window: loaded, opening, landing, jumping } = transcript
  const { lead } = useAddress(asked, transcript.jump)
  const scroller = useRef<HTMLElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const [away, setAway] = useState(false)
  const [unseen, setUnseen] = useState(0)
  const [gone, setGone] = useState(false)
  const [ask, setAsk] = useState<TranscriptAsk>()
  /** The message that a replay begins at. */
  const [replay, setReplay] = useState<number>()
  // A page of messages takes a while to draw: it is drawn piece by piece between two frames, so that scrolling goes on.
  const shown = useDeferredValue(loaded)
  const drawn = shown === loaded
  const isAtEnd = () => !loaded?.newer && (scroller.current?.scrollTop ?? 0) > -followZone

  const landed = useRef(landing)
  useLayoutEffect(() => {
    const element = scroller.current
    if (!drawn || !element || landed.current === landing) return
    landed.current = landing
    if (landing.index === undefined) element.scrollTop = 0
    else document.getElementById(`m-${landing.index}`)?.scrollIntoView({ block: "start" })
  }, [drawn, landing])
  useLayoutEffect(() => {
    // The first landing is that of the page itself.
    if (landed.current.index !== undefined) {
      document.getElementById(`m-${landed.current.index}`)?.scrollIntoView({ block: "start" })
    }
    setAway((scroller.current?.scrollTop ?? 0) < -endZone)
  }, [])
  useEffect(() => {
    if (jumping.error !== undefined) toastError(wordsOf(reasonOf(jumping.error) ?? "INTERNAL"))
  }, [jumping.error])

  const { runs, onRun } = useSessionRuns(session)
  const outbox = useOutbox(session.id, transcript.catchUp)
  const known = useMemo(() => new Set(shown?.messages.map(({ clientId }) => clientId)), [shown])
  const { settle } = outbox
  useEffect(() => settle(known), [settle, known])

  function onMessages(arrived: TranscriptMessage[]) {
    settle(new Set(arrived.map(({ clientId }) => clientId)))
    utils.session.byId.setData({ id: session.id }, (known) => known && withCounts(known, arrived))
    const written = runs.store.getState().last?.run.number
    const isAnswer = written !== undefined && arrived.some(({ context }) => runOfMessage(context) === written)
    // The answer takes the place of what was read of it.
    const follow = isAtEnd() || (isAnswer && !loaded?.newer)
    transcript.take(arrived, follow)
    if (!follow) setUnseen((before) => before + (opening.changedCode ? arrived.filter(changesCode) : arrived).length)
  }
  const [followFrom] = useState(() =>
    loaded && !loaded.newer && !opening.changedCode
      ? (loaded.messages.at(-1)?.messageIndex ?? -1)
      : session.messageCount - 1,
  )
  useMarkSeen(session)
  useLiveMessages(session.id, followFrom, { onMessages, onRun, onGone: () => setGone(true) })
  useStopKey(runs)
  const hasRuns = useStore(runs.store, ({ last }) => last !== undefined)

  const toEnd = () => {
    setUnseen(0)
    lead({ at: undefined })
  }
  async function showRun(number: number) {
    const { runs } = await utils.run.list.fetch(newestRuns(session.id))
    const index = runs.find((run) => run.number === number)?.messageIndex
    if (typeof index === "number") lead({ at: index })
  }
  const toBeginning = () => lead({ at: 0 })
  function toggleChanged(from?: number) {
    const element = scroller.current
    const row = element && !isAtEnd() ? firstRowInSight(element) : undefined
    lead({ at: from ?? (row && indexOfRow(row)), changedCode: !opening.changedCode })
  }
  function toggleReplay() {
    const row = scroller.current && firstRowInSight(scroller.current)
    setReplay(replay === undefined ? ((row && indexOfRow(row)) ?? 0) : undefined)
  }
  const hasCodeAt = useHasCodeAt(session.id, loaded?.messages)
  const replayTo = useCallback((at: number) => lead({ at }), [lead])
  useScrollKeys(scroller, { toBeginning, toEnd })
  useMessageActions({
    sessionId: session.id,
    scroller,
    messages: loaded?.messages ?? [],
    goTo: (at) => lead({ at }),
    onGo: () => setAsk({ kind: "go" }),
    onToggleChanged: () => toggleChanged(),
    onExport: () => setAsk({ kind: "export" }),
    onFork: (index) => setAsk({ kind: "fork", index }),
    onClips: (index) => setAsk({ kind: "clips", index }),
    hasCodeAt,
    onReplay: toggleReplay,
    onWrite: () => field.current?.focus(),
  })
  const tools = useMemo(
    () => ({
      sessionId: session.id,
      openMenu: (index: number, anchor: HTMLElement) => setAsk({ kind: "menu", index, anchor }),
      goTo: (at: number) => lead({ at }),
      saveCode: (code: CodeToSave) => setAsk({ kind: "save", code }),
    }),
    [session.id, lead],
  )

  if (!shown) {
    if (jumping.error === undefined) return <TranscriptSkeleton />
    const text = wordsOf(reasonOf(jumping.error) ?? "INTERNAL")
    return <Failed text={text} busy={jumping.busy} onRetry={() => void transcript.jump(asked)} />
  }
  const isEmpty = shown.messages.length === 0 && outbox.items.length === 0
  return (
    <RunsContext value={runs}>
      <div className="grid h-full grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)_auto_auto]">
        <TranscriptBar
          scroller={scroller}
          rows={shown}
          count={session.messageCount}
          changedCode={opening.changedCode}
          busy={jumping.busy}
          replaying={replay !== undefined}
          onReplay={toggleReplay}
          onChangedCode={() => toggleChanged()}
          onGo={() => setAsk({ kind: "go" })}
          onExport={() => setAsk({ kind: "export" })}
        />
        <div className="relative grid min-h-0 grid-rows-[auto_minmax(0,1fr)]">
          {replay !== undefined && (
            <ReplayBar sessionId={session.id} begin={replay} goTo={replayTo} onClose={() => setReplay(undefined)} />
          )}
          <section
            ref={scroller}
            data-transcript
            // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it with the arrow keys.
            tabIndex={0}
            aria-label="Messages"
            onScroll={({ currentTarget }) => {
              setAway(currentTarget.scrollTop < -endZone)
              if (isAtEnd()) setUnseen(0)
            }}
            className="row-start-2 flex min-h-0 flex-col-reverse overflow-y-auto overscroll-contain px-4 -outline-offset-2 [overflow-anchor:none] md:px-8"
          >
            <div className="mx-auto mb-auto w-full max-w-3xl">
              <TranscriptToolsContext value={tools}>
                <ScrollAnchor scroller={() => scroller.current} follow={!shown.newer}>
                  {isEmpty ? (
                    <div className="py-6">
                      <Empty
                        icon={MessagesSquareIcon}
                        title={opening.changedCode ? "No message changed code" : "Nothing has been said yet"}
                      />
                    </div>
                  ) : (
                    <Beginning
                      edge={transcript.older}
                      more={shown.older}
                      drawn={drawn}
                      read={() => void transcript.read("older")}
                      words={opening.changedCode ? "No earlier message changed code" : "The session begins here"}
                    />
                  )}
                  <TranscriptRows
                    messages={shown.messages}
                    later={shown.later}
                    projectId={session.projectId}
                    at={opening.at}
                  />
                  {(hasRuns || session.answeredBy === "strudel") && (
                    <RunAtEnd
                      isShown={!shown.newer}
                      messages={shown.messages}
                      onlyChanged={opening.changedCode}
                      isAsked={isAsked(session)}
                      scroller={() => scroller.current}
                      base={baseOf(session.projectId)}
                    />
                  )}
                  <End
                    edge={transcript.newer}
                    more={shown.newer}
                    drawn={drawn}
                    read={() => void transcript.read("newer")}
                  />
                  {!shown.newer && <OutgoingRows outbox={outbox} known={known} />}
                </ScrollAnchor>
              </TranscriptToolsContext>
            </div>
          </section>
          {(away || shown.newer || unseen > 0) && <Jumps unseen={unseen} onBeginning={toBeginning} onEnd={toEnd} />}
        </div>
        {shown.newer && <OutgoingRows outbox={outbox} known={known} apart />}
        {hasRuns && <StagedBar onGo={(run) => void showRun(run).catch(() => {})} />}
        {gone ? (
          <p role="alert" className="border-t border-line px-4 py-3 text-center text-sm text-danger">
            This session was deleted.
          </p>
        ) : (
          <Composer
            session={session}
            field={field}
            onSend={(written) => {
              outbox.send(written)
              toEnd()
            }}
          />
        )}
        {ask && (
          <TranscriptDialogs
            NewClip={NewClip}
            ask={ask}
            session={session}
            messages={loaded?.messages ?? []}
            changedCode={opening.changedCode}
            hasCodeAt={hasCodeAt}
            onAsk={setAsk}
            onGo={(at) => lead({ at })}
            onToggleChanged={toggleChanged}
          />
        )}
      </div>
    </RunsContext>
  )
}

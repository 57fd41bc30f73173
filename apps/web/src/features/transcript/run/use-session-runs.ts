"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import { hasEnded } from "@strudel-agent/contract/run/fold"
import { useCallback, useMemo, useState } from "react"
import { api } from "#shared/api/trpc.ts"
import { ownId } from "#shared/browser/own-id.ts"
import type { RunNews } from "#shared/live/live-store.ts"
import { newestRuns } from "#shared/transcript/run-inputs.ts"
import { toastError } from "#shared/ui/toast.tsx"
import { wordsOf } from "#shared/words/reasons.ts"
import { readRun } from "./heard-run.ts"
import { createRunsStore, type Runs, takeNews } from "./runs-context.ts"

/** Milliseconds within which a second press means the run that was stopped, and not the answer that begins after it. */
const stopPause = 600

const failed = (error: unknown) => toastError(wordsOf(reasonOf(error) ?? "INTERNAL"))

/** The runs of a session as its page has them, and what the stream tells of them. */
export function useSessionRuns(session: Outputs["session"]["byId"]): {
  runs: Runs
  onRun: (news: RunNews) => void
} {
  const utils = api.useUtils()
  const sessionId = session.id
  const [store] = useState(() => {
    const run = utils.run.list.getData(newestRuns(sessionId))?.runs[0]
    const detail = run && utils.run.byNumber.getData({ sessionId, number: run.number })
    return createRunsStore(run && readRun(run, detail?.steps ?? []))
  })

  const onRun = useCallback(
    (news: RunNews) => {
      const { run } = news
      const known = takeNews(store, news)?.run
      utils.session.byId.setData(
        { id: sessionId },
        (session) => session && { ...session, takenCount: Math.max(session.takenCount, run.askedIndex + 1) },
      )
      const isSame = known?.number === run.number
      if (!isSame || known.changesRevision < run.changesRevision) void utils.run.changes.invalidate({ sessionId })
      if (!isSame || (hasEnded(run.state) && !hasEnded(known.state))) {
        void utils.run.list.invalidate({ sessionId })
        void utils.run.costs.invalidate({ sessionId })
      }
    },
    [store, utils, sessionId],
  )

  const { client } = utils
  const runs = useMemo(
    (): Runs => ({
      sessionId,
      store,
      again(continues) {
        if (store.getState().asking) return
        store.setState({ asking: true })
        client.run.again
          .mutate({ sessionId, continues })
          .then((run) => onRun({ run, from: 0, events: [] }))
          .catch(failed)
          .finally(() => store.setState({ asking: false }))
      },
      stop() {
        const { stopping, last } = store.getState()
        if (stopping) return
        store.setState({ stopping: true })
        const number = last && !hasEnded(last.run.state) ? last.run.number : undefined
        client.run.stop
          .mutate({ sessionId, number, by: ownId() })
          .then((run) => run && onRun({ run, from: 0, events: [] }))
          .catch(failed)
          .finally(() => setTimeout(() => store.setState({ stopping: false }), stopPause))
      },
    }),
    [client, sessionId, store, onRun],
  )
  return { runs, onRun }
}

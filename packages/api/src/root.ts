import { agentRouter } from "./router/agent.ts"
import { backupRouter } from "./router/backup.ts"
import { clipRouter } from "./router/clip.ts"
import { clipAnalysisRouter } from "./router/clip-analysis.ts"
import { clipAudioRouter } from "./router/clip-audio.ts"
import { clipBulkRouter } from "./router/clip-bulk.ts"
import { clipCardRouter } from "./router/clip-card.ts"
import { clipHistoryRouter } from "./router/clip-history.ts"
import { liveRouter } from "./router/live.ts"
import { memoryFileRouter } from "./router/memory-file.ts"
import { messageRouter } from "./router/message.ts"
import { playlistRouter } from "./router/playlist.ts"
import { projectRouter } from "./router/project.ts"
import { referenceRouter } from "./router/reference.ts"
import { restPageRouter } from "./router/rest-page.ts"
import { runRouter } from "./router/run.ts"
import { savedViewRouter } from "./router/saved-view.ts"
import { searchRouter } from "./router/search.ts"
import { sessionRouter } from "./router/session.ts"
import { sessionBulkRouter } from "./router/session-bulk.ts"
import { sessionForkRouter } from "./router/session-fork.ts"
import { sessionImportRouter } from "./router/session-import.ts"
import { songRouter } from "./router/song.ts"
import { createCallerFactory, router } from "./trpc.ts"

const records = {
  project: projectRouter,
  session: { ...sessionRouter, ...sessionBulkRouter, ...sessionForkRouter, ...sessionImportRouter },
  message: messageRouter,
  memoryFile: memoryFileRouter,
  run: runRouter,
  clip: {
    ...clipRouter,
    ...clipCardRouter,
    ...clipBulkRouter,
    ...clipHistoryRouter,
    ...clipAnalysisRouter,
    ...clipAudioRouter,
  },
  song: songRouter,
  playlist: playlistRouter,
  search: searchRouter,
  reference: referenceRouter,
  view: savedViewRouter,
  live: liveRouter,
  agent: agentRouter,
  backup: backupRouter,
}

/** What is open to everybody at /trpc. */
export const appRouter = router(records)

export type AppRouter = typeof appRouter

/** Makes a caller of the router inside this process, which may also ask for pages as REST tells them. */
export const createCaller = createCallerFactory(router({ ...records, restPage: restPageRouter }))

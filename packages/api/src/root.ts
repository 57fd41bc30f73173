import { clipRouter } from "./router/clip.ts"
import { memoryFileRouter } from "./router/memory-file.ts"
import { messageRouter } from "./router/message.ts"
import { playlistRouter } from "./router/playlist.ts"
import { projectRouter } from "./router/project.ts"
import { sessionRouter } from "./router/session.ts"
import { songRouter } from "./router/song.ts"
import { createCallerFactory, router } from "./trpc.ts"

export const appRouter = router({
  project: projectRouter,
  session: sessionRouter,
  message: messageRouter,
  memoryFile: memoryFileRouter,
  clip: clipRouter,
  song: songRouter,
  playlist: playlistRouter,
})

export type AppRouter = typeof appRouter

/** Makes a caller of the router inside this process. */
export const createCaller = createCallerFactory(appRouter)

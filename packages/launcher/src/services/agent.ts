import { join } from "node:path"
import { messageOf } from "@strudel-agent/process/error-code"
import { root } from "../project.ts"
import { warn } from "../say.ts"
import { spawnService, untilReady } from "./service.ts"
import { serviceMemory } from "./service-memory.ts"
import { type Supervisor, type SupervisorLimits, supervise } from "./supervisor.ts"

interface AgentOptions {
  env: NodeJS.ProcessEnv
  /** Where the server is. */
  url: string
  logFile: string | undefined
  limits?: Partial<SupervisorLimits> | undefined
}

/** Milliseconds in which it lets go of what it answers. */
const stopTimeout = 3000

/** Starts the process that answers, and keeps it running; without it everything else goes on. */
export function startAgent({ env, url, logFile, limits }: AgentOptions): Supervisor {
  const agent = supervise({
    name: "agent",
    launch: () =>
      spawnService([...serviceMemory.flags.agent, join(root, "apps/agent/dist/main.mjs")], {
        env: { ...env, STRUDEL_URL: url },
        cwd: root,
        logFile,
      }),
    isReady: untilReady,
    giveUp: () => warn("Nothing is answered until the next start."),
    limits: { stopTimeout, restarts: Number.POSITIVE_INFINITY, ...limits },
  })
  agent.started.catch((error: unknown) => warn(messageOf(error)))
  return agent
}

import { type Command, Option } from "commander"
import type { Run } from "../run.ts"
import { slugArgument } from "./arguments.ts"
import { group, listing } from "./group.ts"

const statuses = ["active", "idle", "terminated"] as const

export interface SessionListOptions {
  limit: number
  json?: boolean
  status?: (typeof statuses)[number]
  project?: string
  q?: string
}

export function addSessions(program: Command, run: Run): void {
  const sessions = group(program, "sessions", "list sessions")
  listing(sessions, "list the sessions, the last active first")
    .addOption(new Option("--status <status>", "of this status alone").choices(statuses))
    .option("--project <id>", "about this project", slugArgument)
    .option("--q <text>", "a part of the name")
    .action(async (options: SessionListOptions) =>
      (await import("../things/lists.ts")).listSessions(run.for(options), options),
    )
}

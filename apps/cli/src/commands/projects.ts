import type { Command } from "commander"
import type { Run } from "../run.ts"
import { group, listing } from "./group.ts"

export interface ProjectListOptions {
  limit: number
  json?: boolean
  q?: string
}

export function addProjects(program: Command, run: Run): void {
  const projects = group(program, "projects", "list projects")
  listing(projects, "list the projects, the last changed first")
    .option("--q <text>", "a part of the name")
    .action(async (options: ProjectListOptions) =>
      (await import("../things/lists.ts")).listProjects(run.for(options), options),
    )
}

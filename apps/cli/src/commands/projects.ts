import type { Command } from "commander"
import type { Run } from "../run.ts"
import type { DeleteOptions } from "../things/project-actions.ts"
import { slugArgument } from "./arguments.ts"
import { answering, group, listing } from "./group.ts"

const actions = () => import("../things/project-actions.ts")

interface Json {
  json?: boolean
}

export interface ProjectListOptions extends Json {
  limit: number
  q?: string
}

export function addProjects(program: Command, run: Run): void {
  const projects = group(program, "projects", "list, make, rename and delete projects")
  listing(projects, "list the projects, the last changed first")
    .option("--q <text>", "a part of the name")
    .action(async (options: ProjectListOptions) =>
      (await import("../things/lists.ts")).listProjects(run.for(options), options),
    )
  answering(projects, "new", "make a project")
    .argument("<id>", "its id", slugArgument)
    .option("--name <name>", "what it is called; its id unless told")
    .action(async (id: string, options: Json & { name?: string }) =>
      (await actions()).newProject(run.for(options), id, options),
    )
  answering(projects, "rename", "call a project otherwise; its id stays")
    .argument("<id>", "its id", slugArgument)
    .argument("<name>", "what it is called then")
    .action(async (id: string, name: string, options: Json) =>
      (await actions()).renameProject(run.for(options), id, name),
    )
  answering(projects, "delete", "delete a project with all that is in it, and keep its folder to import it again")
    .argument("<id>", "its id", slugArgument)
    .option("--yes", "do not ask; needed where nobody can be asked")
    .option("--dry-run", "say what would be deleted, and do nothing")
    .action(async (id: string, options: Json & DeleteOptions) =>
      (await actions()).deleteProject(run.for(options), id, options),
    )
}

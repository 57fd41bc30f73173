import type { Command } from "commander"
import type { Run } from "../run.ts"
import { countArgument, uuidArgument } from "./arguments.ts"

const usualMessages = 20

export function addShow(program: Command, run: Run): void {
  const show = program.command("show").description("show a session or a clip")
  show
    .command("session")
    .description("print a session and its last messages")
    .argument("<id>", "the session's id", uuidArgument)
    .option("--limit <number>", "how many messages at most", countArgument, usualMessages)
    .option("--json", "print one JSON object")
    .action(async (id: string, options: { limit: number; json?: boolean }) =>
      (await import("../sessions/show-session.ts")).showSession(run.for(options), id, options.limit),
    )
  show
    .command("clip")
    .description("print a clip's code")
    .argument("<clip>", "<project>/<id>, or its id alone where one project has it")
    .option("--json", "print the whole clip as one JSON object")
    .action(async (clip: string, options: { json?: boolean }) =>
      (await import("../clips/read-clips.ts")).showClip(run.for(options), clip),
    )
}

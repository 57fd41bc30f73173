import { type Command, Option } from "commander"
import type { Run } from "../run.ts"
import { type ItemArgument, itemArgument, listArgument, slugArgument, uuidArgument } from "./arguments.ts"

export interface ImportSessionOptions {
  id?: string
  name?: string
  only?: string
  branches: "live" | "all"
  project?: string
  item?: ItemArgument
  agent?: string
  model?: string
  tags?: string[]
  dryRun?: boolean
  json?: boolean
}

const help = `
FILE is a chat as JSON Lines, as a JSON array, or as an object with messages: {"role", "content", "timestamp"?},
or what Claude Code, Codex and Gemini CLI record, what ChatGPT and Claude export, or a conversation of the AI SDK, of
OpenAI's Responses and Assistants, or of ShareGPT. What is no conversation (tool calls, thinking, …) is left out and reported.

Each conversation of the file becomes a session, which begins and ends when its messages say. Importing it again changes
nothing, and a conversation that has grown adds what is new. A conversation that says something else than what is stored, because
it was edited, cut or taken back to an earlier message, becomes a session of its own; --id puts it into the session
that you name all the same.`

export function addImportSession(program: Command, run: Run): void {
  program
    .command("import-session")
    .description("store the conversations of a chat transcript as sessions")
    .argument("<file>", "the transcript; - reads the standard input")
    .option("--id <uuid>", "the session's id", uuidArgument)
    .option("--name <name>", "what the session is called, before any title of the transcript")
    .option("--only <words>", "of several conversations, those with these words in their title or beginning")
    .addOption(
      new Option("--branches <which>", "store the branches that a conversation left too, each as a fork")
        .choices(["live", "all"])
        .default("live"),
    )
    .option("--project <id>", "the project that it is about", slugArgument)
    .option("--item <type:id>", "the clip, song or playlist that it is about, such as clip:kick", itemArgument)
    .option("--agent <name>", "the agent's name")
    .option("--model <name>", "the model's name")
    .option("--tags <a,b>", "tags, separated by commas", listArgument)
    .option("--dry-run", "say what would happen, and do nothing")
    .option("--json", "print one JSON object: of several conversations with a list of them")
    .addHelpText("after", help)
    .action(async (file: string, options: ImportSessionOptions) =>
      (await import("../transcript/import-session.ts")).importSession(run.for(options), file, options),
    )
}

import type { Command } from "commander"
import type { Run } from "../run.ts"
import { importTranscript } from "../transcript/import-transcript.ts"
import { readTranscript } from "../transcript/read-transcript.ts"
import { isComplete, transcriptInLines } from "../transcript/transcript-report.ts"
import { type ItemArgument, itemArgument, listArgument, slugArgument, uuidArgument } from "./arguments.ts"

interface Options {
  id?: string
  name?: string
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
or as Claude Code or OpenAI's interfaces write them. What is no talk (tool calls, thinking, …) is left out and
reported. The session's id follows from the first message, so importing a transcript again changes nothing, and
one that has grown adds what is new; --id gives it another one.`

export function addImportSession(program: Command, run: Run): void {
  program
    .command("import-session")
    .description("store a chat transcript as a session")
    .argument("<file>", "the transcript; - reads the standard input")
    .option("--id <uuid>", "the session's id", uuidArgument)
    .option("--name <name>", "what the session is called")
    .option("--project <id>", "the project that it is about", slugArgument)
    .option("--item <type:id>", "the clip, song or playlist that it is about, such as clip:kick", itemArgument)
    .option("--agent <name>", "the agent's name")
    .option("--model <name>", "the model's name")
    .option("--tags <a,b>", "tags, separated by commas", listArgument)
    .option("--dry-run", "say what would happen, and do nothing")
    .option("--json", "print one JSON object")
    .addHelpText("after", help)
    .action((file: string, options: Options) => importSession(run.for(options), file, options))
}

async function importSession(run: Run, file: string, options: Options): Promise<void> {
  const { id, name, project, item, agent, model, tags = [], dryRun = false } = options
  const transcript = await readTranscript(file === "-" ? file : run.path(file), run.io.stdin)
  const client = await run.connect()
  const progress = run.progress()
  const session = { id, name, projectId: project, agentName: agent, modelName: model, tags, ...item }
  try {
    const options = { session, dryRun, signal: run.interruptible(), progress }
    const { report, error } = await importTranscript(client, transcript, options)
    progress.clear()
    const { interrupted } = report
    const complete = isComplete(report)
    run.report({ json: () => report, lines: () => transcriptInLines(report), complete, interrupted, error })
  } finally {
    progress.clear()
  }
}

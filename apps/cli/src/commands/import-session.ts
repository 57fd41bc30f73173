import { stat } from "node:fs/promises"
import { importFile, type TalksReport } from "@strudel-agent/importer/transcript/import-file"
import type { Transcript } from "@strudel-agent/importer/transcript/transcript"
import { talksInLines } from "@strudel-agent/importer/transcript/transcript-lines"
import { isComplete } from "@strudel-agent/importer/transcript/transcript-report"
import { type Command, Option } from "commander"
import { UsageError } from "../failure.ts"
import type { Run } from "../run.ts"
import { hints } from "../terminal/hints.ts"
import { readTranscripts } from "../transcript/read-transcript.ts"
import { type ItemArgument, itemArgument, listArgument, slugArgument, uuidArgument } from "./arguments.ts"

interface Options {
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
or what Claude Code, Codex and Gemini CLI record, what ChatGPT and Claude export, or a talk of the AI SDK, of
OpenAI's Responses and Assistants, or of ShareGPT. What is no talk (tool calls, thinking, …) is left out and reported.

Each talk of the file becomes a session, which begins and ends when its messages say. Importing it again changes
nothing, and a talk that has grown adds what is new. A talk that says something else than what is stored, because
it was edited, cut or taken back to an earlier message, becomes a session of its own; --id puts it into the session
that you name all the same.`

export function addImportSession(program: Command, run: Run): void {
  program
    .command("import-session")
    .description("store the talks of a chat transcript as sessions")
    .argument("<file>", "the transcript; - reads the standard input")
    .option("--id <uuid>", "the session's id", uuidArgument)
    .option("--name <name>", "what the session is called, before any title of the transcript")
    .option("--only <words>", "of several talks, those with these words in their title or beginning")
    .addOption(
      new Option("--branches <which>", "store the branches that a talk left too, each as a fork")
        .choices(["live", "all"])
        .default("live"),
    )
    .option("--project <id>", "the project that it is about", slugArgument)
    .option("--item <type:id>", "the clip, song or playlist that it is about, such as clip:kick", itemArgument)
    .option("--agent <name>", "the agent's name")
    .option("--model <name>", "the model's name")
    .option("--tags <a,b>", "tags, separated by commas", listArgument)
    .option("--dry-run", "say what would happen, and do nothing")
    .option("--json", "print one JSON object: of several talks with a list of them")
    .addHelpText("after", help)
    .action((file: string, options: Options) => importSession(run.for(options), file, options))
}

const fold = (text: string): string => text.normalize("NFKC").toLowerCase()

/** The talks that the user means; throws a usage error where an option does not fit their number. */
function choose(talks: Transcript[], { only, id, name }: Options): Transcript[] {
  const words = fold(only ?? "")
  const chosen = talks.filter(({ title, firstWords }) => fold(`${title ?? ""}\n${firstWords ?? ""}`).includes(words))
  if (chosen.length === 0 && talks.length > 0) {
    throw new UsageError(`None of the ${talks.length} talks has the words "${only}" in its title or beginning.`)
  }
  const [option] = [...(id === undefined ? [] : ["--id"]), ...(name === undefined ? [] : ["--name"])]
  if (option && chosen.length > 1) {
    throw new UsageError(`The file holds ${chosen.length} talks, but ${option} is for one: --only <words> chooses.`)
  }
  return chosen
}

async function importSession(run: Run, file: string, options: Options): Promise<void> {
  const { id, name, project, item, agent, model, tags = [], dryRun = false, branches } = options
  const fromStdin = file === "-"
  const path = fromStdin ? file : run.path(file)
  const read = await readTranscripts(path, run.io.stdin)
  const transcripts = choose(read, options)
  const fileTime = fromStdin ? undefined : (await stat(path)).mtime
  const client = await run.connect()
  const progress = run.progress()
  const session = { id, name, projectId: project, agentName: agent, modelName: model, tags, ...item }
  const signal = run.interruptible()
  try {
    const settings = { session, dryRun, fileTime, branches: branches === "all", signal, progress }
    const told = await importFile(client, transcripts, settings)
    progress.clear()
    tellOf(run, told, transcripts.length > 1)
  } finally {
    progress.clear()
  }
}

function tellOf(run: Run, file: TalksReport, several: boolean): void {
  const { talks, failed, empty, interrupted, error } = file
  const [only] = talks
  if (error !== undefined && !only) throw error
  run.report({
    json: () =>
      several
        ? { talks, failed: failed.map(({ name, error }) => ({ name, error: run.tell(error) })), empty, interrupted }
        : { ...only },
    lines: () => talksInLines(file, { several, tell: (error) => run.tell(error).message, hints }),
    complete: failed.length === 0 && talks.every(isComplete),
    interrupted,
    error,
  })
}

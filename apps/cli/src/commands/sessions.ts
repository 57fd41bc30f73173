import { type Command, Option } from "commander"
import type { Run } from "../run.ts"
import type { ExportOptions } from "../sessions/export-session.ts"
import type { TailOptions } from "../sessions/tail-session.ts"
import type { AppendOptions, ForkOptions, ManyOptions } from "../sessions/write-session.ts"
import { countArgument, indexArgument, slugArgument, uuidArgument } from "./arguments.ts"
import { answering, examples, group, listing } from "./group.ts"

const statuses = ["active", "idle", "terminated"] as const
const roles = ["user", "assistant", "system", "note"] as const
const usualMessages = 20
const id = ["<id>", "the session's id", uuidArgument] as const
const ids = [
  "<id...>",
  "the sessions' ids",
  (text: string, former: string[] = []) => [...former, uuidArgument(text)],
] as const

const writing = () => import("../sessions/write-session.ts")

interface Json {
  json?: boolean
}

export interface SessionListOptions extends Json {
  limit: number
  status?: (typeof statuses)[number]
  project?: string
  q?: string
}

export function addSessions(program: Command, run: Run): void {
  const sessions = group(program, "sessions", "list, follow, write and export sessions")
  addReading(sessions, run)
  addWriting(sessions, run)
  addMany(sessions, run)
}

function addReading(sessions: Command, run: Run): void {
  listing(sessions, "list the sessions, the last active first")
    .addOption(new Option("--status <status>", "of this status alone").choices(statuses))
    .option("--project <id>", "about this project", slugArgument)
    .option("--q <text>", "a part of the name")
    .action(async (options: SessionListOptions) =>
      (await import("../things/lists.ts")).listSessions(run.for(options), options),
    )
  answering(sessions, "show", "print a session and its last messages")
    .argument(...id)
    .option("--limit <number>", "how many messages at most", countArgument, usualMessages)
    .action(async (session: string, options: Json & { limit: number }) =>
      (await import("../sessions/show-session.ts")).showSession(run.for(options), session, options.limit),
    )
  sessions
    .command("tail")
    .description("print the last messages of a session, and with -f each further one as it comes")
    .argument(...id)
    .option("-n, --lines <number>", "how many of those that are there", indexArgument, 10)
    .option("-f, --follow", "go on, also after the server restarts, until it is interrupted")
    .option("--json", "print one JSON object a line for each message")
    .addHelpText("after", examples("sessions tail 6f1c1d9e-3d1c-4a53-9c58-0c4f4dd0a4a1 -f --json | jq -r .content"))
    .action(async (session: string, options: TailOptions) =>
      (await import("../sessions/tail-session.ts")).tailSession(run.for(options), session, options),
    )
  sessions
    .command("export")
    .description("print a session's whole transcript")
    .argument(...id)
    .addOption(
      new Option("--format <format>", "as text to read or as data; text unless told").choices(["md", "json", "jsonl"]),
    )
    .option("--output <file>", "write it to this file")
    .option("--overwrite", "write over a file that is there")
    .option("--json", "print one JSON object: the transcript, or which file it was written to")
    .action(async (session: string, options: Json & ExportOptions) =>
      (await import("../sessions/export-session.ts")).exportSession(run.for(options), session, options),
    )
}

function addWriting(sessions: Command, run: Run): void {
  answering(sessions, "append", "append a message, and print its index")
    .argument(...id)
    .argument("[text...]", "what it says; the standard input unless told")
    .addOption(new Option("--role <role>", "who says it").choices(roles).default("user"))
    .option("--file <file>", "take what it says from a file")
    .option("--client-id <uuid>", "a message that is sent again with the same one is stored once", uuidArgument)
    .addHelpText(
      "after",
      examples(
        'sessions append 6f1c1d9e-3d1c-4a53-9c58-0c4f4dd0a4a1 "Make the kick punchier."',
        "sessions append 6f1c1d9e-3d1c-4a53-9c58-0c4f4dd0a4a1 --role assistant < answer.md",
      ),
    )
    .action(async (session: string, words: string[], options: Json & AppendOptions) =>
      (await writing()).appendMessage(run.for(options), session, { ...options, words }),
    )
  answering(sessions, "rename", "call a session otherwise; without a name it is called after its first message")
    .argument(...id)
    .argument("[name]", "what it is called then")
    .action(async (session: string, name: string | undefined, options: Json) =>
      (await writing()).renameSession(run.for(options), session, name ?? null),
    )
  answering(sessions, "tag", "put tags on a session")
    .argument(...id)
    .argument("<tag...>")
    .action(async (session: string, add: string[], options: Json) =>
      (await writing()).tagSession(run.for(options), session, { add, remove: [] }),
    )
  answering(sessions, "untag", "take tags off a session")
    .argument(...id)
    .argument("<tag...>")
    .action(async (session: string, remove: string[], options: Json) =>
      (await writing()).tagSession(run.for(options), session, { add: [], remove }),
    )
  answering(sessions, "fork", "make a session of another one's messages, and print its id")
    .argument(...id)
    .option("--at <index>", "the last message that is taken along; all unless told", indexArgument)
    .option("--name <name>", "what it is called; after the other one unless told")
    .action(async (session: string, options: Json & ForkOptions) =>
      (await writing()).forkSession(run.for(options), session, options),
    )
}

function addMany(sessions: Command, run: Run): void {
  answering(sessions, "end", "end sessions, which take no more messages then")
    .argument(...ids)
    .option("--dry-run", "say what would be ended, and do nothing")
    .action(async (which: string[], options: Json & ManyOptions) =>
      (await writing()).endSessions(run.for(options), which, options),
    )
  answering(sessions, "delete", "delete sessions with their messages, which cannot be undone")
    .argument(...ids)
    .option("--yes", "do not ask; needed where nobody can be asked")
    .option("--dry-run", "say what would be deleted, and do nothing")
    .action(async (which: string[], options: Json & ManyOptions) =>
      (await writing()).deleteSessions(run.for(options), which, options),
    )
}

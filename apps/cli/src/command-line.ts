import { Command, CommanderError } from "commander"
import manifest from "../package.json" with { type: "json" }
import { addBackup } from "./commands/backup.ts"
import { addClips } from "./commands/clips.ts"
import { addDoctor } from "./commands/doctor.ts"
import { addExport } from "./commands/export.ts"
import { addImport } from "./commands/import.ts"
import { addImportSession } from "./commands/import-session.ts"
import { addReference } from "./commands/language.ts"
import { addLoadSamples } from "./commands/load-samples.ts"
import { addProjects } from "./commands/projects.ts"
import { addSearch } from "./commands/search.ts"
import { addSequences } from "./commands/sequences.ts"
import { addSessions } from "./commands/sessions.ts"
import { addShow } from "./commands/show.ts"
import { addMcp, addOpen, addSelf } from "./commands/surroundings.ts"
import { addWatch } from "./commands/watch.ts"
import { exitCodes } from "./exit-code.ts"
import { Run } from "./run.ts"
import type { Io } from "./terminal/io.ts"

const examples = `
Examples:
  strudel-agent import ~/music/projects          every project of a folder
  strudel-agent import ./house --dry-run         say what would happen
  strudel-agent export ./exported                every project into ./exported/<project>/
  strudel-agent watch ./house                    the folder and the library in step, both ways
  strudel-agent backup library.jsonl.gz          everything in one file; restore brings it back
  strudel-agent import-session talk.jsonl --project house --item clip:kick
  strudel-agent sessions --status active
  strudel-agent search snare tag:acid bpm:120..130
  strudel-agent clips edit house/kick            in $EDITOR, with what the check finds told on save
  strudel-agent clips show house/kick > kick.js

Environment:
  STRUDEL_URL    the server's address (default http://127.0.0.1:3000)
  STRUDEL_TOKEN  the token, where the server asks for one
  STRUDEL_WAIT   seconds to wait for a server that does not answer, as while it restarts (default 10)
  DEBUG=strudel  tell failures with their stack

Exit code: 0 all done, 1 something failed or was skipped, 2 wrong usage, 3 not found, 4 refused (token, limits, what the
server does not take or cannot do at the moment), 5 conflict (changed meanwhile, in use, there already), 6 no server or
its database answers, 130 interrupted.`

const createProgram = (run: Run): Command => {
  const program = new Command("strudel-agent")
    .description("The library and the sessions of Strudel Agent, from the command line.")
    .version(manifest.version)
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => run.io.stdout.write(text),
      writeErr: (text) => run.io.stderr.write(text),
    })
    .showHelpAfterError("--help shows how it is used.")
    .addHelpText("after", examples)
  addImport(program, run)
  addExport(program, run)
  addImportSession(program, run)
  addBackup(program, run)
  addProjects(program, run)
  addSessions(program, run)
  addClips(program, run)
  addSequences(program, run, "song")
  addSequences(program, run, "playlist")
  addSearch(program, run)
  addWatch(program, run)
  addShow(program, run)
  addReference(program, run)
  addOpen(program, run)
  addMcp(program, run)
  addDoctor(program, run)
  addLoadSamples(program, run)
  addSelf(program, run, { version: manifest.version, after: examples })
  return program
}

/** Runs a command and resolves to its exit code; everything that it says goes to `io`. */
export async function main(argv: string[], io: Io): Promise<number> {
  const run = new Run(io)
  try {
    await createProgram(run).parseAsync(argv, { from: "user" })
    return run.exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage
    return run.fail(error)
  }
}

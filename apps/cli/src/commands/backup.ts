import type { Command } from "commander"
import type { BackupOptions } from "../backup/backup-library.ts"
import type { RestoreOptions } from "../backup/restore-library.ts"
import type { Run } from "../run.ts"
import { answering, examples } from "./group.ts"

const backupHelp = `
Everything is in it: projects, clips, songs and playlists with all of their versions, imported files, sessions with their
messages and memory files, and saved views, with their ids and times. What the server found by listening to code is not: it
listens again. The file is compressed JSON Lines that end with a checksum; two backups of the same library are the same
file. It is written as a whole or not at all.`

const restoreHelp = `
The whole file is checked before anything is stored. What the library has already stays as it is, and is told where the
backup says something else; nothing is ever deleted or stored twice. A restore that was interrupted goes on when it is run
again, and comes to the same end.`

export function addBackup(program: Command, run: Run): void {
  answering(program, "backup", "write everything that the library holds into one file")
    .argument("<file>", "the file, such as library.jsonl.gz")
    .option("--dry-run", "say what would be written, and do nothing")
    .option("--overwrite", "write over a file that is there")
    .addHelpText("after", backupHelp + examples("backup library.jsonl.gz"))
    .action(async (file: string, options: BackupOptions & { json?: boolean }) =>
      (await import("../backup/backup-library.ts")).backupLibrary(run.for(options), file, options),
    )
  answering(program, "restore", "put what a backup holds into the library, beside what is there")
    .argument("<file>", "a file that backup wrote")
    .option("--dry-run", "say what would become of each record, and do nothing")
    .option("--verbose", "name every record that is not stored as the backup has it")
    .addHelpText("after", restoreHelp + examples("restore library.jsonl.gz --dry-run"))
    .action(async (file: string, options: RestoreOptions & { json?: boolean }) =>
      (await import("../backup/restore-library.ts")).restoreLibrary(run.for(options), file, options),
    )
}

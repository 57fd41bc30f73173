import type { Command } from "commander"
import type { Run } from "../run.ts"
import type { WatchOptions } from "../watch/watch-folder.ts"
import { slugArgument } from "./arguments.ts"
import { examples } from "./group.ts"

const help = `
What is changed in the folder, in any editor, is in the library a moment later, and what is changed in the library is in its
file. Where both sides changed the same file, the file gets what the library has, and what stood in it is kept beside it as
FILE.<digest>.conflict. What was changed while nothing watched is brought in at the start, by comparison with what both had
last, which stands in .strudel-agent-watch.json. Nothing is deleted on either side; what is gone on one is told.

Hidden files, links, and what editors put beside a file are passed over. It ends when it is interrupted.`

export function addWatch(program: Command, run: Run): void {
  program
    .command("watch")
    .description("keep a project's folder in step with the library, both ways")
    .argument("<dir>", "the folder of one project")
    .option("--project <id>", "the id of the project; the folder's name unless told", slugArgument)
    .option("--once", "bring both sides into step, and end")
    .option("--dry-run", "say what would happen, and do nothing")
    .option("--json", "print a line of JSON for each event")
    .addHelpText("after", help + examples("watch ~/music/projects/house", "watch ./house --once"))
    .action(async (dir: string, options: WatchOptions) =>
      (await import("../watch/watch-folder.ts")).watchFolder(run.for(options), dir, options),
    )
}

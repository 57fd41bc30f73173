import type { Command } from "commander"
import type { Run } from "../run.ts"
import { answering } from "./group.ts"

const help = `
It looks at Node.js, the disk, the settings of this program, the server, its database (whether sessions, versions and files
fit together), the token, and the settings of assistants on this machine that name strudel. It changes nothing.

It ends with 0 where nothing is wrong but what it warns of, else with the code of the first problem: 6 where no server or
database answers, 4 where the token is refused, 2 where a setting is wrong, 1 for all others.`

export function addDoctor(program: Command, run: Run): void {
  answering(program, "doctor", "tell what is wrong with the installation, and how it is mended")
    .addHelpText("after", help)
    .action(async (options: { json?: boolean }) => (await import("../doctor/examine.ts")).examine(run.for(options)))
}

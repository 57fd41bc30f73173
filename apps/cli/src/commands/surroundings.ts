import { itemKinds } from "@strudel-agent/contract/item"
import { Argument, type Command } from "commander"
import type { Shell } from "../program/completion.ts"
import type { Run } from "../run.ts"
import { type McpClientId, mcpClientIds } from "../things/mcp-client-ids.ts"
import type { ThingKind } from "../things/open-thing.ts"
import { answering, examples } from "./group.ts"

const kinds = [...itemKinds, "project", "session"] as const satisfies ThingKind[]
const shells = ["bash", "zsh", "fish"] as const satisfies Shell[]

export function addOpen(program: Command, run: Run): void {
  answering(program, "open", "print the address of a thing's page, or of the page itself")
    .addArgument(new Argument("[kind]", "what it is").choices(kinds))
    .argument("[name]", "<project>/<id>, or the id of a project or session")
    .option("--browser", "open it in a browser, too, at a terminal")
    .addHelpText(
      "after",
      examples("open clip house/kick", "open session 6f1c1d9e-3d1c-4a53-9c58-0c4f4dd0a4a1 --browser"),
    )
    .action(
      async (kind: ThingKind | undefined, name: string | undefined, options: { json?: boolean; browser?: boolean }) =>
        (await import("../things/open-thing.ts")).openThing(run.for(options), { kind, name, browser: options.browser }),
    )
}

export function addMcp(program: Command, run: Run): void {
  answering(program, "mcp", "print the settings by which an assistant reaches the library over MCP")
    .addArgument(new Argument("[client]", "one client's alone, to be put into its file").choices(mcpClientIds))
    .option("--show-token", "print the STRUDEL_TOKEN in the settings")
    .addHelpText("after", examples("mcp", "mcp cursor > .cursor/mcp.json"))
    .action(async (client: McpClientId | undefined, options: { json?: boolean; showToken?: boolean }) =>
      (await import("../things/print-mcp-settings.ts")).printMcpSettings(run.for(options), client, options),
    )
}

/** The commands that tell of the program itself; `after` is what its help says at the end. */
export function addSelf(program: Command, run: Run, { version, after }: { version: string; after: string }): void {
  answering(program, "completion", "print the script that completes commands and options in a shell")
    .addArgument(new Argument("<shell>", "which shell").choices(shells))
    .addHelpText(
      "after",
      '\nExamples:\n  eval "$(strudel-agent completion bash)"\n  strudel-agent completion fish | source',
    )
    .action(async (shell: Shell, options: { json?: boolean }) => {
      const script = (await import("../program/completion.ts")).completionOf(program, shell)
      run.for(options).print({ json: () => ({ shell, script }), text: () => script })
    })
  program
    .command("man")
    .description("print the manual page")
    .option("--json", "print every command with its arguments and options as one JSON object")
    .addHelpText("after", "\nExample:\n  strudel-agent man > ~/.local/share/man/man1/strudel-agent.1")
    .action(async (options: { json?: boolean }) => {
      const { commandsOf, manualOf } = await import("../program/manual.ts")
      run.for(options).print({
        json: () => ({ version, commands: commandsOf(program) }),
        text: () => manualOf(program, { version, after }),
      })
    })
}

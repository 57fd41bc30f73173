import { completable, type GetPromptResult, type McpServer } from "@modelcontextprotocol/server"
import { readThing } from "@strudel-agent/tools/read-thing"
import type { ToolContext } from "@strudel-agent/tools/tool"
import { thingOf } from "@strudel-agent/tools/uri"
import { z } from "zod"
import { withAdvice } from "./callers-fault.ts"
import { namesOfProjects } from "./completions.ts"

const says = (text: string): GetPromptResult => ({ messages: [{ role: "user", content: { type: "text", text } }] })

/** Registers the prompts that a person can choose. */
export function addPrompts(server: McpServer, context: ToolContext): void {
  const read = (uri: string) => withAdvice(async () => (await readThing(thingOf(uri), { detail: false }, context)).text)
  const project = completable(z.string().min(1).describe("Project id"), (begins) =>
    namesOfProjects(context.client, begins),
  )

  server.registerPrompt(
    "make_variation",
    {
      title: "Make a variation",
      description: "A new clip that varies one there is",
      argsSchema: z.object({
        uri: z.string().describe("e.g. strudel://clip/house/kick"),
        how: z.string().optional().describe("e.g. darker, sparser, half time"),
      }),
    },
    async ({ uri, how }) =>
      says(
        `Make a variation of this clip${how ? `: ${how}` : " that keeps its character and surprises in one respect"}. Look up what you are unsure of with reference, listen with check_code, and save it with save_clip beside the original under an id of its own. Then say in two sentences what you changed.\n\n${await read(uri)}`,
      ),
  )
  server.registerPrompt(
    "arrange_a_song",
    {
      title: "Arrange a song",
      description: "A song of the clips of a project",
      argsSchema: z.object({ project, mood: z.string().optional().describe("e.g. a slow build to one drop") }),
    },
    async ({ project: id, mood }) =>
      says(
        `Arrange a song of the clips of this project${mood ? `: ${mood}` : ""}. Read the clips that you may use, mind their tempos and scales, choose sections with bars, and store it with arrange_song. Then tell the form in one line.\n\n${await read(`strudel://project/${encodeURIComponent(id)}`)}`,
      ),
  )
  server.registerPrompt(
    "review_session",
    {
      title: "Review a session",
      description: "What came of a session, and what is open",
      argsSchema: z.object({ session: z.string().describe("Session id or uri") }),
    },
    async ({ session }) =>
      says(
        `Review this session: what was asked for, what was made (read the clips it names), what the person liked or did not, and what is still open. Quote messages by their number.\n\n${await read(session.startsWith("strudel://") ? session : `strudel://session/${session}`)}`,
      ),
  )
  server.registerPrompt(
    "learn_project",
    {
      title: "Learn a project",
      description: "Get to know a project before working in it",
      argsSchema: z.object({ project }),
    },
    async ({ project: id }) =>
      says(
        `Get to know this project before we work in it: read its songs and a handful of its clips, and tell me in short its tempos, scales, sounds, habits of code and names. Change nothing.\n\n${await read(`strudel://project/${encodeURIComponent(id)}`)}`,
      ),
  )
}

import { wholeNumber } from "@strudel-agent/contract/text"
import { z } from "zod"
import { ToolProblem } from "../advice.ts"
import { defineTool } from "../define-tool.ts"
import { uriField } from "../fields.ts"
import { uriOf, versionedOf } from "../uri.ts"

export const restoreVersion = defineTool({
  name: "restore_version",
  title: "Restore a former version",
  description:
    "Bring a former version of a clip, song or playlist back, as its next version; nothing of what came between is lost. Use it to undo a change, or when the person liked it better before.",
  input: z.strictObject({ uri: uriField, version: wholeNumber(1) }),
  output: z.object({ uri: z.string(), restored: z.number(), version: z.number() }),
  hints: { readOnly: false, destructive: false, idempotent: true, openWorld: false },
  async run({ uri, version: restored }, { client, signal }) {
    const item = versionedOf(uri)
    if (item.version !== undefined && item.version !== restored)
      throw new ToolProblem(`version: it says ${restored}, but the uri names version ${item.version}. Which of them?`)
    const key = { projectId: item.projectId, id: item.id, version: restored }
    const restore = {
      clip: () => client.clip.restore.mutate(key, { signal }),
      song: () => client.song.restore.mutate(key, { signal }),
      playlist: () => client.playlist.restore.mutate(key, { signal }),
    }
    const { version } = await restore[item.kind]()
    const bare = uriOf({ kind: item.kind, projectId: item.projectId, id: item.id })
    return {
      text: `${bare} is as in version ${restored}, which is version ${version} now.`,
      data: { uri: bare, restored, version },
    }
  },
})

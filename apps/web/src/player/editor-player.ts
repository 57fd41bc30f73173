import type { Extension } from "@codemirror/state"
import { editorChecks } from "./editor-checks.ts"
import { editorMarks } from "./editor-marks.ts"
import type { Finding } from "./findings.ts"
import { player } from "./open-player.ts"

/** What makes an editor one that plays: lights where it sounds, and marks where it does not. */
export const editorPlayer = ({
  key,
  onFindings,
}: {
  /** What the player knows its clip by. */
  key: string
  onFindings: (findings: Finding[]) => void
}): Extension => [editorMarks(key, player), editorChecks(key, player, onFindings)]

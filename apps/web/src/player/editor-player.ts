import { type Extension, Prec } from "@codemirror/state"
import { keymap } from "@codemirror/view"
import { editorChecks } from "./editor-checks.ts"
import { editorMarks } from "./editor-marks.ts"
import type { Finding } from "./findings.ts"
import { player } from "./open-player.ts"

/** What makes an editor one that plays: its keys, lights where it sounds, and marks where it does not. */
export const editorPlayer = ({
  key,
  evaluate,
  onFindings,
}: {
  /** What the player knows its clip by. */
  key: string
  /** Plays what is typed. */
  evaluate: () => void
  onFindings: (findings: Finding[]) => void
}): Extension => [
  Prec.high(
    keymap.of([
      {
        key: "Mod-Enter",
        run() {
          evaluate()
          return true
        },
      },
    ]),
  ),
  editorMarks(key, player),
  editorChecks(key, player, onFindings),
]

import type { Extension } from "@codemirror/state"
import { editorMarks } from "#shared/playback/editor-marks.ts"
import { editorSliders } from "#shared/playback/editor-sliders.ts"
import { editorVisuals } from "#shared/playback/visuals/editor-visuals.ts"
import { player } from "#shared/player/open-player.ts"
import { editorChecks } from "../editing/editor-checks.ts"
import type { Finding } from "../editing/findings.ts"

/** What makes an editor one that plays: lights where it sounds, sliders, visuals, and marks where it does not. */
export const editorPlayer = ({
  key,
  onFindings,
}: {
  /** What the player knows its clip by. */
  key: string
  onFindings: (findings: Finding[]) => void
}): Extension => [
  editorMarks(key, player),
  editorSliders(key, player),
  editorVisuals(key, player),
  editorChecks(key, player, onFindings),
]

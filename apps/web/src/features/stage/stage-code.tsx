"use client"

import { useState } from "react"
import { CodeEditor } from "#shared/editor/code-editor.tsx"
import { editorMarks } from "#shared/playback/editor-marks.ts"
import { editorVisuals } from "#shared/playback/visuals/editor-visuals.ts"
import { player } from "#shared/player/open-player.ts"
import type { PlayableClip } from "#shared/player/playable.ts"

function Code({ clip: { key, name, code } }: { clip: PlayableClip }) {
  const [extensions] = useState(() => [editorMarks(key, player), editorVisuals(key, player)])
  return (
    <CodeEditor
      value={code}
      onChange={() => {}}
      label={`Code of ${name}`}
      extensions={extensions}
      readOnly
      withVisuals
    />
  )
}

/** The code of what plays, lit where it sounds and with what it has drawn, for those who watch. */
export const StageCode = ({ clips }: { clips: PlayableClip[] }) => (
  // Its length makes the stage no longer.
  <div className="relative">
    {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms. */}
    <div
      role="group"
      aria-label="Code"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it with the arrow keys.
      tabIndex={0}
      className="absolute inset-0 flex flex-col gap-3 overflow-y-auto overscroll-contain [--code-line:1.6em] [--code-size:clamp(0.8125rem,0.85vw,1.5rem)]"
    >
      {clips.map((clip) => (
        <div key={clip.key}>
          <h2 className="mb-1 truncate text-sm font-medium text-soft">{clip.name}</h2>
          <div className="overflow-hidden rounded-card">
            <Code clip={clip} />
          </div>
        </div>
      ))}
    </div>
  </div>
)

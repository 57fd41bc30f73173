import type { Extension } from "@codemirror/state"
import { type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view"
import { visualsOf } from "#shared/editor/visual-places.ts"
import type { Player } from "#shared/player/player.ts"
import { createSinceLoad } from "#shared/player/since-load.ts"
import { VisualDrawing } from "./visual-drawing.ts"

/** Draws in an editor what its code has drawn in place. */
export function editorVisuals(key: string, player: Player): Extension {
  const { signals } = player

  return ViewPlugin.fromClass(
    class {
      readonly since
      readonly drawing: VisualDrawing
      readonly unlisten: () => void

      constructor(view: EditorView) {
        const since = createSinceLoad(signals.loadsOf(key), view.state.doc.toString())
        this.since = since
        this.unlisten = signals.loads.listen(({ key: loaded, load }) => {
          if (loaded === key) since.load(load, view.state.doc.toString())
        })
        this.drawing = new VisualDrawing({
          ...{ key, player, inLoaded: since.inLoaded },
          inText: (place, moment) => since.find([place, place + 1], moment)?.from,
          visuals: () => visualsOf(view.state),
          // An editor has what is in sight alone.
          canvases: () => view.contentDOM.querySelectorAll<HTMLCanvasElement>("canvas[data-visual]"),
        })
      }

      update({ docChanged, changes, viewportChanged, geometryChanged }: ViewUpdate) {
        if (docChanged) this.since.change(changes.desc)
        if (docChanged || viewportChanged || geometryChanged) this.drawing.wake()
      }

      destroy() {
        this.drawing.end()
        this.unlisten()
      }
    },
  )
}

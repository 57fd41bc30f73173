import { type EditorState, type Extension, StateField, type Transaction } from "@codemirror/state"
import { Decoration, type DecorationSet, EditorView, WidgetType } from "@codemirror/view"
import { type VisualCall, visualCalls, visualSize } from "./visual-calls.ts"
import { visualNames } from "./visual-names.ts"

/** A call that draws in place, known by its number through every edit. */
export interface PlacedVisual extends VisualCall {
  id: number
}

const looks = EditorView.theme({
  "&": { containerType: "inline-size" },
  // It stays in sight beside the line numbers when a long line is scrolled.
  ".cm-visual": {
    position: "sticky",
    left: "calc(2ch + 1.75rem)",
    width: "fit-content",
    padding: "6px 0",
    boxSizing: "border-box",
  },
  ".cm-visual canvas": {
    display: "block",
    maxWidth: "calc(100cqi - 2ch - 2.75rem)",
    color: "var(--ink)",
    backgroundColor: "color-mix(in srgb, var(--canvas) 60%, transparent)",
    borderRadius: "0.375rem",
  },
})

class VisualWidget extends WidgetType {
  constructor(
    readonly visual: PlacedVisual,
    readonly line: number,
  ) {
    super()
  }

  override eq({ visual, line }: VisualWidget): boolean {
    const [own, other] = [visualSize(this.visual), visualSize(visual)]
    return (
      this.visual.id === visual.id && this.line === line && own.width === other.width && own.height === other.height
    )
  }

  override get estimatedHeight(): number {
    return visualSize(this.visual).place
  }

  override toDOM(): HTMLElement {
    const box = document.createElement("div")
    box.className = "cm-visual"
    box.append(document.createElement("canvas"))
    this.updateDOM(box)
    return box
  }

  override updateDOM(box: HTMLElement): boolean {
    const canvas = box.querySelector("canvas")
    if (!canvas) return false
    const { width, height, place } = visualSize(this.visual)
    box.style.height = `${place}px`
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` })
    canvas.dataset.visual = String(this.visual.id)
    canvas.setAttribute("role", "img")
    canvas.setAttribute("aria-label", `${visualNames[this.visual.kind]} of line ${this.line}`)
    return true
  }

  override ignoreEvent(): boolean {
    return true
  }
}

interface Places {
  visuals: readonly PlacedVisual[]
  decorations: DecorationSet
}

let ids = 0

/** Calls keep their numbers where their names stand after a change. */
function placed({ doc }: EditorState, former: readonly PlacedVisual[], change?: Transaction["changes"]): Places {
  const known = new Map(former.map(({ id, kind, from }) => [`${kind} ${change?.mapPos(from, 1) ?? from}`, id]))
  const visuals = visualCalls(doc.toString()).map((call) => ({
    ...call,
    id: known.get(`${call.kind} ${call.from}`) ?? ++ids,
  }))
  const decorations = visuals.map((visual) => {
    const line = doc.lineAt(visual.to)
    return Decoration.widget({ widget: new VisualWidget(visual, line.number), block: true, side: 1 }).range(line.to)
  })
  return { visuals, decorations: Decoration.set(decorations, true) }
}

const places = StateField.define<Places>({
  create: (state) => placed(state, []),
  update: (value, { docChanged, state, changes }) => (docChanged ? placed(state, value.visuals, changes) : value),
  provide: (field) => EditorView.decorations.from(field, ({ decorations }) => decorations),
})

/** A place below each line that draws, as high as its picture from the beginning on. */
export const visualPlaces: Extension = [places, looks]

/** The calls that draw in a text; none of an editor without places for them. */
export const visualsOf = (state: EditorState): readonly PlacedVisual[] => state.field(places, false)?.visuals ?? []

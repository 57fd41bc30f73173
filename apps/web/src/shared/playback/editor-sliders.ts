import { syntaxTree } from "@codemirror/language"
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate, WidgetType } from "@codemirror/view"
import type { Player } from "#shared/player/player.ts"
import { createSinceLoad } from "#shared/player/since-load.ts"
import { type SliderCall, sliderCalls } from "./slider-calls.ts"

const looks = EditorView.theme({
  ".cm-slider": {
    width: "5rem",
    height: "1em",
    margin: "0 0.4em 0 0.1em",
    verticalAlign: "middle",
    accentColor: "var(--accent)",
  },
})

/** A number as it is written for a slider, with no more digits than its step has. */
export function writtenNumber(value: number, step: number): string {
  const digits = Math.min(10, Math.max(0, 1 - Math.floor(Math.log10(Math.abs(step) || 1))))
  return String(Number(value.toFixed(digits)))
}

class SliderWidget extends WidgetType {
  constructor(
    readonly call: SliderCall,
    readonly move: (input: HTMLInputElement) => void,
  ) {
    super()
  }

  override eq({ call: { value, min, max, step } }: SliderWidget): boolean {
    const own = this.call
    return value === own.value && min === own.min && max === own.max && step === own.step
  }

  override toDOM(): HTMLElement {
    const input = document.createElement("input")
    input.type = "range"
    input.className = "cm-slider"
    input.addEventListener("input", () => this.move(input))
    this.updateDOM(input)
    return input
  }

  override updateDOM(input: HTMLElement): boolean {
    if (!(input instanceof HTMLInputElement)) return false
    const { value, min, max, step } = this.call
    Object.assign(input, { min: String(min), max: String(max), step: String(step) })
    // What is being dragged is where the pointer has it.
    if (Number(input.value) !== value) input.value = String(value)
    input.setAttribute("aria-label", `Slider from ${min} to ${max}`)
    return true
  }

  override ignoreEvent(): boolean {
    return true
  }
}

/** Moves that change what is heard: typing does that when it is taken up. */
const moves = ["input.type.slider", "undo", "redo"]

/** Draws a slider before the number of each `slider()`: moved, it changes what is heard at once, and the number. */
export function editorSliders(key: string, { signals, slide }: Player) {
  const plugin = ViewPlugin.fromClass(
    class {
      readonly since
      readonly stop: () => void
      calls: SliderCall[] = []
      decorations: DecorationSet
      /** From the first time that the code is taken up: until then, nothing moves its text aside. */
      isShown: boolean

      constructor(readonly view: EditorView) {
        this.since = createSinceLoad(signals.loadsOf(key), view.state.doc.toString())
        this.stop = signals.loads.listen(({ key: loaded, load }) => {
          if (loaded !== key) return
          this.since.load(load, this.view.state.doc.toString())
          this.isShown = true
          this.decorations = this.draw(view)
          view.dispatch({})
        })
        this.isShown = signals.loadsOf(key).length > 0
        this.decorations = this.draw(view)
      }

      update({ docChanged, viewportChanged, transactions, changes, startState, state, view }: ViewUpdate) {
        const before = new Map(this.calls.map(({ from, value }) => [changes.mapPos(from, -1), value]))
        if (docChanged) this.since.change(changes.desc)
        if (docChanged || viewportChanged || syntaxTree(startState) !== syntaxTree(state)) {
          this.decorations = this.draw(view)
        }
        if (!transactions.some((each) => moves.some((move) => each.isUserEvent(move)))) return
        for (const { from: place, value } of this.calls) {
          const from = this.since.inLoaded(place)
          if (from !== undefined && before.has(place) && before.get(place) !== value) slide({ key, from, value })
        }
      }

      destroy() {
        this.stop()
      }

      draw({ state, visibleRanges }: EditorView): DecorationSet {
        this.calls = (this.isShown ? visibleRanges : []).flatMap(({ from, to }) => sliderCalls(state, from, to))
        const move = (input: HTMLInputElement) => this.move(input)
        return Decoration.set(
          this.calls.map((call) =>
            Decoration.widget({ widget: new SliderWidget(call, move), side: -1 }).range(call.from),
          ),
          true,
        )
      }

      move(input: HTMLInputElement) {
        const { view } = this
        const place = view.posAtDOM(input)
        const call = this.calls.find(({ from }) => from === place)
        if (!call || view.state.readOnly) return
        // As typing is: what follows within a moment is undone with it.
        view.dispatch({
          changes: { from: call.from, to: call.to, insert: writtenNumber(Number(input.value), call.step) },
          userEvent: "input.type.slider",
        })
      }
    },
    { decorations: (plugin) => plugin.decorations },
  )
  return [plugin, looks]
}

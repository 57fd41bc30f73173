import { type Range, StateEffect, StateField } from "@codemirror/state"
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view"
import type { Sounding } from "@strudel-agent/sandbox/protocol"
import { touchesComment } from "#shared/editor/comments.ts"
import type { Player } from "#shared/player/player.ts"
import { createSinceLoad } from "#shared/player/since-load.ts"
import { soundColor } from "./sound-palette.ts"

/** Milliseconds that the shortest event is lit. */
const shortest = 90
/** Events that wait or are lit; beyond that nobody tells them apart. */
const most = 1500

const setMarks = StateEffect.define<DecorationSet>()

const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(shown, transaction) {
    const effect = transaction.effects.find((each) => each.is(setMarks))
    return effect?.is(setMarks) ? effect.value : shown.map(transaction.changes)
  },
  provide: (field) => EditorView.decorations.from(field),
})

const markOf = Array.from({ length: 12 }, (_, colour) =>
  Decoration.mark({ class: "cm-sounding", attributes: { style: `--sound: ${soundColor(colour)}` } }),
)

const looks = EditorView.theme({
  ".cm-sounding": {
    borderRadius: "3px",
    backgroundColor: "color-mix(in srgb, var(--sound) 30%, transparent)",
    boxShadow: "0 0 0 1px var(--sound)",
  },
})

interface Lit extends Pick<Sounding, "at" | "until" | "colour" | "locations"> {}

/** Lights up the places of the code whose events are heard. */
export function editorMarks(key: string, { signals, state, subscribe }: Player) {
  const plugin = ViewPlugin.fromClass(
    class {
      readonly since
      readonly stops: (() => void)[]
      waiting: Lit[] = []
      shown = ""
      frame = 0

      constructor(readonly view: EditorView) {
        this.since = createSinceLoad(signals.loadsOf(key), view.state.doc.toString())
        this.stops = [
          signals.loads.listen(({ key: loaded, load }) => {
            if (loaded === key) this.since.load(load, this.view.state.doc.toString())
          }),
          signals.soundings.listen((events) => this.hear(events)),
          subscribe(() => {
            if (state().phase === "silent" && this.waiting.length > 0) this.waiting = []
          }),
        ]
      }

      update({ docChanged, changes }: ViewUpdate) {
        if (docChanged) this.since.change(changes.desc)
      }

      destroy() {
        cancelAnimationFrame(this.frame)
        for (const stop of this.stops) stop()
      }

      hear(events: Sounding[]) {
        const own = events.filter((event) => event.key === key && event.locations.length > 0)
        if (own.length === 0) return
        const lit = own.map(({ at, until, colour, locations }) => ({
          ...{ at, colour, locations },
          until: Math.max(until, at + shortest),
        }))
        this.waiting = [...this.waiting, ...lit].slice(-most)
        if (this.frame === 0) this.frame = requestAnimationFrame(this.draw)
      }

      readonly draw = () => {
        const moment = Date.now()
        this.waiting = this.waiting.filter(({ until }) => until > moment)
        const places = new Map<string, Range<Decoration>>()
        for (const { at, colour, locations } of this.waiting) {
          if (at > moment) continue
          for (const location of locations) {
            const stretch = this.since.find(location, at)
            const mark = markOf[colour % markOf.length]
            if (!stretch || !mark) continue
            const place = `${stretch.from} ${stretch.to}`
            // What was commented out since it was taken up is still heard until the next is.
            if (!places.has(place) && touchesComment(this.view.state, stretch)) continue
            places.set(place, mark.range(stretch.from, stretch.to))
          }
        }
        const shown = [...places.keys()].join()
        if (shown !== this.shown) {
          this.shown = shown
          this.view.dispatch({ effects: setMarks.of(Decoration.set([...places.values()], true)) })
        }
        this.frame = this.waiting.length > 0 || shown !== "" ? requestAnimationFrame(this.draw) : 0
      }
    },
  )
  return [marks, plugin, looks]
}

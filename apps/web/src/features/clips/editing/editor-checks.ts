import { type Diagnostic, nextDiagnostic, setDiagnostics } from "@codemirror/lint"
import { RangeSet, StateEffect, StateField, type Text } from "@codemirror/state"
import { EditorView, GutterMarker, gutterLineClass, keymap, ViewPlugin, type ViewUpdate } from "@codemirror/view"
import { withNearestName } from "@strudel-agent/reference/unknown-name"
import type { Problem } from "@strudel-agent/sandbox/protocol"
import type { Player } from "#shared/player/player.ts"
import { type Finding, findingsOf } from "./findings.ts"
import { withNearestNames } from "./nearest-names.ts"

/** Milliseconds after the last key until the code is looked at. */
const rest = 300

class LineMarker extends GutterMarker {
  constructor(override readonly elementClass: string) {
    super()
  }
}
const markers = {
  error: new LineMarker("cm-line-error"),
  warning: new LineMarker("cm-line-warning"),
  info: new LineMarker("cm-line-info"),
}

const setLines = StateEffect.define<RangeSet<GutterMarker>>()

/** Marks the numbers of lines: a gutter of its own would move the code aside when it comes. */
const lines = StateField.define<RangeSet<GutterMarker>>({
  create: () => RangeSet.empty,
  update(shown, transaction) {
    const effect = transaction.effects.find((each) => each.is(setLines))
    return effect?.is(setLines) ? effect.value : shown.map(transaction.changes)
  },
  provide: (field) => gutterLineClass.from(field),
})

const looks = EditorView.theme({
  ".cm-line-error": { color: "var(--danger)", boxShadow: "inset 3px 0 var(--danger)", fontWeight: "600" },
  ".cm-line-warning": { color: "var(--accent)", boxShadow: "inset 3px 0 var(--accent)" },
  ".cm-tooltip": {
    border: "1px solid var(--line)",
    borderRadius: "0.5rem",
    backgroundColor: "var(--raised)",
    color: "var(--ink)",
    overflow: "hidden",
  },
  ".cm-diagnostic": { padding: "0.35rem 0.7rem", fontFamily: "var(--font-sans)", maxWidth: "28rem" },
  ".cm-diagnostic-error": { borderLeft: "3px solid var(--danger)" },
  ".cm-diagnostic-warning": { borderLeft: "3px solid var(--accent)" },
  ".cm-diagnostic-info": { borderLeft: "3px solid var(--edge)" },
})

/** Where in a text a finding is: the word that it begins with, else its whole line. */
export function stretchOf(doc: Text, { line, column }: Finding): { from: number; to: number } | undefined {
  if (line === null || line < 1 || line > doc.lines) return undefined
  const { from, to, text } = doc.line(line)
  const indent = text.length - text.trimStart().length
  const begin = Math.min(column === null ? indent : column - 1, text.length)
  const word = column === null ? text.slice(begin) : (/^(?:[\w$]+|\s*\S)/.exec(text.slice(begin))?.[0] ?? "")
  // Behind the last character there is nothing to underline: then the one before it is.
  if (word === "") return { from: Math.max(from, to - 1), to }
  return { from: from + begin, to: from + begin + word.length }
}

function show(view: EditorView, findings: Finding[]) {
  const { doc } = view.state
  const placed = findings.flatMap((finding) => {
    const stretch = stretchOf(doc, finding)
    return stretch ? [{ finding, stretch }] : []
  })
  const diagnostics = placed.map(
    ({ finding: { severity, message }, stretch }): Diagnostic => ({ ...stretch, severity, message }),
  )
  const ranges = placed.map(({ finding: { severity }, stretch }) =>
    markers[severity].range(doc.lineAt(stretch.from).from),
  )
  view.dispatch(setDiagnostics(view.state, diagnostics), { effects: setLines.of(RangeSet.of(ranges, true)) })
}

/** Looks at the code as it is typed, marks what is wrong with it, and tells it. */
export function editorChecks(key: string, player: Player, onFindings: (findings: Finding[]) => void) {
  const plugin = ViewPlugin.fromClass(
    class {
      timer: ReturnType<typeof setTimeout> | undefined
      asked = 0
      heard: Problem | undefined
      readonly stop

      constructor(readonly view: EditorView) {
        this.wait(0)
        this.stop = player.subscribe(() => {
          const heard = player.state().problems.get(key)
          if (heard === this.heard) return
          this.heard = heard
          this.wait(0)
        })
      }

      update({ docChanged }: ViewUpdate) {
        if (!docChanged) return
        this.asked++
        this.heard = undefined
        this.wait(rest)
      }

      destroy() {
        this.asked++
        clearTimeout(this.timer)
        this.stop()
      }

      wait(milliseconds: number) {
        clearTimeout(this.timer)
        this.timer = setTimeout(() => void this.check(), milliseconds)
      }

      async check() {
        const asked = ++this.asked
        const code = this.view.state.doc.toString()
        try {
          const answer = code.trim() === "" ? undefined : await player.analyse({ sources: [{ key: "draft", code }] })
          const named = answer && (await withNearestNames(answer, code, player.soundsOf))
          if (asked !== this.asked) return
          const findings = named ? findingsOf(named, this.heard && withNearestName(this.heard)) : []
          show(this.view, findings)
          onFindings(findings)
        } catch {
          // Without a sandbox nothing can be told of the code; the next key or play tries again.
        }
      }
    },
  )
  return [lines, plugin, looks, keymap.of([{ key: "F8", run: nextDiagnostic }])]
}

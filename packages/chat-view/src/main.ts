import "@strudel-agent/sandbox/without-eval"

import { App, applyDocumentTheme, applyHostStyleVariables } from "@modelcontextprotocol/ext-apps"
import manifest from "../package.json" with { type: "json" }
import { diffLines } from "./diff-lines.ts"
import { elements } from "./elements.ts"
import { drawPicture } from "./picture.ts"
import { readShown, readVersion, restore, type Shown, saveCode, type Wanted, wantedIn, wordsOf } from "./shown.ts"
import { createSound, Diagnostic, isSandboxFailure } from "./sound.ts"

const app = new App({ name: "strudel-agent", title: "Strudel Agent", version: manifest.version }, {})

let shown: Shown | undefined
let isPlaying = false
/** Counts what was asked to be shown: of two answers the later one is drawn. */
let asked = 0

const showState = (words: string) => {
  elements.state.textContent = words
}
const showProblem = (words: string) => {
  elements.problem.textContent = words
}

/** Says to the model what the person did or met; it reads this with its next turn. A host that refuses it stops nothing. */
function sendToModel(words: string): void {
  if (!app.getHostCapabilities()?.updateModelContext) return
  app.updateModelContext({ content: [{ type: "text", text: words }] }).catch(() => undefined)
}

const sound = createSound({
  onPlaying(playing) {
    isPlaying = playing
    elements.play.textContent = playing ? "Stop" : "Play"
  },
  onProblem(words) {
    showProblem(words)
    sendToModel(`While ${shown?.uri} played it failed: ${words}`)
  },
})

/** What a failure means for the person, and what of it the model should know. */
function reportFailure(error: unknown): void {
  const words = error instanceof Error ? error.message : String(error)
  if (isSandboxFailure(error)) {
    showProblem("This chat does not let sound be made here. Open it in the library to hear it.")
    return
  }
  showProblem(words)
  if (error instanceof Diagnostic) sendToModel(`${shown?.uri} does not play: ${words}`)
}

/** Runs what a press asks for, one after the other, with the button out of reach meanwhile. */
function onPress(button: HTMLButtonElement, act: () => Promise<void>): void {
  button.addEventListener("click", () => {
    button.disabled = true
    showProblem("")
    act()
      .catch(reportFailure)
      .finally(() => {
        button.disabled = false
        drawEditing()
      })
  })
}

const isChanged = () => shown !== undefined && elements.code.value !== shown.code

function drawEditing(): void {
  const changed = isChanged()
  elements.save.disabled = !changed
  elements.revert.disabled = !changed
}

async function draw(next: Shown): Promise<void> {
  shown = next
  const { kind, name, version, code, page, change } = next
  elements.name.textContent = name
  elements.facts.textContent = `${kind}, version ${version}`
  elements.open.hidden = page === undefined
  elements.code.value = code
  elements.code.readOnly = kind === "song"
  elements.save.hidden = kind === "song"
  elements.revert.hidden = kind === "song"
  elements.codePart.hidden = false
  elements.play.disabled = false
  elements.change.hidden = change === undefined
  if (change) {
    const { from, to, diff } = change
    elements.changeTitle.textContent = `What changed from version ${from} to ${to}`
    elements.diff.replaceChildren(...diffLines(diff))
    elements.keep.textContent = `Keep version ${to}`
    elements.back.textContent = `Go back to version ${from}`
  }
  elements.playBefore.hidden = kind === "song"
  elements.playAfter.hidden = kind === "song"
  drawEditing()
  elements.main?.setAttribute("aria-busy", "false")
  showState("")
  const played = await sound.analyse(code)
  if (elements.picture) drawPicture(elements.picture, played)
}

async function show(wanted: Wanted): Promise<void> {
  const turn = ++asked
  showState("Reading…")
  const next = await readShown(app, wanted)
  if (turn === asked) await draw(next)
}

/** Shows a clip or song as it is, after something was stored. */
async function showStored(uri: string, words: string): Promise<void> {
  await show({ uri, compared: undefined })
  showState(words)
}

/** Brings a former version back. */
async function goBack(current: Shown, former: number): Promise<void> {
  const version = await restore(app, current, former)
  await showStored(current.uri, `It is as in version ${former} again, as version ${version}.`).finally(() =>
    sendToModel(`The person chose version ${former} of ${current.uri}: it is version ${version} now.`),
  )
}

onPress(elements.play, async () => {
  if (isPlaying) await sound.stop()
  else if (shown) await sound.play(elements.code.value)
})
onPress(elements.playBefore, async () => {
  if (shown?.change) await sound.play(await readVersion(app, shown, shown.change.from))
})
onPress(elements.playAfter, async () => {
  if (shown?.change) await sound.play(await readVersion(app, shown, shown.change.to))
})
onPress(elements.keep, async () => {
  if (!shown?.change) return
  const { uri, version, change } = shown
  if (change.to !== version) return goBack(shown, change.to)
  showState(`Version ${version} is kept.`)
  sendToModel(`The person listened to ${uri} and keeps version ${version}.`)
})
onPress(elements.back, async () => {
  if (shown?.change) await goBack(shown, shown.change.from)
})
onPress(elements.save, async () => {
  if (!shown) return
  const { uri } = shown
  const code = elements.code.value
  // What is typed while it is stored would be lost when the stored code is shown.
  elements.code.readOnly = true
  try {
    const version = await saveCode(app, shown, code)
    await showStored(uri, `Stored as version ${version}.`).finally(() =>
      sendToModel(`The person changed ${uri}: it is version ${version} now.\n\n${code}`),
    )
  } finally {
    elements.code.readOnly = shown.kind === "song"
  }
})
onPress(elements.revert, async () => {
  if (shown) elements.code.value = shown.code
})
onPress(elements.open, async () => {
  if (shown?.page) await app.openLink({ url: shown.page })
})
elements.code.addEventListener("input", drawEditing)
elements.code.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey)) return
  if (event.key !== "Enter" && event.key !== "s") return
  event.preventDefault()
  if (event.key === "s") elements.save.click()
  else sound.play(elements.code.value).catch(reportFailure)
})

app.ontoolresult = (answer) => {
  const wanted = wantedIn(answer)
  if (answer.isError || wanted === undefined) {
    elements.main?.setAttribute("aria-busy", "false")
    showState(answer.isError ? "" : "This answer is nothing to play.")
    showProblem(answer.isError ? wordsOf(answer) : "")
    return
  }
  showProblem("")
  show(wanted).catch(reportFailure)
}
app.ontoolcancelled = () => showState("It was cancelled.")
app.onhostcontextchanged = (context) => applyHostContext(context)
app.onteardown = async () => {
  await sound.close()
  return {}
}

function applyHostContext({ theme, styles }: ReturnType<App["getHostContext"]> & object): void {
  if (theme) applyDocumentTheme(theme)
  if (styles?.variables) applyHostStyleVariables(styles.variables)
}

await app.connect()
const context = app.getHostContext()
if (context) applyHostContext(context)

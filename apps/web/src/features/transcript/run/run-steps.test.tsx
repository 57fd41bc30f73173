import { renderToStaticMarkup } from "react-dom/server"
import { expect, it } from "vitest"
import { RunSteps } from "./run-steps.tsx"

const said = (code: string) => ({ type: "text" as const, text: `So:\n\n\`\`\`js\n${code}\n\`\`\`` })

it("tells code of one step from that of another", () => {
  const codeTools = (code: string, place: number, step: number) => <b>{`${step}.${place} ${code}`}</b>
  const steps = [said("bd"), { type: "wait" as const, words: "It is busy" }, said("sd\n```\n\n```js\nhh")]
  const drawn = renderToStaticMarkup(<RunSteps steps={steps} running={false} base={undefined} codeTools={codeTools} />)
  expect([...drawn.matchAll(/<b>(.*?)<\/b>/g)].map(([, tools]) => tools)).toEqual(["0.0 bd", "2.0 sd", "2.1 hh"])
})

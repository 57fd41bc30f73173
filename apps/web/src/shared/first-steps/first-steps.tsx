"use client"

import type { ReactNode } from "react"
import { ImportButton } from "#shared/import-request/import-button.tsx"
import { PlayCode } from "#shared/playback/play-code.tsx"
import { Button } from "#shared/ui/button.tsx"
import { CodeBlock } from "#shared/ui/code-block.tsx"
import { AgentExamples } from "./agent-examples.tsx"
import { closeFirstSteps, useFirstStepsClosed } from "./closed-steps.ts"
import { Example } from "./example.tsx"
import { firstBeat, importCommand } from "./examples.ts"
import { useOwnAddress } from "./own-address.ts"

const Step = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="flex min-w-0 flex-col gap-3 rounded-card border border-line bg-panel p-4 md:p-5">
    <h3 className="font-semibold">{title}</h3>
    {children}
  </section>
)

/** How to hear something, how to bring work, and how to have an agent; nothing once somebody has closed it. */
export function FirstSteps() {
  const address = useOwnAddress()
  // They stand at the end of a page: what comes in there moves nothing.
  if (useFirstStepsClosed() !== false) return null
  return (
    <section aria-label="First steps" className="flex flex-col gap-4">
      <div className="flex items-center justify-between gap-4">
        <h2 className="text-sm font-semibold">First steps</h2>
        <Button onClick={closeFirstSteps}>Close, and show them no more</Button>
      </div>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <Step title="Hear something">
            <p className="text-sm text-soft">A press plays this beat; the bar below stops it.</p>
            <div className="flex items-start gap-3">
              <PlayCode written={{ code: firstBeat, name: "A first beat", id: "first-beat", projectId: "" }} />
              <div className="min-w-0 flex-1">
                <CodeBlock code={firstBeat} label="A first beat" />
              </div>
            </div>
          </Step>
          <Step title="Bring your work">
            <p className="text-sm text-soft">
              Drop files of Strudel code, project folders, transcripts of agents, or what strudel.cc exports anywhere on
              this page; or choose them.
            </p>
            <div className="flex flex-wrap gap-2">
              <ImportButton words="Import files" />
              <ImportButton what="folder" words="Import a folder" />
            </div>
            <Example
              label="For years of it: the command line, in the product’s folder"
              what="the command that imports"
              text={importCommand(address)}
            />
          </Step>
        </div>
        <Step title="Connect an agent">
          <AgentExamples />
        </Step>
      </div>
    </section>
  )
}

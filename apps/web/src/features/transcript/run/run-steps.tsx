"use client"

import type { RunStep } from "@strudel-agent/contract/run/step"
import { CheckIcon, HourglassIcon, LoaderCircleIcon, TriangleAlertIcon } from "lucide-react"
import { memo, type ReactNode, useCallback } from "react"
import { LongMarkdown } from "#shared/markdown/long-markdown.tsx"
import { Disclosure } from "#shared/ui/disclosure.tsx"
import type { LinkBase } from "#shared/url-state/item-link.ts"

type Step<Type extends RunStep["type"]> = Extract<RunStep, { type: Type }>

const line = "flex min-w-0 flex-wrap items-center gap-x-2 text-xs text-soft [&>svg]:size-3.5 [&>svg]:shrink-0"

const Written = ({ text, label }: { text: string; label: string }) => (
  // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, and a section would be one landmark of too many.
  <div
    role="group"
    aria-label={label}
    // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it with the arrow keys.
    tabIndex={0}
    className="max-h-72 overflow-y-auto overscroll-contain rounded-md border border-line bg-panel px-3 py-2 text-[0.8125rem]/[1.55] whitespace-pre-wrap text-soft -outline-offset-2 [overflow-wrap:anywhere]"
  >
    {text}
  </div>
)

function Call({ step: { title, tool, result }, running }: { step: Step<"call">; running: boolean }) {
  const words = result ? (result.ok ? "done" : "failed") : running ? "at work" : "not finished"
  const sign = result?.ok ? (
    <CheckIcon aria-hidden="true" className="text-added" />
  ) : result || !running ? (
    <TriangleAlertIcon aria-hidden="true" className={result ? "text-danger" : "text-faint"} />
  ) : (
    <LoaderCircleIcon aria-hidden="true" className="animate-spin text-accent" />
  )
  const name = (
    <span className="min-w-0 truncate" title={tool}>
      <span className="text-ink">{title}</span>
      <span className={result?.ok ? "sr-only" : result ? "text-danger" : "text-faint"}> · {words}</span>
    </span>
  )
  return (
    <div className={line} data-call={words}>
      {sign}
      {result && result.text.trim() !== "" ? (
        <Disclosure label={name}>
          <Written text={result.text} label={`What came of: ${title}`} />
        </Disclosure>
      ) : (
        name
      )}
    </div>
  )
}

const Reasoning = ({ text, running }: { text: string; running: boolean }) => (
  <div className={line}>
    <Disclosure label={running ? "Thinking…" : "Thought about it"}>
      <Written text={text} label="What the agent thought" />
    </Disclosure>
  </div>
)

/** Draws what can be done with a block of code, by its place among those of a step and the place of the step. */
type CodeTools = (code: string, place: number, step: number) => ReactNode

const WrittenText = memo(function WrittenText({
  text,
  place,
  growing,
  base,
  codeTools,
}: {
  text: string
  place: number
  growing: boolean
  base: LinkBase | undefined
  codeTools: CodeTools | undefined
}) {
  const tools = useCallback((code: string, block: number) => codeTools?.(code, block, place), [codeTools, place])
  if (text.trim() === "") return null
  return (
    <div className={growing ? "growing" : undefined}>
      <LongMarkdown text={text} base={base} codeTools={codeTools && tools} />
    </div>
  )
})

interface StepsProps {
  steps: RunStep[]
  /** Whether more is to come. */
  running: boolean
  base: LinkBase | undefined
  codeTools?: CodeTools | undefined
  /** What stands below a call of a tool. */
  afterCall?: ((callId: string) => ReactNode) | undefined
}

type StepProps = Omit<StepsProps, "steps"> & {
  step: RunStep
  /** Its place among the steps. */
  place: number
  /** Whether it is what the run is at. */
  isLast: boolean
}

function StepView({ step, place, running, isLast, base, codeTools, afterCall }: StepProps) {
  switch (step.type) {
    case "text":
      return <WrittenText text={step.text} place={place} growing={isLast} base={base} codeTools={codeTools} />
    case "reasoning":
      return <Reasoning text={step.text} running={isLast} />
    case "wait":
      return (
        <p className={line}>
          <HourglassIcon aria-hidden="true" className={isLast ? "animate-shimmer text-accent" : "text-faint"} />
          <span className="min-w-0 flex-1">{step.words}</span>
        </p>
      )
    case "call":
      return (
        <div className="flex min-w-0 flex-col gap-2">
          <Call step={step} running={running} />
          {afterCall?.(step.callId)}
        </div>
      )
  }
}

/** What a run said, thought and did, in order. */
export const RunSteps = ({ steps, ...rest }: StepsProps) =>
  steps.map((step, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a run never change places.
    <StepView key={place} step={step} place={place} isLast={rest.running && place === steps.length - 1} {...rest} />
  ))

"use client"

import { CircleAlertIcon, InfoIcon, TriangleAlertIcon } from "lucide-react"
import { countInWords, type Finding } from "./findings.ts"

const icons = { error: CircleAlertIcon, warning: TriangleAlertIcon, info: InfoIcon } as const
const inks = { error: "text-danger", warning: "text-accent", info: "text-soft" } as const

/** What is wrong with the code, each with a way to its line. */
export function FindingsList({ findings, onGo }: { findings: Finding[]; onGo: (finding: Finding) => void }) {
  return (
    <>
      <p role="status" className="sr-only">
        {findings.length > 0 ? `In the code: ${countInWords(findings)}` : ""}
      </p>
      {findings.length > 0 && (
        <ul aria-label="Problems in the code" className="mt-2 flex flex-col gap-0.5 text-sm">
          {findings.map((finding) => {
            const { severity, message, line } = finding
            const Icon = icons[severity]
            const text = (
              <>
                <Icon className={`mt-0.5 size-4 shrink-0 ${inks[severity]}`} aria-hidden="true" />
                <span className="sr-only">{severity}: </span>
                <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{message}</span>
                {line !== null && <span className="shrink-0 font-mono text-xs/5 text-soft">line {line}</span>}
              </>
            )
            const shape = "flex w-full items-start gap-2 rounded-md px-2 py-1 text-left"
            return (
              <li key={`${line} ${message}`}>
                {line === null ? (
                  <p className={shape}>{text}</p>
                ) : (
                  <button type="button" onClick={() => onGo(finding)} className={`${shape} hover:bg-raised`}>
                    {text}
                  </button>
                )}
              </li>
            )
          })}
        </ul>
      )}
    </>
  )
}

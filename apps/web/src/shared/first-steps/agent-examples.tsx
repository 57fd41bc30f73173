"use client"

import { Example } from "./example.tsx"
import { createExample, listenExample, mcpCommand, mcpSettings, mcpWords, talkExample } from "./examples.ts"
import { useNewSessionId, useOwnAddress } from "./own-address.ts"

/** How an agent is connected: to the session that is there, or to one of its own. */
export function AgentExamples({ sessionId }: { sessionId?: string }) {
  const address = useOwnAddress()
  const newId = useNewSessionId()
  const id = sessionId ?? newId
  return (
    <div className="flex flex-col gap-4">
      <Example label="By MCP: in Claude Code" what="the command that connects Claude Code" text={mcpCommand(address)} />
      <Example
        label="By MCP: in the settings of other assistants"
        what="the settings that connect an assistant"
        text={mcpSettings(address)}
      />
      {sessionId !== undefined && (
        <Example label="Then tell it" what="the words that tell it" text={mcpWords(sessionId)} />
      )}
      <h3 className="text-sm font-semibold">From a program of your own</h3>
      {sessionId === undefined && (
        <Example label="Start a session" what="the command that starts a session" text={createExample(address, id)} />
      )}
      <Example
        label="Say something in it, and read it"
        what="the commands that write and read"
        text={talkExample(address, id)}
      />
      <Example label="Listen to it, as it comes" what="the command that listens" text={listenExample(address, id)} />
      <p className="text-sm text-soft">
        From TypeScript, the typed client does all of this and loses nothing: see “Let an agent write” in the README.{" "}
        <a href="/api/docs" className="text-accent underline underline-offset-4">
          The whole interface
        </a>
        . Where the server asks for a token, add{" "}
        <code className="font-mono text-xs">-H "authorization: Bearer $STRUDEL_TOKEN"</code>.
      </p>
    </div>
  )
}

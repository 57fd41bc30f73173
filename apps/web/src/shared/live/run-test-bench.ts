import type { Run } from "@strudel-agent/contract/run"

/** A run that has begun, but for what a test says of it. */
export const makeRun = (change: Partial<Run> = {}): Run => ({
  sessionId: "00000000-0000-4000-8000-000000000000",
  number: 1,
  state: "running",
  askedIndex: 0,
  continues: false,
  messageIndex: null,
  provider: null,
  model: null,
  promptHash: null,
  toolsHash: null,
  inputTokens: 0,
  cachedTokens: 0,
  outputTokens: 0,
  cost: null,
  failure: null,
  stoppedBy: null,
  revision: 1,
  changesRevision: 0,
  createdAt: "2026-01-01T00:00:00.000Z",
  begunAt: null,
  endedAt: null,
  ...change,
})

"use client"

import type { AgentStatus } from "@strudel-agent/contract/run/agent-settings"
import { api } from "#shared/api/trpc.ts"

/** Milliseconds between two looks. */
const period = 5000

/** What this installation's agent is able to; undefined until that is known. */
export const useAgentStatus = (): AgentStatus | undefined =>
  api.agent.status.useQuery(undefined, { refetchInterval: period, staleTime: period, retry: false }).data

/** Whether that agent has a model to ask. */
export const canAnswer = (status: AgentStatus | undefined): boolean =>
  status !== undefined && status.provider !== null && status.problem === null

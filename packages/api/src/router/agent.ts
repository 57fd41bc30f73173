import {
  AgentModelList,
  AgentModels,
  AgentSettings,
  AgentSettingsSave,
  AgentStatus,
  AgentTested,
} from "@strudel-agent/contract/run/agent-settings"
import type { TRPCRouterRecord } from "@trpc/server"
import type { AgentPort } from "../agent-port.ts"
import type { Context } from "../context.ts"
import { ApiError } from "../errors.ts"
import { reader, writer } from "../trpc.ts"

/** Milliseconds after its last question for work for which a process is taken to be there. */
const presence = 10_000

function portOf({ agent }: Context): AgentPort {
  if (!agent) throw new ApiError("AGENT_NOT_KEPT")
  return agent
}

export const agentRouter = {
  /** The settings without their keys. */
  settings: reader.output(AgentSettings).query(({ ctx }) => portOf(ctx).settings()),

  /** Changes what is given; the answer has no key in it either. */
  saveSettings: writer
    .input(AgentSettingsSave)
    .output(AgentSettings)
    .mutation(({ ctx, input }) => portOf(ctx).save(input)),

  /** The models that a provider has. */
  models: reader
    .input(AgentModelList)
    .output(AgentModels)
    .query(({ ctx, input, signal }) => portOf(ctx).models(input.provider, signal)),

  /** Asks the chosen model for one word, which it may charge for. */
  test: reader.output(AgentTested).mutation(({ ctx }) => portOf(ctx).test()),

  /** Whether a message can be answered. */
  status: reader.output(AgentStatus).query(async ({ ctx }) => {
    const port = portOf(ctx)
    const { provider, model, problem } = await port.settings()
    const lastAsked = port.lastAsked()
    const isWorking = lastAsked !== null && Date.now() - lastAsked.getTime() <= presence
    return { provider, model, problem, isWorking, lastAsked }
  }),
} satisfies TRPCRouterRecord

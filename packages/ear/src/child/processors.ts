import type { WorkletScope } from "@strudel-agent/sandbox/loudspeakers"
import { registerConvolver } from "./convolver.ts"
import { isSaws, steadySupersaw } from "./supersaw.ts"

/** Registers the ear's own processors, and has those of superdough that come after them be faster ones where there are. */
export function registerProcessors(scope: WorkletScope): void {
  registerConvolver(scope)
  const register = scope.registerProcessor.bind(scope)
  scope.registerProcessor = (name, processor) =>
    register(name, name === "supersaw-oscillator" && isSaws(processor) ? steadySupersaw(processor, scope) : processor)
}

import type { CodeChanges } from "@strudel-agent/contract/message"

/** Whether a message changed code: none of what is told may be empty. */
export const changesCode = ({ codeChanges }: { codeChanges?: CodeChanges | undefined }): boolean =>
  Array.isArray(codeChanges) ? codeChanges.length > 0 : Object.keys(codeChanges ?? {}).length > 0

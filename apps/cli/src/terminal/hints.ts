import type { ReportHints } from "@strudel-agent/importer/report-line"

/** The options that tell or do what a report of the command line leaves out. */
export const hints: ReportHints = {
  kept: "--verbose says which.",
  ignored: "--verbose says what and why.",
  remarks: "--json has them all.",
  putInto: (id) => `--id ${id} puts it into that one instead.`,
  branches: "--branches all stores each as a session of its own.",
}

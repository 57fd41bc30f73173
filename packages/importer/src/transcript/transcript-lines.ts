import { count } from "../count.ts"
import { printableLine } from "../printable.ts"
import type { ReportHints } from "../report-line.ts"
import type { ConversationsReport } from "./import-file.ts"
import {
  type BranchReport,
  leftOutInWords,
  type Remark,
  type ReportedKinship,
  type StoredReport,
  type TranscriptReport,
} from "./transcript-report.ts"

type Hints = ReportHints | undefined

export interface ConversationsLook {
  /** Whether the file held several talks. */
  several: boolean
  /** What is told of a conversation that failed. */
  tell: (error: unknown) => string
  hints?: Hints
}

const rest = (hints: Hints): string => (hints ? `; ${hints.remarks}` : ".")

/** Remarks of each kind that are told to people. */
const mostLines = 20
/** Characters of a branch's first words. */
const mostWords = 80

const quoted = (text: string): string => `«${printableLine(text)}»`

const imported = ({ counts: { appended, alreadyThere } }: StoredReport, dryRun: boolean): string =>
  `${count(appended, "message")} ${dryRun ? "would be imported" : "imported"}, ${alreadyThere.toLocaleString("en-US")} already there`

/** Why a conversation is a session of its own. */
function kinshipInWords(kinship: ReportedKinship, { messages }: StoredReport["counts"], hints: Hints): string {
  const other = `${quoted(kinship.name)} (session ${kinship.id})`
  const alike = (common: number) =>
    common < messages
      ? `It begins like ${other}, but says something else from message ${common + 1} on: a session of its own`
      : `It says the same as ${other} so far, but is another conversation: a session of its own`
  switch (kinship.kind) {
    case "fork":
      return `${alike(kinship.messageIndex + 1)}, as a fork of that one.${hints ? ` ${hints.putInto(kinship.id)}` : ""}`
    case "alike":
      return `${alike(kinship.common)}.`
    case "namesake":
      return `It has the same id as ${other}, but begins with something else: a session of its own.`
  }
}

const timesInWords: Record<StoredReport["times"], string[]> = {
  talk: [],
  file: ["The transcript says no times: its messages have that of the file."],
  import: ["The transcript says no times: its messages have that of this import."],
}

/** What is told of a conversation or a branch below its first lines. */
function detailsOf(report: StoredReport, hints: Hints): string[] {
  const { session, counts, kinship, forks, times, failed, dropped, moved } = report
  const remark = (said: string) => (each: Remark) => `Message ${each.place} ${said}${each.why}.`
  const remarks = [...failed.map(remark("")), ...moved.map(remark("")), ...dropped.map(remark("lost a part: "))]
  return [
    ...(kinship ? [kinshipInWords(kinship, counts, hints)] : []),
    ...forks.map(({ name, id }) => `${quoted(name)} (session ${id}) is a fork of it, which is noted there.`),
    ...(counts.others > 0
      ? [`The session has ${count(counts.others, "message")} that the transcript does not have.`]
      : []),
    ...(session.created ? timesInWords[times] : []),
    ...inShort(remarks, hints),
  ]
}

const inShort = (remarks: string[], hints: Hints): string[] =>
  remarks.length > mostLines
    ? [...remarks.slice(0, mostLines), `… ${remarks.length - mostLines} more remarks${rest(hints)}`]
    : remarks

const sessionInWords = ({ session: { id, created } }: StoredReport): string =>
  `(session ${id}${created ? "" : ", which was there"})`

function branchInLines(
  { firstWords, leavesAfter, messages, stored }: BranchReport,
  dryRun: boolean,
  hints: Hints,
): string[] {
  const words = firstWords.length > mostWords ? `${firstWords.slice(0, mostWords - 1).toWellFormed()}…` : firstWords
  const where = leavesAfter === 0 ? "from the beginning" : `after message ${leavesAfter}`
  const left = `${where}, ${quoted(words)}: ${count(messages, "message")}`
  if (!stored) return [`  ${left}`]
  return [
    `  ${left}, ${sessionInWords(stored)}`,
    `    ${imported(stored, dryRun)}`,
    ...detailsOf(stored, hints).map((line) => `    ${line}`),
  ]
}

function branchesInLines({ branches, dryRun }: TranscriptReport, hints: Hints): string[] {
  if (branches.length === 0) return []
  const [first] = branches
  return [
    `${count(branches.length, "branch", "branches")} that the conversation left:`,
    ...branches.slice(0, mostLines).flatMap((branch) => branchInLines(branch, dryRun, hints)),
    ...(branches.length > mostLines ? [`  … ${branches.length - mostLines} more${rest(hints)}`] : []),
    ...(first?.stored || !hints ? [] : [`  ${hints.branches}`]),
  ]
}

/** The report of one conversation for people. */
function conversationInLines(report: TranscriptReport, hints: Hints): string[] {
  const { session, leftOut, warnings, dryRun } = report
  const details = [
    imported(report, dryRun),
    ...detailsOf(report, hints),
    ...(leftOut.length > 0 ? [`Left out: ${leftOutInWords(leftOut)}.`] : []),
    ...inShort(
      warnings.map(({ message }) => `${printableLine(message)}.`),
      hints,
    ),
    ...branchesInLines(report, hints),
  ]
  return [`${printableLine(session.name)} ${sessionInWords(report)}`, ...details.map((line) => `  ${line}`)]
}

const isQuiet = ({ session, counts, failed, interrupted, branches }: TranscriptReport): boolean =>
  !session.created &&
  counts.appended === 0 &&
  failed.length === 0 &&
  !interrupted &&
  branches.every(({ stored }) => !stored || (!stored.session.created && stored.counts.appended === 0))

/** The report of a file with several conversations for people: each to which something happened, and how many there are. */
function severalInLines(
  { conversations, failed, empty }: ConversationsReport,
  { tell, hints }: ConversationsLook,
): string[] {
  const fresh = conversations.filter(({ session }) => session.created).length
  const appended = conversations.reduce((sum, { counts }) => sum + counts.appended, 0)
  const parts = [
    `${fresh.toLocaleString("en-US")} new`,
    `${(conversations.length - fresh).toLocaleString("en-US")} that were there`,
    count(appended, "message"),
    ...(empty > 0 ? [`${empty.toLocaleString("en-US")} without a message`] : []),
    ...(failed.length > 0 ? [`${failed.length.toLocaleString("en-US")} failed`] : []),
  ]
  return [
    ...conversations
      .filter((conversation) => !isQuiet(conversation))
      .flatMap((conversation) => conversationInLines(conversation, hints)),
    ...failed.map(({ name, error }) => `${quoted(name)} was not imported as a whole: ${printableLine(tell(error))}`),
    `${count(conversations.length + failed.length + empty, "conversation")}: ${parts.join(", ")}.`,
  ]
}

/** The report of a file for people. */
export function conversationsInLines(file: ConversationsReport, look: ConversationsLook): string[] {
  const isDry = file.conversations.some(({ dryRun }) => dryRun)
  return [
    ...(look.several
      ? severalInLines(file, look)
      : file.conversations.flatMap((conversation) => conversationInLines(conversation, look.hints))),
    ...(isDry ? ["This was a dry run: nothing was changed."] : []),
  ]
}

/** What is edited of something that is stored in versions: `S` as it is stored, `D` as it is typed. */
export interface DraftKind<S, D> {
  /** A stored version as it is typed on; `former` is what was typed before. */
  draftOf(stored: S, former?: D): D
  /** Whether a draft that began from `base` would be stored as what `stored` is. */
  isSame(draft: D, stored: S, base: S): boolean
  isNewer(one: S, other: S): boolean
}

/** How the last save went, and what became of it. */
export type Phase =
  | { kind: "rest" }
  | { kind: "saving" }
  /** Another version was stored meanwhile that does not fit the draft. */
  | { kind: "conflict" }
  /** What was typed is not right. */
  | { kind: "refused"; text: string }
  /** It did not reach the database; `again` where another try by itself makes sense, as when offline. */
  | { kind: "failed"; error: unknown; text: string; again: boolean }

export interface Versioned<S, D> {
  /** The version that the draft began from. */
  base: S
  /** The newest version that is known. */
  newest: S
  draft: D
}

export interface DraftState<S, D> extends Versioned<S, D> {
  phase: Phase
}

/** The steps of a draft of one kind: from a state to the next, without any effect. */
export function draftSteps<S, D>(kind: DraftKind<S, D>) {
  type Drafted = Versioned<S, D>

  const begin = (stored: S, former?: D): Drafted => ({
    base: stored,
    newest: stored,
    draft: kind.draftOf(stored, former),
  })

  const isDirty = ({ base, draft }: Pick<Drafted, "base" | "draft">): boolean => !kind.isSame(draft, base, base)

  /** Whether somebody else has stored a version since the draft began. */
  const isBehind = ({ base, newest }: Drafted): boolean => kind.isNewer(newest, base)

  /** Remembers that a version is there. */
  const note = (drafted: Drafted, stored: S): Drafted =>
    kind.isNewer(stored, drafted.newest) ? { ...drafted, newest: stored } : drafted

  /** Hears of a stored version: takes it over where nothing would be lost, else remembers that it is there. */
  function meet(drafted: Drafted, stored: S): Drafted {
    const noted = note(drafted, stored)
    const { base, newest, draft } = noted
    if (!isBehind(noted)) return noted
    const isKnown = !isDirty(noted) || kind.isSame(draft, newest, base)
    return isKnown ? begin(newest, draft) : noted
  }

  /** Takes note that a draft was stored; what was typed since stays. */
  function settle(drafted: Drafted, stored: S): Drafted {
    const { draft } = drafted
    const { newest } = note(drafted, stored)
    return kind.isSame(draft, stored, stored) ? begin(newest, draft) : { base: stored, newest, draft }
  }

  /** Takes note of what was stored of a draft that was `sent`: that, or what was merged of it and of theirs. */
  function settleMerged(drafted: Drafted, stored: S, sent: D): Drafted {
    if (kind.isSame(sent, stored, stored)) return settle(drafted, stored)
    const noted = note(drafted, stored)
    return drafted.draft === sent ? begin(noted.newest, sent) : noted
  }

  return { begin, isDirty, isBehind, note, meet, settle, settleMerged }
}

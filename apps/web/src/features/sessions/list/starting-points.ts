/** Something to ask an agent for first. */
export interface StartingPoint {
  id: string
  label: string
  /** What is said, in the project of this id, empty for none. */
  words: (projectId: string) => string
}

const inProject = (projectId: string): string => (projectId === "" ? "" : ` Put it into the project ${projectId}.`)

/** What a new session can begin with, apart from nothing. */
export const startingPoints: readonly StartingPoint[] = [
  {
    id: "beat",
    label: "A beat to dance to",
    words: (projectId) =>
      `Make a clip with a kick on every beat, an open hat between them and a clap on two and four, at 124 bpm.${inProject(projectId)}`,
  },
  {
    id: "bass",
    label: "A bass line and its drums",
    words: (projectId) =>
      `Make two clips that fit together at 110 bpm: a dry drum loop, and a round bass line in C minor.${inProject(projectId)}`,
  },
  {
    id: "ambient",
    label: "Something slow and wide",
    words: (projectId) =>
      `Make a quiet clip of slow chords with a long room around them, and one voice that wanders above.${inProject(projectId)}`,
  },
  {
    id: "song",
    label: "A short song",
    words: (projectId) =>
      `Make a song of three clips: a beginning, a middle that grows, and an end. Keep the same tempo and key.${inProject(projectId)}`,
  },
  {
    id: "review",
    label: "What could be better",
    words: (projectId) =>
      projectId === ""
        ? "Look through my library and tell me three things that would make it better. Change nothing yet."
        : `Look through the project ${projectId} and tell me three things that would make it better. Change nothing yet.`,
  },
]

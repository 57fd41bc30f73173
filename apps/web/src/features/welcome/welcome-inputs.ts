/** What the samples bring into an empty library: their projects and sessions by id, and how many clips. */
export const samples = {
  projects: ["acid", "house", "slipstream", "tidepool"],
  sessions: [
    "01a14ad0-5a38-7464-84f7-bd884ed06642",
    "01a17c1d-c058-734d-9b7e-1980b349c585",
    "01a1a31b-b340-725e-a0ea-4a83b5a50a9e",
    "01a1c6ab-c7c8-7ea2-b551-3540a84579d5",
  ],
  clips: 30,
}

/** What tells whether a library is new: where there are more rows than samples, one of those that come is none. */
export const newLibrary = {
  sessions: { limit: samples.sessions.length + 1, preview: false },
  projects: { limit: samples.projects.length + 1 },
} as const

/** What is offered to be heard: the clips that were last changed. */
export const clipsToHear = { limit: 6 } as const

/**
 * Whether a library holds nothing but samples, and nobody has asked for an answer in one of their sessions, which are
 * answered by nobody.
 */
export const isNewLibrary = (
  sessions: readonly { id: string; answeredBy: string }[],
  projects: readonly { id: string; clipCount: number }[],
): boolean =>
  sessions.every(({ id, answeredBy }) => answeredBy === "none" && samples.sessions.includes(id)) &&
  projects.every(({ id }) => samples.projects.includes(id)) &&
  projects.reduce((sum, { clipCount }) => sum + clipCount, 0) <= samples.clips

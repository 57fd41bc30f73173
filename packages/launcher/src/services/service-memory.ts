/** What keeps a service small in memory; docs/performance.md says why. */
export const serviceMemory = {
  flags: {
    agent: ["--max-semi-space-size=2"],
    server: ["--max-semi-space-size=16"],
    web: ["--max-semi-space-size=4"],
  },
  environment: {
    MALLOC_ARENA_MAX: "1",
    MALLOC_TRIM_THRESHOLD_: "131072",
    MALLOC_MMAP_THRESHOLD_: "131072",
  },
}

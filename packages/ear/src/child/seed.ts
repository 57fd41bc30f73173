import { mulberry32 } from "@strudel-agent/strudel/seeded-random"

// Noise and phases are the same each time, so that the same code has the same figures.
Math.random = mulberry32(1)

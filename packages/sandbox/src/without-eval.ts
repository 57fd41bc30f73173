import { config } from "zod"

// Pages allow no eval, and zod would try it for speed. Imported before any schema is made.
config({ jitless: true })

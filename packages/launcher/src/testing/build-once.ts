import { launcherFile } from "../project.ts"

/** A global setup of vitest: tests start the launcher, and what it runs, as they lie in `dist`. */
export default async function setup(): Promise<void> {
  const { bundle, isBundled } = await import("../../bootstrap/bundle.mjs")
  if (!isBundled()) await bundle(launcherFile("."))
}

import { rmSync } from "node:fs"

/** Removes the data of the product under test, after it was stopped. */
export default function removeData(): void {
  const dir = process.env.E2E_DATA_DIR
  if (dir) rmSync(dir, { recursive: true, force: true })
}

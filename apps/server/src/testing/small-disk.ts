import { spawnSync } from "node:child_process"
import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** A disk of its own for a test, in memory. */
export interface SmallDisk {
  folder: string
  /** Takes all the room that is left. */
  fill(): void
  /** Gives it back. */
  free(): void
  /** Takes the disk away, with all that is on it. */
  remove(): void
}

/** Makes a disk of so many megabytes; undefined where this user or this machine does not let anybody. */
export function makeSmallDisk(megabytes: number): SmallDisk | undefined {
  const folder = mkdtempSync(join(tmpdir(), "small-disk-"))
  const options = ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=711`]
  if (spawnSync("mount", [...options, "tmpfs", folder], { stdio: "ignore" }).status !== 0) {
    rmSync(folder, { recursive: true })
    return undefined
  }
  chmodSync(folder, 0o711)
  const filling = join(folder, "filling")
  return {
    folder,
    fill() {
      const file = openSync(filling, "w")
      try {
        for (const bytes = Buffer.alloc(64 * 1024); writeSync(file, bytes) === bytes.length; );
      } catch {
        // It is full.
      } finally {
        closeSync(file)
      }
    },
    free: () => rmSync(filling),
    remove() {
      spawnSync("umount", ["-l", folder], { stdio: "ignore" })
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

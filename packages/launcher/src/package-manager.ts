import { npm } from "../bootstrap/npm.mjs"
import { packageManager } from "./project.ts"

/** A program and its arguments. */
export type Command = [program: string, ...args: string[]]

/**
 * Returns the command that runs a shell command with the project's package manager and the root's programs on its
 * path. npm fetches the package manager at its exact version and keeps it in its cache.
 */
export function withPackageManager(command: string): Command {
  return withPackages([packageManager()], "-c", command)
}

/** Returns the command that runs a program of packages which npm fetches and keeps in its cache. */
export function withPackages(packages: string[], ...command: string[]): Command {
  return [...npm(), "exec", "--yes", "--loglevel=error", ...packages.map((name) => `--package=${name}`), ...command]
}

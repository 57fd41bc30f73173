import { endWhenAsked } from "../ending.ts"
import { type App, outputs, prepare } from "../prepare.ts"
import { Refusal } from "../refusal.ts"
import { say } from "../say.ts"

const apps = Object.keys(outputs).filter(isApp)

/** `npm run build`: installs the packages and builds the apps, or those of them that are named behind `--`. */
export async function run(names: string[]): Promise<number> {
  endWhenAsked(130)
  if (!names.every(isApp)) throw new Refusal(`Usage: npm run build [-- ${apps.map((app) => `[${app}]`).join(" ")}]`)
  await prepare({ apps: names.length > 0 ? names.filter(isApp) : apps, say })
  return 0
}

function isApp(name: string): name is App {
  return Object.hasOwn(outputs, name)
}

import type { Metadata } from "next"
import { Prefetched } from "#shared/api/prefetched.tsx"
import { SettingsView } from "../islands.tsx"

export const metadata: Metadata = { title: "Settings" }

export default function Settings() {
  return <Prefetched load={({ api }) => api.agent.settings.fetch()} draw={(state) => <SettingsView state={state} />} />
}

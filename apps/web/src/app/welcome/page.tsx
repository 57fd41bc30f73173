import type { Metadata } from "next"
import { WelcomePage } from "../welcome-page.tsx"

export const metadata: Metadata = { title: "Welcome" }

export default function WelcomeRoute() {
  return <WelcomePage />
}

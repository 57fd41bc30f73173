import { clipsToHear } from "#features/welcome/welcome-inputs.ts"
import { Prefetched } from "#shared/api/prefetched.tsx"
import { Welcome } from "./islands.tsx"

/** What a newcomer meets first, with whether there is a model to ask and what there is to hear. */
export const WelcomePage = () => (
  <Prefetched
    load={({ api }) => Promise.all([api.agent.status.prefetch(), api.clip.list.prefetch(clipsToHear)])}
    draw={(state) => <Welcome state={state} />}
  />
)

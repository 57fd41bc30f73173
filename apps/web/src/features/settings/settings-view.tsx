"use client"

import { api } from "#shared/api/trpc.ts"
import { FailedQuery } from "#shared/ui/failed-query.tsx"
import { Page, PageTitle, Part } from "#shared/ui/page.tsx"
import { Loading, SkeletonBlock } from "#shared/ui/skeleton.tsx"
import { Costs } from "./costs.tsx"
import { LimitsForm } from "./limits-form.tsx"
import { ModelForm } from "./model-form.tsx"
import { PriceForm } from "./price-form.tsx"
import { TestModel } from "./test-model.tsx"

function SettingsSkeleton() {
  return (
    <>
      <Loading what="settings" />
      <SkeletonBlock className="h-64 w-full max-w-2xl" />
      <SkeletonBlock className="h-24 w-full max-w-2xl" />
    </>
  )
}

function AgentSettings() {
  const query = api.agent.settings.useQuery()
  const { data: settings } = query
  if (!settings) return query.error ? <FailedQuery query={query} /> : <SettingsSkeleton />
  return (
    <>
      <Part title="Model">
        <ModelForm key={`${settings.provider}:${settings.model}`} settings={settings} />
        <TestModel settings={settings} />
      </Part>
      <Part title="Limits" note="US dollars; empty for none">
        <LimitsForm limits={settings.limits} />
      </Part>
      {settings.provider !== null && settings.model !== null && (
        <Part title="Price" note={settings.model}>
          <PriceForm
            key={`${settings.provider}:${settings.model}`}
            provider={settings.provider}
            model={settings.model}
            prices={settings.prices}
          />
        </Part>
      )}
    </>
  )
}

/** The page on which the agent gets its model, and which tells what it cost. */
export function SettingsView() {
  return (
    <Page>
      <PageTitle title="Settings" note="Which model answers in sessions, what it may cost, and what it did." />
      <AgentSettings />
      <Part title="Costs">
        <Costs />
      </Part>
    </Page>
  )
}

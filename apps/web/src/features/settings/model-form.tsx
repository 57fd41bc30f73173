"use client"

import type { AgentSettings, ModelProvider, ProviderAccess } from "@strudel-agent/contract/run/agent-settings"
import { type FormEvent, useState } from "react"
import { api } from "#shared/api/trpc.ts"
import { Button } from "#shared/ui/button.tsx"
import { Field, Select } from "#shared/ui/field.tsx"
import { ModelField } from "./model-field.tsx"
import { useSaveSettings } from "./use-save-settings.ts"

const longName: Partial<Record<ModelProvider, string>> = { compatible: "Another, with OpenAI’s interface" }

/** What is said of a key that is there; the key itself is told to nobody. */
function keyNote({ needsKey, keyFrom }: ProviderAccess): string {
  if (keyFrom === "environment") return "Set in the environment, which wins over what is saved here."
  if (keyFrom === "saved") return "One is saved. Leave this empty to keep it."
  return needsKey ? "Needed. It is kept on the server and shown to nobody." : "Only where the provider asks for one."
}

const isAddressed = (provider: ModelProvider): provider is "ollama" | "compatible" =>
  provider === "ollama" || provider === "compatible"

/** Chooses who answers: a provider, how it is reached, and one of its models. */
export function ModelForm({ settings }: { settings: AgentSettings }) {
  const { providers, modelFrom } = settings
  const isFixed = modelFrom === "environment"
  const [provider, setProvider] = useState<ModelProvider>(settings.provider ?? "openrouter")
  const [model, setModel] = useState(settings.model ?? "")
  const [key, setKey] = useState("")
  const access = providers.find((each) => each.provider === provider)
  const [address, setAddress] = useState(access?.address ?? "")
  const { save, isBusy, fieldProblem, problem } = useSaveSettings()
  const canAsk = access !== undefined && access.address !== null && (access.hasKey || !access.needsKey)
  const models = api.agent.models.useQuery({ provider }, { enabled: canAsk, staleTime: 60_000, retry: false })
  const listed = models.data?.ok ? models.data.models : []
  const listProblem = models.data?.ok === false ? models.data.failure.words : undefined

  function choose(next: ModelProvider) {
    setProvider(next)
    setKey("")
    setModel(next === settings.provider ? (settings.model ?? "") : "")
    setAddress(providers.find((each) => each.provider === next)?.address ?? "")
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    save({
      ...(isFixed || model.trim() === "" ? {} : { model: { provider, model: model.trim() } }),
      ...(key.trim() === "" ? {} : { key: { provider, key: key.trim() } }),
      ...(isAddressed(provider) && address.trim() !== (access?.address ?? "")
        ? { address: { provider, address: address.trim() === "" ? null : address.trim() } }
        : {}),
    })
    setKey("")
  }

  return (
    <form onSubmit={submit} aria-label="Model" className="flex max-w-2xl flex-col gap-4">
      <Select
        label="Provider"
        value={provider}
        disabled={isFixed}
        onChange={({ target }) => {
          const next = providers.find((each) => each.provider === target.value)
          if (next) choose(next.provider)
        }}
        note={isFixed ? "Set by STRUDEL_AGENT_MODEL in the environment." : undefined}
      >
        {providers.map((each) => (
          <option key={each.provider} value={each.provider}>
            {longName[each.provider] ?? each.name}
          </option>
        ))}
      </Select>
      {isAddressed(provider) && (
        <Field
          label="Address"
          type="url"
          value={address}
          disabled={access?.addressFrom === "environment"}
          placeholder="https://models.example/v1"
          problem={fieldProblem("address.address")}
          note={
            access?.addressFrom === "environment" ? "Set in the environment." : "Another address needs its key again."
          }
          onChange={({ target }) => setAddress(target.value)}
        />
      )}
      {access && provider !== "ollama" && (
        <Field
          label="Key"
          type="password"
          value={key}
          disabled={access.keyFrom === "environment"}
          autoComplete="off"
          problem={fieldProblem("key.key")}
          note={keyNote(access)}
          onChange={({ target }) => setKey(target.value)}
        />
      )}
      <ModelField
        models={listed}
        value={model}
        onChange={setModel}
        disabled={isFixed}
        problem={fieldProblem("model.model") ?? listProblem}
        note={
          models.isFetching
            ? "Reading the list of models…"
            : listed.length > 0
              ? `${listed.length} to choose from`
              : undefined
        }
      />
      {problem && (
        <p role="alert" className="text-sm text-danger">
          {problem}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" busy={isBusy}>
          Save
        </Button>
        {access?.keyFrom === "saved" && (
          <Button disabled={isBusy} onClick={() => save({ key: { provider, key: null } })}>
            Forget the key
          </Button>
        )}
      </div>
    </form>
  )
}

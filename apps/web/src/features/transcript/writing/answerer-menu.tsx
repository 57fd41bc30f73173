"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { MenuAt, MenuChoice, MenuLine } from "#shared/ui/menu.tsx"
import { answererChoices, changeModeChoices } from "#shared/words/answerers.ts"

type Session = Outputs["session"]["byId"]

/** Chooses who answers in a session, and what becomes of the changes that are made. */
export const AnswererMenu = ({
  anchor,
  session: { answeredBy, changeMode },
  onChange,
  onClose,
}: {
  anchor: Element
  session: Session
  onChange: (change: Partial<Pick<Session, "answeredBy" | "changeMode">>) => void
  onClose: () => void
}) => (
  <MenuAt anchor={anchor} label="Who answers" returnsFocus={() => true} onClose={onClose}>
    <MenuChoice
      label="Who answers"
      value={answeredBy}
      choices={answererChoices}
      onChoose={(answeredBy) => onChange({ answeredBy })}
    />
    {answeredBy === "strudel" && (
      <>
        <MenuLine />
        <MenuChoice
          label="What it changes"
          value={changeMode}
          choices={changeModeChoices}
          onChoose={(changeMode) => onChange({ changeMode })}
        />
      </>
    )}
  </MenuAt>
)

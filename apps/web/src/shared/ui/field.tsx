import { type ComponentProps, type ReactNode, useId } from "react"

const box =
  "w-full min-w-0 rounded-md border border-line bg-canvas px-3 text-sm text-ink placeholder:text-faint hover:border-edge aria-[invalid=true]:border-danger"

interface FieldMessage {
  label: string
  /** What may stand in it. */
  note?: ReactNode
  /** What is wrong with it. */
  problem?: string | undefined
}

function Around({
  label,
  note,
  problem,
  draw,
}: FieldMessage & {
  draw: (given: { id: string; "aria-invalid": boolean; "aria-describedby": string | undefined }) => ReactNode
}) {
  const id = useId()
  const hint = problem ?? note
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      {draw({ id, "aria-invalid": Boolean(problem), "aria-describedby": hint ? `${id}-hint` : undefined })}
      {hint && (
        <p
          id={`${id}-hint`}
          role={problem ? "alert" : undefined}
          className={`mt-1 text-xs ${problem ? "text-danger" : "text-soft"}`}
        >
          {hint}
        </p>
      )}
    </div>
  )
}

/** A line of text to fill in, with its label, a note and what is wrong with it. */
export const Field = ({ label, note, problem, className = "", ...rest }: FieldMessage & ComponentProps<"input">) => (
  <Around
    label={label}
    note={note}
    problem={problem}
    draw={(given) => <input autoComplete="off" className={`${box} h-9 ${className}`} {...rest} {...given} />}
  />
)

/** Several lines of text to fill in. */
export const TextArea = ({
  label,
  note,
  problem,
  className = "",
  ...rest
}: FieldMessage & ComponentProps<"textarea">) => (
  <Around
    label={label}
    note={note}
    problem={problem}
    draw={(given) => <textarea className={`${box} min-h-24 py-2 ${className}`} {...rest} {...given} />}
  />
)

/** One of several values. */
export const Select = ({
  label,
  note,
  problem,
  className = "",
  children,
  ...rest
}: FieldMessage & ComponentProps<"select">) => (
  <Around
    label={label}
    note={note}
    problem={problem}
    draw={(given) => (
      <select className={`${box} h-9 ${className}`} {...rest} {...given}>
        {children}
      </select>
    )}
  />
)

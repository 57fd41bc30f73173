/** The mark: one rolled-up cycle. */
export const Logo = ({ className = "" }: { className?: string }) => (
  <svg viewBox="0 0 32 32" aria-hidden="true" className={className} fill="none" stroke="currentColor">
    <path
      d="M16 16a2.6 2.6 0 0 1 5.2 0 5.2 5.2 0 0 1-10.4 0 7.8 7.8 0 0 1 15.6 0 10.4 10.4 0 0 1-20.8 0"
      strokeWidth="2.4"
      strokeLinecap="round"
    />
  </svg>
)

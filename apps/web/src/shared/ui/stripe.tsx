/** A clip's colour, where its metadata has one; the colour has been checked to be nothing but a colour. */
export const Stripe = ({ color, className = "" }: { color: string | undefined; className?: string }) => (
  <span
    aria-hidden="true"
    className={`block rounded-full bg-edge/50 ${className}`}
    style={color ? { backgroundColor: color } : undefined}
  />
)

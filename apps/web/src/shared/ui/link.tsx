import NextLink, { type LinkProps } from "next/link"

/**
 * A link to a page of this site. It asks for nothing before it is followed: every page is made of live data, so there
 * would be nothing worth keeping, and a list of fifty links would ask fifty times.
 */
export const Link = <T extends string>(props: LinkProps<T>) => <NextLink prefetch={false} {...props} />

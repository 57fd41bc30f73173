// So that the types of streams, which the router's name, have a module to be named from.
import "@trpc/server/unstable-core-do-not-import"

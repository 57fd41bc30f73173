/** Roles in so many words: some browsers forget those of table elements that are laid out as a grid. */
export const roles = {
  table: { role: "table" },
  group: { role: "rowgroup" },
  row: { role: "row" },
  head: { role: "columnheader", scope: "col" },
  rowHead: { role: "rowheader", scope: "row" },
  cell: { role: "cell" },
} as const

/** The columns of the list of sessions; the narrower the page, the fewer. */
export const columns =
  "grid items-center gap-x-3 grid-cols-[minmax(0,1fr)_5.25rem] group-data-[choosing=true]/table:grid-cols-[1.75rem_minmax(0,1fr)_5.25rem] md:grid-cols-[1.75rem_minmax(0,1fr)_6rem_4.5rem_5.5rem] lg:grid-cols-[1.75rem_minmax(0,1fr)_6rem_9rem_4.5rem_5.5rem] xl:grid-cols-[1.75rem_minmax(0,1fr)_6rem_9rem_10rem_4.5rem_5.5rem] min-[88rem]:grid-cols-[1.75rem_minmax(0,1fr)_6rem_9rem_10rem_8.5rem_4.5rem_5.5rem]"

/** From which width on a column is there. */
export const shown = {
  choice: "hidden group-data-[choosing=true]/table:flex md:flex",
  status: "hidden md:block",
  item: "hidden lg:block",
  agent: "hidden xl:block",
  tags: "hidden min-[88rem]:flex",
  /** What stands for the column of tags where there is none. */
  noTags: "min-[88rem]:hidden",
  messages: "hidden md:block",
} as const

/** A row of two lines. */
export const rowShape = "relative h-14 border-b border-line"

/** The same in rem. */
export const shape = { row: 3.5 } as const

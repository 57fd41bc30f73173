"use client"

import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  PointerSensor,
  type UniqueIdentifier,
  useSensor,
  useSensors,
} from "@dnd-kit/core"
import { rectSortingStrategy, SortableContext, useSortable, verticalListSortingStrategy } from "@dnd-kit/sortable"
import { CSS } from "@dnd-kit/utilities"
import { type PointerEvent as ReactPointerEvent, useEffect, useLayoutEffect } from "react"

/** Begins a drag where its handle was pressed. */
export type StartDrag = (event: ReactPointerEvent) => void

interface Rows {
  rowOf: (key: string) => HTMLElement | undefined
  /** Told how each row's handle begins a drag; undefined when it no longer can. */
  onReady: (key: string, start: StartDrag | undefined) => void
}

/** Ties a row that is drawn elsewhere to the drag: it moves as the drag wants it, and keeps its element throughout. */
function DraggedRow({ id, rowOf, onReady }: Rows & { id: string }) {
  const { setNodeRef, setActivatorNodeRef, listeners, transform, transition, isDragging } = useSortable({ id })
  const start: unknown = listeners?.onPointerDown
  useLayoutEffect(() => {
    const row = rowOf(id)
    setNodeRef(row ?? null)
    setActivatorNodeRef(row?.querySelector<HTMLElement>("[data-handle]") ?? null)
  })
  useEffect(() => {
    onReady(id, typeof start === "function" ? (event) => void start(event) : undefined)
    return () => onReady(id, undefined)
  }, [id, start, onReady])
  useLayoutEffect(() => {
    const row = rowOf(id)
    if (!row) return
    row.style.transform = CSS.Translate.toString(transform) ?? ""
    row.style.transition = transition ?? ""
    row.toggleAttribute("data-dragging", isDragging)
  }, [id, rowOf, transform, transition, isDragging])
  return null
}

const silent = {
  announcements: {
    onDragStart: () => undefined,
    onDragOver: () => undefined,
    onDragEnd: () => undefined,
    onDragCancel: () => undefined,
  },
}

/** How rows make room: below each other or in a grid; and how many pixels a press has to move before it is a drag. */
const shapes = {
  list: { strategy: verticalListSortingStrategy, activation: { activationConstraint: { distance: 4 } } },
  // A pad is hit hard: what moves a little is still a press.
  grid: { strategy: rectSortingStrategy, activation: { activationConstraint: { distance: 12 } } },
}

/** What makes the rows of a list draggable, by mouse and by touch; drawn beside the list, so that the list stays as it is. */
export function DragLayer({
  keys,
  shape = "list",
  onStart,
  onDrop,
  onStop,
  ...rows
}: Rows & {
  keys: string[]
  shape?: keyof typeof shapes
  onStart: (key: string) => void
  /** Puts a row where another one stood. */
  onDrop: (key: string, to: number) => void
  onStop: () => void
}) {
  const { strategy, activation } = shapes[shape]
  const sensors = useSensors(useSensor(PointerSensor, activation))
  const drop = ({ active, over }: DragEndEvent) => {
    const to = keys.indexOf(String(over?.id))
    if (over && to >= 0 && active.id !== over.id) onDrop(String(active.id), to)
    onStop()
  }
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      accessibility={silent}
      onDragStart={({ active }: { active: { id: UniqueIdentifier } }) => onStart(String(active.id))}
      onDragEnd={drop}
      onDragCancel={onStop}
    >
      <SortableContext items={keys} strategy={strategy}>
        {keys.map((key) => (
          <DraggedRow key={key} id={key} {...rows} />
        ))}
      </SortableContext>
    </DndContext>
  )
}

const layers = "dialog[open], [role=dialog], [role=alertdialog], [role=menu]"

const fields = "textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=range])"

/** Whether a key belongs to a field; a checkbox takes nothing but the space bar. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches(fields))

/** Whether a key is none of the page's, since a dialog or menu is open, or was when the key was pressed in it. */
export const isCovered = (target: EventTarget | null): boolean =>
  document.querySelector(layers) !== null || (target instanceof Element && target.closest(layers) !== null)

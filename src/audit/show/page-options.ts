// How a page is drawn.

/** How to paint a word; the plain way gives it back as it is. */
export type Paint = (colour: "bold" | "dim" | "yellow", text: string) => string;

/** `width` in columns of the terminal; `wrote` names the file that was written, where one was. */
export type PageOptions = { readonly width: number; readonly paint: Paint; readonly wrote?: string };

/** A text cut so that `head + elements.join(",") + tail` is the text again. */
export interface ListSlices {
  readonly head: string;
  readonly elements: readonly string[];
  readonly tail: string;
}

/**
 * Cuts a JSON object's text at the list that stands under `name` at its top level: `head` ends with `[`, `tail`
 * begins with `]`. Without such a list the whole text is the head. Works on text alone, so nothing is ever changed
 * by reading and writing numbers or escapes.
 */
export function sliceList(json: string, name: string): ListSlices {
  const start = listStart(json, name);
  const cuts = start === undefined ? undefined : elementEnds(json, start);
  const end = cuts?.at(-1);
  if (start === undefined || cuts === undefined || end === undefined) {
    return { head: json, elements: [], tail: "" };
  }
  const elements = cuts.map((cut, at) => json.slice(at === 0 ? start : (cuts[at - 1] ?? start) + 1, cut));
  const isEmpty = elements.length === 1 && elements[0] === "";
  return { head: json.slice(0, start), elements: isEmpty ? [] : elements, tail: json.slice(end) };
}

/** Where the list's first element begins. */
function listStart(json: string, name: string): number | undefined {
  const opening = `${JSON.stringify(name)}:[`;
  let depth = 0;
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (character === '"') {
      if (depth === 1 && json.startsWith(opening, at)) {
        return at + opening.length;
      }
      at = stringEnd(json, at);
    } else if (character === "{" || character === "[") {
      depth++;
    } else if (character === "}" || character === "]") {
      depth--;
    }
  }
  return undefined;
}

/** Where each element ends, the last one at the closing bracket; undefined when the list has no end. */
function elementEnds(json: string, start: number): readonly number[] | undefined {
  const ends: number[] = [];
  let depth = 0;
  for (let at = start; at < json.length; at++) {
    const character = json[at];
    if (character === '"') {
      at = stringEnd(json, at);
    } else if (character === "{" || character === "[") {
      depth++;
    } else if (depth > 0 && (character === "}" || character === "]")) {
      depth--;
    } else if (character === "]") {
      return [...ends, at];
    } else if (depth === 0 && character === ",") {
      ends.push(at);
    }
  }
  return undefined;
}

/** The index of the quote that closes the string at `start`; the text's length when none does. */
function stringEnd(json: string, start: number): number {
  for (let at = start + 1; at < json.length; at++) {
    if (json[at] === "\\") {
      at++;
    } else if (json[at] === '"') {
      return at;
    }
  }
  return json.length;
}

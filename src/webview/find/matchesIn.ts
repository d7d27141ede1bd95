/** Texts that are searched, and the blocks whose text is one piece. */
const searched = ".bubble, .markdown";
const block = "p, .heading, li, td, th, pre, .rawHtml, .bubble";
/** Not part of what was said, or folded away. */
const skipped = "[hidden], .codeHeader, .invisible, .linkTarget, .screenReaderOnly, button";

interface Piece {
  readonly node: Text;
  /** Where it begins in the text of its block. */
  readonly start: number;
}

/** A pattern for `query` as it stands, upper and lower case alike; undefined when there is nothing to find. */
export function patternOf(query: string): RegExp | undefined {
  if (query === "") return undefined;
  return new RegExp(
    query.replace(/[\\^$.*+?()[\]{}|/]/g, (mark) => `\\${mark}`),
    "giu",
  );
}

/** Where the pattern occurs in a message, in order; across elements, but not from one block to the next. */
export function matchesIn(message: HTMLElement, pattern: RegExp): StaticRange[] {
  const matches: StaticRange[] = [];
  for (const root of message.querySelectorAll<HTMLElement>(searched)) {
    if (root.closest("[hidden]") !== null) continue;
    for (const pieces of blocksOf(root)) matches.push(...matchesOf(pieces, pattern));
  }
  return matches;
}

/** The text nodes of each block; those of a block within another are a block of their own. */
function* blocksOf(root: HTMLElement): Generator<readonly Piece[]> {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node instanceof Element && node.matches(skipped) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  let pieces: Piece[] = [];
  let start = 0;
  let owner: Element | null = null;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!(node instanceof Text)) continue;
    const nodeOwner = node.parentElement?.closest(block) ?? root;
    if (nodeOwner !== owner && pieces.length > 0) {
      yield pieces;
      pieces = [];
      start = 0;
    }
    owner = nodeOwner;
    pieces.push({ node, start });
    start += node.length;
  }
  if (pieces.length > 0) yield pieces;
}

function* matchesOf(pieces: readonly Piece[], pattern: RegExp): Generator<StaticRange> {
  const text = pieces.map(({ node }) => node.data).join("");
  let at = 0;
  for (const { index, 0: match } of text.matchAll(pattern)) {
    const end = index + match.length;
    at = pieceAt(pieces, at, index);
    const first = pieces[at];
    const last = pieces[pieceAt(pieces, at, end - 1)];
    if (first === undefined || last === undefined) return;
    yield new StaticRange({
      startContainer: first.node,
      startOffset: index - first.start,
      endContainer: last.node,
      endOffset: end - last.start,
    });
  }
}

/** The piece that holds the character at `offset`, looked for from piece `from` on. */
function pieceAt(pieces: readonly Piece[], from: number, offset: number): number {
  let at = from;
  while ((pieces[at + 1]?.start ?? Infinity) <= offset) at++;
  return at;
}

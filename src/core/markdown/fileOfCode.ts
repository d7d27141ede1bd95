import { filePlace } from "./filePlace.ts";
import type { Block, CodeBlock, Inline } from "./nodes.ts";

const comment = /^\s*(?:\/\/|\/\*|#|--|;|<!--)\s*(?:file(?:name)?:\s*)?(\S+?):?\s*(?:\*\/|-->)?\s*$/i;

/** The file that a code block is for: by its fence, the line before it, or a comment that is its first line. */
export function fileOfCode(code: CodeBlock, before: Block | undefined): string | undefined {
  return code.path ?? announcedFile(before) ?? filePlace(comment.exec(code.lines[0] ?? "")?.[1] ?? "")?.path;
}

/** The file of a line such as `**src/a.ts**` or `Change src/a.ts like this:` that ends `block`. */
export function announcedFile(block: Block | undefined): string | undefined {
  if (block?.type !== "paragraph" && block?.type !== "heading") return undefined;
  const leaves = lastLine(block.inlines);
  const text = leaves.map((leaf) => (leaf.type === "invisible" ? "" : leaf.text)).join("");
  const whole = filePlace(text.replace(/^\s*(?:\d+[.)]\s*)?(?:file(?:name)?:\s*)?|\s*:?\s*$/gi, ""));
  if (whole !== undefined) return whole.path;
  if (!/:\s*$/.test(text)) return undefined;
  const files = leaves.flatMap((leaf) =>
    leaf.type === "code" || leaf.type === "file" ? (leaf.file ?? []) : [],
  );
  return files.length === 1 ? files[0]?.path : undefined;
}

type Leaf = Inline & { type: "text" | "code" | "file" | "invisible" };

function lastLine(inlines: readonly Inline[]): Leaf[] {
  let line: Leaf[] = [];
  for (const leaf of inlines.flatMap(leaves)) {
    if (leaf.type === "break") {
      line = [];
    } else if (leaf.type === "text" && leaf.text.includes("\n")) {
      line = [{ type: "text", text: leaf.text.slice(leaf.text.lastIndexOf("\n") + 1) }];
    } else {
      line.push(leaf);
    }
  }
  return line;
}

function leaves(inline: Inline): (Leaf | { readonly type: "break" })[] {
  if (inline.type === "image") return [{ type: "text", text: inline.alt }];
  return "children" in inline ? inline.children.flatMap(leaves) : [inline];
}

import type { FilePlace } from "./nodes.ts";

/** Endings that make a name a file's. Without any that also end product names or method calls. */
const endings =
  "astro|bash|bat|cc?|cfg|cjs|clj|cmake|conf|cpp|cs|css|csv|cts|cxx|dart|diff|ejs|env|erl|exs?|fish|fs|go|gql|gradle|graphql|groovy|h|hbs|hpp|hs|html?|ini|ipynb|java|jl|js|json5?|jsonc|jsonl|jsx|kts?|less|lock|lua|md|mdx|mjs|mk|mm?|mts|nix|php|pl|pm|prisma|properties|proto|ps1|py|pyi|rb|rs|rst|sass|scala|scss|sh|sol|sql|svelte|svg|swift|tf|toml|tsx?|txt|vue|xml|ya?ml|zig|zsh";
const place = `((?:\\.{0,2}/)?(?:[\\w@.+-]+/)*[\\w@.+-]+\\.(?:${endings}))(?::(\\d{1,7})(?:[:-]\\d{1,7})?)?`;
const alone = new RegExp(`^${place}$`, "i");
const within = new RegExp(`(?<![\\w@./:+\\\\-])${place}(?![\\w@/+\\\\-]|[.:]\\w)`, "gi");
/** `Node.js` and the like. */
const product = /^[A-Z][\w.+-]*\.js$/;

/** The place in a file that `text` as a whole names, e.g. `src/a.ts:12` or `package.json`. */
export function filePlace(text: string): FilePlace | undefined {
  const [, path = "", line] = alone.exec(text) ?? [];
  return path === "" || isAddress(path) || product.test(path) ? undefined : { path, line: lineOf(line) };
}

/** The place in a file that a link leads to, e.g. `src/a.ts`, `./src/a.ts:12` or `src/a.ts#L12-L20`. */
export function linkedFile(href: string): FilePlace | undefined {
  return filePlace(href.replace(/#L(\d+)(?:-L?\d+)?$/, ":$1"));
}

/** `text` with the places that it mentions: those with a folder or a line, since prose is full of dots. */
export function splitFilePlaces(
  text: string,
): (string | { readonly text: string; readonly file: FilePlace })[] {
  const pieces: ReturnType<typeof splitFilePlaces> = [];
  let end = 0;
  for (const match of text.matchAll(within)) {
    const [found, path = "", line] = match;
    if ((line === undefined && !path.includes("/")) || isAddress(path)) continue;
    if (match.index > end) pieces.push(text.slice(end, match.index));
    pieces.push({ text: found, file: { path, line: lineOf(line) } });
    end = match.index + found.length;
  }
  if (end < text.length) pieces.push(text.slice(end));
  return pieces;
}

/** `example.com/a.html`: the first of several parts looks like a host. */
function isAddress(path: string): boolean {
  return path.startsWith("//") || /^[^./][^/]*\.[^/]*\//.test(path);
}

function lineOf(text: string | undefined): number | undefined {
  return text === undefined || Number(text) === 0 ? undefined : Number(text);
}

export interface Definition {
  readonly name: string;
  readonly kind: "function" | "class" | "type" | "heading" | "rule" | "key";
  readonly parameters: readonly string[];
}

type Pattern = readonly [kind: Definition["kind"], pattern: RegExp];

const python: readonly Pattern[] = [
  ["function", /^\s*(?:async\s+)?def\s+(?<name>\w+)\s*\((?<parameters>[^)]*)/],
  ["class", /^\s*class\s+(?<name>\w+)/],
];
const go: readonly Pattern[] = [
  ["function", /^func\s+(?:\([^)]*\)\s*)?(?<name>\w+)\s*\((?<parameters>[^)]*)/],
  ["type", /^type\s+(?<name>\w+)/],
];
const rust: readonly Pattern[] = [
  ["function", /^\s*(?:pub(?:\([^)]*\))?\s+)?(?:async\s+)?fn\s+(?<name>\w+)[^(]*\((?<parameters>[^)]*)/],
  ["type", /^\s*(?:pub(?:\([^)]*\))?\s+)?(?:struct|enum|trait|impl)\s+(?<name>\w+)/],
];
const cLike: readonly Pattern[] = [
  [
    "class",
    /^\s*(?:(?:public|private|protected|static|final|abstract|sealed|export)\s+)*(?:class|interface|record|enum|struct)\s+(?<name>\w+)/,
  ],
  [
    "function",
    /^\s*(?!return\b|else\b|new\b|throw\b)(?:[\w<>[\],.*&:]+\s+)+[*&]*(?<name>\w+)\s*\((?<parameters>[^)]*)\)[^;]*$/,
  ],
];
const ruby: readonly Pattern[] = [
  ["function", /^\s*def\s+(?<name>[\w.?!]+)\s*(?:\((?<parameters>[^)]*))?/],
  ["class", /^\s*(?:class|module)\s+(?<name>\w+)/],
];
const php: readonly Pattern[] = [
  ["function", /^\s*(?:\w+\s+)*function\s+(?<name>\w+)\s*\((?<parameters>[^)]*)/],
  ["class", /^\s*(?:\w+\s+)*class\s+(?<name>\w+)/],
];
const shell: readonly Pattern[] = [["function", /^\s*(?:function\s+)?(?<name>[\w-]+)\s*\(\)/]];
const markdown: readonly Pattern[] = [["heading", /^#{1,6}\s+(?<name>.+?)\s*$/]];
const css: readonly Pattern[] = [["rule", /^(?<name>[^\s@{][^{]*?)\s*\{/]];
const json: readonly Pattern[] = [["key", /^ {0,4}"(?<name>[^"]+)"\s*:/]];

const patterns: Readonly<Record<string, readonly Pattern[]>> = {
  python,
  py: python,
  go,
  rust,
  rs: rust,
  ruby,
  rb: ruby,
  php,
  shellscript: shell,
  bash: shell,
  sh: shell,
  markdown,
  md: markdown,
  css,
  scss: css,
  less: css,
  json,
  jsonc: json,
};

/** What a line defines, in the way of its language; languages not known are read as relatives of C. */
export function definitionIn(line: string, language: string): Definition | undefined {
  for (const [kind, pattern] of patterns[language] ?? cLike) {
    const groups = pattern.exec(line.trimEnd())?.groups;
    const name = groups?.["name"];
    if (name === undefined || /^(if|for|while|switch|catch|using|lock)$/.test(name)) continue;
    const parameters = (groups?.["parameters"] ?? "")
      .split(",")
      .map((parameter) => parameter.trim())
      .filter((parameter) => parameter !== "" && parameter !== "self");
    return { name, kind, parameters };
  }
  return undefined;
}

/** How the language writes a comment on a line of its own; undefined when it has none. */
export function commentStyle(
  language: string,
): { readonly open: string; readonly close: string } | undefined {
  if (/^(python|py|ruby|rb|shellscript|bash|sh|yaml|yml|toml|r|perl|makefile|dockerfile)$/.test(language)) {
    return { open: "# ", close: "" };
  }
  if (/^(html|xml|markdown|md|vue|svelte)$/.test(language)) return { open: "<!-- ", close: " -->" };
  if (/^(css|less)$/.test(language)) return { open: "/* ", close: " */" };
  if (/^(sql|lua|haskell)$/.test(language)) return { open: "-- ", close: "" };
  if (/^(json|plaintext|text|csv)$/.test(language)) return undefined;
  return { open: "// ", close: "" };
}

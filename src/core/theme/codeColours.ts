import { isRecord, parseJson } from "../util/record.ts";

/** The TextMate scopes of each kind of token; the first that the theme has a colour for counts. */
const scopes = {
  comment: ["comment"],
  keyword: ["keyword", "storage.type"],
  string: ["string.quoted"],
  number: ["constant.numeric"],
  atom: ["constant.language"],
  type: ["entity.name.type", "entity.name.class", "support.type", "support.class"],
  function: ["entity.name.function", "support.function"],
  property: ["variable.other.property", "support.variable.property", "support.type.property-name"],
  meta: ["meta.annotation", "meta.preprocessor"],
  inserted: ["markup.inserted"],
  deleted: ["markup.deleted"],
  heading: ["markup.heading"],
} as const satisfies Record<string, readonly string[]>;
export type CodeColour = keyof typeof scopes;

/** As #rgb, #rrggbb or #rrggbbaa; without those that the theme leaves open. */
export type CodeColours = Readonly<Partial<Record<CodeColour, string>>>;

/** What `editor.tokenColorCustomizations` has names of its own for. */
const groups: Readonly<Record<string, string>> = {
  comments: "comment",
  strings: "string",
  keywords: "keyword, keyword.control, storage, storage.type",
  numbers: "constant.numeric",
  types: "entity.name.type, entity.name.class, support.type, support.class",
  functions: "entity.name.function, support.function",
  variables: "variable, entity.name.variable",
};

const hex = /^#(?:[\da-f]{3}|[\da-f]{6}|[\da-f]{8})$/i;
const stringOrComment = /"(?:[^"\\]|\\.)*"|\/\/[^\n]*|\/\*[^]*?\*\//g;
const stringOrLastComma = /"(?:[^"\\]|\\.)*"|,(?=\s*[}\]])/g;

/** Reads JSON with comments and commas at the end of lists; undefined when it is none. */
export function parseTheme(text: string): unknown {
  const keepStrings = (found: string) => (found.startsWith('"') ? found : "");
  return parseJson(text.replace(stringOrComment, keepStrings).replace(stringOrLastComma, keepStrings));
}

/** The rules of `editor.tokenColorCustomizations` for the theme called `name`. */
export function customRules(setting: unknown, name: string): readonly unknown[] {
  if (!isRecord(setting)) return [];
  const grouped = Object.entries(groups).map(([group, scope]) => {
    const value = setting[group];
    return { scope, settings: isRecord(value) ? value : { foreground: value } };
  });
  const ofTheme = Object.entries(setting).flatMap(([key, value]) =>
    key.includes(`[${name}]`) ? customRules(value, "") : [],
  );
  const rules: readonly unknown[] = Array.isArray(setting["textMateRules"]) ? setting["textMateRules"] : [];
  return [...grouped, ...rules, ...ofTheme];
}

/** The colours that a theme's rules give; the later of them stand above the earlier. */
export function codeColours(rules: readonly unknown[]): CodeColours {
  const selectors = rules.flatMap(selectorsOf);
  const colours: Partial<Record<CodeColour, string>> = {};
  for (const name of Object.keys(scopes) as CodeColour[]) {
    const [colour] = scopes[name].flatMap((scope) => colourOf(scope, selectors) ?? []);
    if (colour !== undefined) colours[name] = colour;
  }
  return colours;
}

interface Selector {
  readonly scope: string;
  readonly colour: string;
}

function colourOf(scope: string, selectors: readonly Selector[]): string | undefined {
  let best: Selector | undefined;
  for (const selector of selectors) {
    const isMatch = scope === selector.scope || scope.startsWith(`${selector.scope}.`);
    if (isMatch && selector.scope.length >= (best?.scope.length ?? 0)) best = selector;
  }
  return best?.colour;
}

function selectorsOf(rule: unknown): readonly Selector[] {
  if (!isRecord(rule) || !isRecord(rule["settings"])) return [];
  const { scope } = rule;
  const colour = rule["settings"]["foreground"];
  if (typeof colour !== "string" || !hex.test(colour)) return [];
  const listed: readonly unknown[] = Array.isArray(scope) ? scope : [scope];
  return listed
    .flatMap((one) => (typeof one === "string" ? one.split(",") : []))
    .map((one) => ({ scope: one.trim(), colour }));
}

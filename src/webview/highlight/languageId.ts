import { isLanguageId, type LanguageId } from "./loadLanguage.ts";

/** What else answers write behind a fence. */
const aliases: Readonly<Record<LanguageId, string>> = {
  c: "h cpp c++ cc cxx hpp arduino",
  csharp: "c# cs",
  css: "less",
  dart: "",
  diff: "patch",
  dockerfile: "docker containerfile",
  go: "golang",
  haskell: "hs",
  html: "htm xhtml vue svelte astro",
  java: "",
  javascript: "js jsx mjs cjs node json5 jsonc",
  json: "jsonl geojson",
  kotlin: "kt kts",
  lua: "",
  markdown: "md mdx",
  objectiveC: "objc objective-c m",
  perl: "pl pm",
  php: "php3 phtml",
  powershell: "ps ps1 pwsh",
  properties: "ini cfg conf dotenv env editorconfig",
  protobuf: "proto",
  python: "py py3 python3 pyi",
  r: "",
  ruby: "rb gemfile rake",
  rust: "rs",
  sass: "",
  scala: "sc sbt",
  scss: "",
  shell: "sh bash zsh console shell-session shellscript terminal",
  sql: "mysql postgres postgresql pgsql sqlite plsql tsql",
  swift: "",
  toml: "",
  tsx: "",
  typescript: "ts mts cts",
  xml: "svg xsl xsd plist rss",
  yaml: "yml",
};

/** The language that the first word behind a fence means; undefined for one we do not know. */
export function languageId(name: string): LanguageId | undefined {
  const wanted = name.toLowerCase();
  if (isLanguageId(wanted)) return wanted;
  const found = Object.entries(aliases).find(([, names]) => names.split(" ").includes(wanted))?.[0];
  return wanted !== "" && found !== undefined && isLanguageId(found) ? found : undefined;
}

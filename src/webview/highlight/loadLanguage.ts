import type { CodeLanguage } from "./codeLanguage.ts";

type Load = () => Promise<CodeLanguage>;

/** Each language in a script of its own, which is fetched when an answer first uses it. */
const languages = {
  c: () => import("./languages/clike.ts").then((module) => module.cpp()),
  csharp: () => import("./languages/clike.ts").then((module) => module.csharp()),
  css: () => import("./languages/css.ts").then((module) => module.css()),
  dart: () => import("./languages/clike.ts").then((module) => module.dart()),
  diff: () => import("./languages/diff.ts").then((module) => module.diff()),
  dockerfile: () => import("./languages/dockerfile.ts").then((module) => module.dockerfile()),
  go: () => import("./languages/go.ts").then((module) => module.go()),
  haskell: () => import("./languages/haskell.ts").then((module) => module.haskell()),
  html: () => import("./languages/html.ts").then((module) => module.html()),
  java: () => import("./languages/clike.ts").then((module) => module.java()),
  javascript: () => import("./languages/javascript.ts").then((module) => module.javascript()),
  json: () => import("./languages/json.ts").then((module) => module.json()),
  kotlin: () => import("./languages/clike.ts").then((module) => module.kotlin()),
  lua: () => import("./languages/lua.ts").then((module) => module.lua()),
  markdown: () => import("./languages/markdown.ts").then((module) => module.markdown()),
  objectiveC: () => import("./languages/clike.ts").then((module) => module.objectiveC()),
  perl: () => import("./languages/perl.ts").then((module) => module.perl()),
  php: () => import("./languages/php.ts").then((module) => module.php()),
  powershell: () => import("./languages/powershell.ts").then((module) => module.powershell()),
  properties: () => import("./languages/properties.ts").then((module) => module.properties()),
  protobuf: () => import("./languages/protobuf.ts").then((module) => module.protobuf()),
  python: () => import("./languages/python.ts").then((module) => module.python()),
  r: () => import("./languages/r.ts").then((module) => module.r()),
  ruby: () => import("./languages/ruby.ts").then((module) => module.ruby()),
  rust: () => import("./languages/rust.ts").then((module) => module.rust()),
  sass: () => import("./languages/sass.ts").then((module) => module.sass()),
  scala: () => import("./languages/clike.ts").then((module) => module.scala()),
  scss: () => import("./languages/sass.ts").then((module) => module.scss()),
  shell: () => import("./languages/shell.ts").then((module) => module.shell()),
  sql: () => import("./languages/sql.ts").then((module) => module.sql()),
  swift: () => import("./languages/swift.ts").then((module) => module.swift()),
  toml: () => import("./languages/toml.ts").then((module) => module.toml()),
  tsx: () => import("./languages/javascript.ts").then((module) => module.tsx()),
  typescript: () => import("./languages/javascript.ts").then((module) => module.typescript()),
  xml: () => import("./languages/xml.ts").then((module) => module.xml()),
  yaml: () => import("./languages/yaml.ts").then((module) => module.yaml()),
} as const satisfies Record<string, Load>;
export type LanguageId = keyof typeof languages;

export function loadLanguage(id: LanguageId): Promise<CodeLanguage> {
  return languages[id]();
}

export function isLanguageId(name: string): name is LanguageId {
  return Object.hasOwn(languages, name);
}

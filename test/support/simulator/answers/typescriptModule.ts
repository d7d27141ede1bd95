import type ts from "typescript";

export type TypeScript = typeof ts;

/** Loads the TypeScript compiler when it is first needed: it takes a third of a second. */
export async function loadTypeScript(): Promise<TypeScript> {
  const module = await import("typescript");
  return module.default;
}

const languages: Readonly<Record<string, "ts" | "tsx" | "js" | "jsx">> = {
  ts: "ts",
  mts: "ts",
  cts: "ts",
  typescript: "ts",
  tsx: "tsx",
  typescriptreact: "tsx",
  js: "js",
  mjs: "js",
  cjs: "js",
  javascript: "js",
  jsx: "jsx",
  javascriptreact: "jsx",
};

/** The file extension that makes the compiler understand the language; undefined for other languages. */
export function scriptExtension(language: string, path: string | undefined): string | undefined {
  if (language !== "") return languages[language];
  return languages[/\.(\w+)$/.exec(path ?? "")?.[1]?.toLowerCase() ?? ""];
}

/** Parses code, or a piece of it: errors are tolerated. */
export function parse(ts: TypeScript, code: string, extension: string): ts.SourceFile {
  return ts.createSourceFile(`code.${extension}`, code, ts.ScriptTarget.Latest, true);
}

/** How many syntax errors the code has, or undefined when the compiler does not tell. */
export function syntaxErrors(ts: TypeScript, code: string, extension: string): number {
  const { diagnostics } = ts.transpileModule(code, {
    reportDiagnostics: true,
    fileName: `code.${extension}`,
    compilerOptions: {
      target: ts.ScriptTarget.Latest,
      module: ts.ModuleKind.ESNext,
      jsx: ts.JsxEmit.Preserve,
    },
  });
  return diagnostics?.length ?? 0;
}

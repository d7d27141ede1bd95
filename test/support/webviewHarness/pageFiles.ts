import { build } from "esbuild";
import path from "node:path";
import { translatedAll, type Language } from "./languages.ts";
import { strings } from "./strings.ts";

/** The scripts and styles of the panel's page, by name. */
export type PageFiles = ReadonlyMap<string, string>;

const root = path.resolve(import.meta.dirname, "../../..");

export async function bundlePage(): Promise<PageFiles> {
  const result = await build({
    absWorkingDir: root,
    entryPoints: {
      chat: "src/webview/main.ts",
      chatStyles: "src/webview/styles.css",
      markdownPage: "test/support/webviewHarness/markdownPage.ts",
    },
    outdir: "out",
    bundle: true,
    write: false,
    format: "esm",
    splitting: true,
    target: "chrome128",
  });
  return new Map(result.outputFiles.map((file) => [path.basename(file.path), file.text]));
}

/** The page itself, as VS Code gets it from the extension. */
export function pageText(origin: string, language: Language): string {
  const contentSecurityPolicy = `default-src 'none'; script-src 'nonce-n'; style-src ${origin}`;
  const json = JSON.stringify(translatedAll(strings, language))
    .replaceAll("&", "&amp;")
    .replaceAll('"', "&quot;");
  return `<!DOCTYPE html>
<html lang="${language.locale}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}">
<title>Valar</title>
<link rel="stylesheet" href="${origin}/chatStyles.css">
</head>
<body data-strings="${json}">
<div id="app"></div>
<script type="module" nonce="n" src="${origin}/chat.js"></script>
<script type="module" nonce="n" src="${origin}/markdownPage.js"></script>
</body>
</html>`;
}

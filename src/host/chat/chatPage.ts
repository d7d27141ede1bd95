import * as vscode from "vscode";
import type { PlaceId } from "./panelStore.ts";
import { webviewStrings } from "./webviewStrings.ts";

/** The folder of the built webview: the only one the page may load from. */
export function webviewRoot(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, "dist", "webview");
}

/**
 * The page of the chat: one script with a nonce, which it hands on to the scripts of its own that it imports, one
 * style sheet, nothing else of any kind. `place` is what an editor tab hands back after a reload.
 */
export function chatPage(webview: vscode.Webview, extensionUri: vscode.Uri, place: PlaceId): string {
  const root = webviewRoot(extensionUri);
  const script = webview.asWebviewUri(vscode.Uri.joinPath(root, "chat.js")).toString();
  const styles = webview.asWebviewUri(vscode.Uri.joinPath(root, "chatStyles.css")).toString();
  const nonce = crypto.randomUUID().replaceAll("-", "");
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource}`;
  return `<!DOCTYPE html>
<html lang="${attribute(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Valar</title>
<link rel="stylesheet" href="${attribute(styles)}">
</head>
<body data-place="${attribute(place)}" data-strings="${attribute(JSON.stringify(webviewStrings()))}">
<div id="app"></div>
<script type="module" nonce="${nonce}" src="${attribute(script)}"></script>
</body>
</html>`;
}

function attribute(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll('"', "&quot;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

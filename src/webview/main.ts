import type { ToWebview } from "../protocol/chat.ts";
import type { WebviewStrings } from "../protocol/strings.ts";
import { App } from "./app.ts";
import { placedApi } from "./placedApi.ts";
import type { VsCodeApi } from "./vscodeApi.ts";

declare function acquireVsCodeApi(): VsCodeApi;

const root = document.getElementById("app");
if (root !== null) {
  // The host writes both: the strings into the page, the messages by the shared protocol.
  const strings = JSON.parse(document.body.dataset["strings"] ?? "{}") as WebviewStrings;
  const app = new App(root, strings, placedApi(acquireVsCodeApi(), document.body.dataset["place"] ?? "view"));
  window.addEventListener("message", (event: MessageEvent<ToWebview>) => app.receive(event.data));
  window.addEventListener("pagehide", () => app.dispose());
  window.addEventListener("focus", () => app.focused());
  document.addEventListener("visibilitychange", () => app.flush());
  app.start();
}

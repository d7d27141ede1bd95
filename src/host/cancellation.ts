import * as vscode from "vscode";
import { onAbort } from "../core/util/abort.ts";

/** The signal of a VS Code cancellation token. */
export function toAbortSignal(token: vscode.CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) {
    controller.abort();
  } else {
    token.onCancellationRequested(() => controller.abort());
  }
  return controller.signal;
}

/** The other way round. Dispose when done, or the listener stays. */
export function toCancellationToken(signal: AbortSignal): {
  readonly token: vscode.CancellationToken;
  readonly dispose: () => void;
} {
  const source = new vscode.CancellationTokenSource();
  const unlisten = onAbort(signal, () => source.cancel());
  return {
    token: source.token,
    dispose: () => {
      unlisten();
      source.dispose();
    },
  };
}

import { completionJson } from "./chunks.ts";
import type { Inference } from "./inference.ts";

const loopback = ["127.0.0.1", "localhost", "[::1]"];

/** Posts a finished inference to its completion webhook, on this machine only. Resolves to whether it got there. */
export async function callWebhook(
  webhook: { readonly url: string; readonly token: string | undefined },
  inference: Inference,
): Promise<boolean> {
  if (!loopback.includes(new URL(webhook.url).hostname)) return false;
  const headers: Record<string, string> = { "Content-Type": "application/json" };
  if (webhook.token !== undefined) headers["Authorization"] = `Bearer ${webhook.token}`;
  try {
    const response = await fetch(webhook.url, { method: "POST", headers, body: completionJson(inference) });
    return response.ok;
  } catch {
    // Nobody listens: a webhook is told once and not waited for.
    return false;
  }
}

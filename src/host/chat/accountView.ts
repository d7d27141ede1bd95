import type { AccountView } from "../../protocol/chat.ts";
import type { TokenStore } from "../secrets.ts";

/** Whether there is a token, and where it comes from. */
export async function accountView(tokens: TokenStore): Promise<AccountView> {
  const stored = await tokens.get();
  return stored ? { state: "signedIn", source: stored.source } : { state: "signedOut", source: undefined };
}

import { phrase, sentences, type Phrase } from "../util/phrase.ts";

export const defaultBaseUrl = "https://api.valarhq.ai/v1";

export type BaseUrlResult =
  | { readonly type: "ok"; readonly url: string; readonly origin: string }
  /** `said` tells what is wrong and what is allowed. */
  | { readonly type: "error"; readonly said: Phrase };

const allowed = phrase(
  "Use an https address such as {0}; http works for this machine only (localhost).",
  defaultBaseUrl,
);

/** Reads a base URL as a person typed it. The normalised `url` has no trailing slash. */
export function parseBaseUrl(text: string): BaseUrlResult {
  const trimmed = text.trim();
  const wrong = (what: Phrase): BaseUrlResult => ({ type: "error", said: sentences(what, allowed) });
  if (trimmed === "") return wrong(phrase("The base URL is empty."));
  if (!URL.canParse(trimmed)) return wrong(phrase("The base URL is not a web address."));
  const url = new URL(trimmed);
  if (url.username !== "" || url.password !== "") {
    return wrong(phrase("The base URL must not hold a user name or password."));
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    return wrong(phrase("The base URL must not start with “{0}”.", url.protocol));
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    return wrong(
      phrase(
        "The base URL must use https: with http the API token could be read on its way to {0}.",
        url.host,
      ),
    );
  }
  // `?` and `#` alone leave search and hash empty, yet would swallow the path added later.
  if (/[?#]/.test(trimmed)) return wrong(phrase("The base URL must not hold a query (?) or fragment (#)."));
  return { type: "ok", url: url.origin + url.pathname.replace(/\/+$/, ""), origin: url.origin };
}

/** `hostname` as `URL` gives it: lower case, IPv4 in dotted form, IPv6 in brackets. */
function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}

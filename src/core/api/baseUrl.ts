export const defaultBaseUrl = "https://api.valarhq.ai/v1";

export type BaseUrlResult =
  | { readonly type: "ok"; readonly url: string; readonly origin: string }
  /** `message` says what is wrong and what is allowed. */
  | { readonly type: "error"; readonly message: string };

const allowed = `Use an https address such as ${defaultBaseUrl}; http works for this machine only (localhost).`;

/** Reads a base URL as a person typed it. The normalised `url` has no trailing slash. */
export function parseBaseUrl(text: string): BaseUrlResult {
  const trimmed = text.trim();
  const wrong = (what: string): BaseUrlResult => ({ type: "error", message: `${what} ${allowed}` });
  if (trimmed === "") return wrong("The base URL is empty.");
  if (!URL.canParse(trimmed)) return wrong("The base URL is not a web address.");
  const url = new URL(trimmed);
  if (url.username !== "" || url.password !== "") {
    return wrong("The base URL must not hold a user name or password.");
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    return wrong(`The base URL must not start with “${url.protocol}”.`);
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    return wrong(
      `The base URL must use https: with http the API token could be read on its way to ${url.host}.`,
    );
  }
  // `?` and `#` alone leave search and hash empty, yet would swallow the path added later.
  if (/[?#]/.test(trimmed)) return wrong("The base URL must not hold a query (?) or fragment (#).");
  return { type: "ok", url: url.origin + url.pathname.replace(/\/+$/, ""), origin: url.origin };
}

/** `hostname` as `URL` gives it: lower case, IPv4 in dotted form, IPv6 in brackets. */
function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
}

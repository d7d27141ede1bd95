/** Where a link of a model's answer leads and what has to be shown beside its label. */
export interface LinkTarget {
  /** The address to open on a click; undefined: this link is never opened. */
  readonly href: string | undefined;
  /** The address in full, host in ASCII, cut in the middle if it is very long. */
  readonly shown: string;
  /** Must `shown` stand in the text itself, because the label hides or contradicts it? */
  readonly reveal: boolean;
}

const longest = 300;
const looksLikeAddress = /^(?:https?:\/\/)?((?:[^\s/@:.]+\.)+[^\s/@:.\d]{2,})(?=[/:?#]|$)/i;

/** Only https links without user info can be opened. `label` is the text that the answer gives the link. */
export function linkTarget(href: string, label: string): LinkTarget {
  const url = URL.canParse(href) ? new URL(href) : undefined;
  if (url?.protocol !== "https:") return { href: undefined, shown: shorten(href), reveal: href !== label };
  const shown = shorten(url.href);
  if (url.username !== "" || url.password !== "") return { href: undefined, shown, reveal: true };
  const claimed = looksLikeAddress.exec(label.trim())?.[1]?.toLowerCase();
  const isForeign = url.hostname.split(".").some((part) => part.startsWith("xn--"));
  return { href: url.href, shown, reveal: isForeign || (claimed !== undefined && claimed !== url.hostname) };
}

function shorten(address: string): string {
  if (address.length <= longest) return address;
  return `${address.slice(0, longest / 2)}…${address.slice(-longest / 4)}`;
}

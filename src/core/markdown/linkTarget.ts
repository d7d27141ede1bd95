import { filePlace } from "./filePlace.ts";

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
/** What reads as a host's name in a label, with the signs that it is meant as one. */
const hostName = /(https?:\/\/)?(?<![\w.])((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})(?![\p{L}\p{N}])(\/?)/giu;

/** Only https links without user info can be opened. `label` is the text that the answer gives the link. */
export function linkTarget(href: string, label: string): LinkTarget {
  const url = URL.canParse(href) ? new URL(href) : undefined;
  if (url?.protocol !== "https:") return { href: undefined, shown: shorten(href), reveal: href !== label };
  const shown = shorten(url.href);
  if (url.username !== "" || url.password !== "") return { href: undefined, shown, reveal: true };
  const isForeign = url.hostname.split(".").some((part) => part.startsWith("xn--"));
  return { href: url.href, shown, reveal: isForeign || claimsOther(label, url.hostname) };
}

/** Does the label name a host, in whatever kind of letters, that is not the link's? */
function claimsOther(label: string, host: string): boolean {
  const text = label
    .normalize("NFKC")
    .replace(/[\u3002\u2024]/g, ".")
    .replace(/[\u2044\u2215\u29f8]/g, "/")
    .trim();
  return [...text.matchAll(hostName)].some(([found, scheme = "", name = "", slash = ""]) => {
    const isMeant = scheme !== "" || slash !== "" || found === text || !isFileName(name);
    return isMeant && name.toLowerCase() !== host;
  });
}

/** `Node.js` or `config.json` in the midst of a label. */
function isFileName(name: string): boolean {
  return /\.js$/i.test(name) || filePlace(name) !== undefined;
}

function shorten(address: string): string {
  if (address.length <= longest) return address;
  return `${address.slice(0, longest / 2)}…${address.slice(-longest / 4)}`;
}

import { phrase, type Phrase } from "../util/phrase.ts";
import { ApiError, type ApiErrorKind } from "./errors.ts";
import type { Failure } from "./failure.ts";

/**
 * What `fetch` or the body's reader threw, to a failure. Node hides the reason in a chain of causes with codes;
 * Chromium (VS Code's electron fetch) gives `net::ERR_…` in the message; browsers say nothing.
 * `redact` takes the token out of the reason.
 */
export function classifyNetworkError(thrown: unknown, redact: (text: string) => string): Failure {
  const chain = causesOf(thrown);
  const reason = redact(chain.map((cause) => cause.code || cause.message).join(" < ")).slice(0, 300);
  const rule = rules.find(({ pattern }) =>
    chain.some((cause) => pattern.test(`${cause.code} ${cause.message}`)),
  );
  const { kind, said } = rule ?? unknownRule;
  return {
    error: new ApiError(kind, said, { reason }),
    transient: kind === "network" || kind === "timeout",
  };
}

interface Cause {
  readonly code: string;
  readonly message: string;
}

/** The error and its causes, outermost first. An error of several (one for each address tried) gives its first. */
function causesOf(thrown: unknown): readonly Cause[] {
  const chain: Cause[] = [];
  let error = thrown;
  // Bounded: a cause may point back at its error.
  for (let depth = 0; depth < 8 && error !== undefined && error !== null; depth += 1) {
    if (!(error instanceof Error)) {
      chain.push({ code: "", message: typeof error === "string" ? error : typeof error });
      break;
    }
    const code = "code" in error && typeof error.code === "string" ? error.code : "";
    const errors: readonly unknown[] = error instanceof AggregateError ? error.errors : [];
    chain.push({ code, message: errors.length > 0 ? error.message || "several failures" : error.message });
    error = error.cause ?? errors[0];
  }
  return chain;
}

interface Rule {
  readonly pattern: RegExp;
  readonly kind: ApiErrorKind;
  readonly said: Phrase;
}

/** The first that fits any error of the chain decides. */
const rules: readonly Rule[] = [
  {
    pattern: /unexpected redirect|redirect mode|ERR_UNSAFE_REDIRECT/i,
    kind: "redirect",
    said: phrase(
      "The server pointed to another address, which is not followed, to keep the API token safe. Check the base URL.",
    ),
  },
  {
    // A 407 without a tunnel: Node's fetch gives an error with neither code nor message, and only then.
    pattern: /^ $|proxy response \(407\)|proxy authentication required|ERR_PROXY_AUTH|ERR_HTTP_PROXY_AUTH/i,
    kind: "proxy",
    said: phrase("The proxy wants a user name and password. Check VS Code's proxy settings (http.proxy)."),
  },
  {
    pattern:
      /proxy response \(\d+\)|ERR_PROXY_(CERTIFICATE|CONNECTION)|ERR_TUNNEL_CONNECTION|ERR_MANDATORY_PROXY|ERR_SOCKS/i,
    kind: "proxy",
    said: phrase("The proxy did not let the request through. Check VS Code's proxy settings (http.proxy)."),
  },
  {
    pattern:
      /\bCERT_|CERTIFICATE|SELF_SIGNED|UNABLE_TO_(GET|VERIFY|DECODE)|ERR_TLS_|ERR_SSL_|net::ERR_CERT|HOSTNAME_MISMATCH|INVALID_CA|CRL_|EPROTO\b|wrong version number/i,
    kind: "tls",
    said: phrase(
      "The server's certificate could not be trusted. If your network inspects traffic, add its certificate to the system's, and see VS Code's http.systemCertificates.",
    ),
  },
  {
    pattern: /ENOTFOUND|EAI_|ERR_NAME_NOT_RESOLVED|ERR_NAME_RESOLUTION/,
    kind: "network",
    said: phrase("The server's name could not be found. Check the network and the base URL."),
  },
  {
    pattern: /ECONNREFUSED|ERR_CONNECTION_REFUSED/,
    kind: "network",
    said: phrase("The server refused the connection. Check the network, or the base URL if you changed it."),
  },
  {
    pattern: /ERR_INTERNET_DISCONNECTED|ENETUNREACH|EHOSTUNREACH|ENETDOWN|ERR_ADDRESS_UNREACHABLE/,
    kind: "network",
    said: phrase("The server could not be reached. Check the network."),
  },
  {
    pattern: /ETIMEDOUT|UND_ERR_\w*TIMEOUT|ERR_(CONNECTION_)?TIMED_OUT/,
    kind: "timeout",
    said: phrase("The server did not answer in time."),
  },
  {
    pattern:
      /ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET|Z_BUF_ERROR|terminated|premature close|ERR_CONNECTION_(RESET|CLOSED|ABORTED)|ERR_NETWORK_CHANGED|ERR_CONTENT_LENGTH|ERR_INCOMPLETE/,
    kind: "network",
    said: phrase("The connection broke off."),
  },
  {
    // Chromium, Firefox, Safari. They do not tell pages more, lest a page explores the network it is in.
    pattern: /^ (Failed to fetch|NetworkError when attempting to fetch resource\.?|Load failed)$/,
    kind: "network",
    said: phrase(
      "The connection failed, and the browser does not say why. Check the network and the base URL, and that the server takes requests from web pages (CORS).",
    ),
  },
  {
    pattern: /^ (network error|Error in input stream|The network connection was lost\.?)$/,
    kind: "network",
    said: phrase("The connection broke off."),
  },
];

const unknownRule = { kind: "network", said: phrase("The connection failed. Check the network.") } as const;

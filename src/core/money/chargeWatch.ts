import { ApiError } from "../api/errors.ts";
import type { RequestWatch } from "../api/meter.ts";
import type { ChatEvent, Usage } from "../api/types.ts";

/** A request that was charged, or may have been: then without what it took. */
export type OnCharged = (usage: Usage | undefined) => void;

/** Finds out whether a request is charged, and for what. */
export class ChargeWatch implements RequestWatch {
  readonly #charged: OnCharged;
  #isSent = false;
  #hasAnswer = false;
  #usage: Usage | undefined;

  constructor(charged: OnCharged) {
    this.#charged = charged;
  }

  event(event: ChatEvent): void {
    if (event.type === "phase") this.#isSent ||= event.phase.type === "sending";
    else if (event.type === "usage") this.#usage = event.usage;
    else this.#hasAnswer = true;
  }

  ended(error?: unknown): void {
    const replayed = error instanceof ApiError ? error.details.replay?.usage : undefined;
    const usage = this.#usage ?? replayed;
    if (usage !== undefined || this.#hasAnswer || (this.#isSent && mayBeCharged(error))) this.#charged(usage);
  }
}

/** Whether a request that brought no answer may have been worked on all the same. */
function mayBeCharged(error: unknown): boolean {
  if (!(error instanceof ApiError)) return true;
  const { kind, details } = error;
  if (kind === "network") return !neverThere.test(details.reason ?? "");
  return uncertain.includes(kind);
}

/** Failures after which the server may still have finished the answer. */
const uncertain: readonly ApiError["kind"][] = ["timeout", "server", "conflict", "protocol", "diverged"];

/** The connection was never made. */
const neverThere =
  /ENOTFOUND|EAI_|ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|ENETDOWN|ERR_(NAME_|CONNECTION_REFUSED|INTERNET_DISCONNECTED|ADDRESS_UNREACHABLE)/;

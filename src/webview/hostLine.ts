import type { HostMethod, HostRequests } from "../protocol/chat.ts";

/** The ways to ask something of the host. */
export interface HostLine {
  /** Rejects when the host fails, and at once when `signal` is aborted. */
  readonly request: <M extends HostMethod>(
    method: M,
    params: HostRequests[M][0],
    signal?: AbortSignal,
  ) => Promise<HostRequests[M][1]>;
  /** Asks for something whose outcome the person sees elsewhere; a failure is shown. */
  readonly ask: <M extends HostMethod>(method: M, params: HostRequests[M][0]) => void;
}

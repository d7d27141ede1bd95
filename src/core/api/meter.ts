import type { ChatEvent, PreparedRequest } from "./types.ts";

/** Follows one request. */
export interface RequestWatch {
  event(event: ChatEvent): void;
  /** Called once, however it ended: well, by a cancel, or with what was thrown. */
  ended(error?: unknown): void;
}

/** Hears of every request that goes through the client, whoever makes it. */
export interface RequestMeter {
  /** Asked before a new request is sent. Rejects when it may not be. */
  admit(request: PreparedRequest): Promise<void>;
  /** A request is being run: a new one, or the same once more, which is the same charge. */
  watch(request: PreparedRequest): RequestWatch;
}

/** Limits of one logical request, in ms. */
export interface Timeouts {
  /** From sending to the response's headers. */
  readonly headersMs: number;
  /** Between two pieces of the body. Comments count as life. */
  readonly idleMs: number;
  /** In all, waiting between attempts and silent stretches not counted. */
  readonly totalMs: number;
}

export const defaultTimeouts: Timeouts = { headersMs: 90_000, idleMs: 60_000, totalMs: 600_000 };

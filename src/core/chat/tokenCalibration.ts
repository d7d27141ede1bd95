import { isRecord } from "../util/record.ts";

/** What requests of one model took in truth and by estimate, older ones counting less. */
export interface Calibration {
  readonly actual: number;
  readonly estimated: number;
}
/** By model id, the latest used last. */
export type Calibrations = Readonly<Record<string, Calibration>>;

/** How much of what was learnt before a new request leaves in force. */
const keep = 0.8;
/** The estimate is believed as if a request of so many tokens had confirmed it: a first short one decides little. */
const priorTokens = 200;
const leastRatio = 0.4;
const mostRatio = 3;
/** More are forgotten, the oldest first. */
const maxModels = 50;

/** What to multiply an estimate for `model` by: 1 until something is known. */
export function calibrationRatio(calibrations: Calibrations, model: string): number {
  const known = calibrations[model];
  if (known === undefined) return 1;
  return clamp((known.actual + priorTokens) / (known.estimated + priorTokens));
}

/** Learns that what was estimated (before calibration) as `estimated` tokens were `actual`. */
export function calibrate(
  calibrations: Calibrations,
  model: string,
  estimated: number,
  actual: number,
): Calibrations {
  if (!isCount(estimated) || !isCount(actual)) return calibrations;
  const { [model]: known = { actual: 0, estimated: 0 }, ...others } = calibrations;
  // A count that cannot be (a proxy's, a mock's) must not spoil what is known.
  const believed = clamp(actual / estimated) * estimated;
  const learnt = {
    actual: known.actual * keep + believed,
    estimated: known.estimated * keep + estimated,
  };
  return Object.fromEntries([...Object.entries(others), [model, learnt] as const].slice(-maxModels));
}

/** What was stored; anything else that storage may hold is left out. */
export function readCalibrations(stored: unknown): Calibrations {
  if (!isRecord(stored)) return {};
  const read = Object.entries(stored).flatMap(([model, value]) => {
    if (!isRecord(value)) return [];
    const { actual, estimated } = value;
    return isCount(actual) && isCount(estimated) ? [[model, { actual, estimated }] as const] : [];
  });
  return Object.fromEntries(read.slice(-maxModels));
}

function clamp(ratio: number): number {
  return Math.min(mostRatio, Math.max(leastRatio, ratio));
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value > 0;
}

import { isObject, type JsonObject } from "./chatRequest.ts";
import { defaultConfig, type SimulatorConfig } from "./config.ts";
import { defaultDelivery, type Delivery } from "./delivery.ts";
import type { Fault, FaultAction } from "./faults.ts";
import type { SimulatorOptions } from "./server.ts";

const actionTypes: readonly FaultAction["type"][] = [
  ...(["none", "stall", "hold", "reset", "resetAfterHeaders", "break", "insert", "longLine"] as const),
  ...(["status", "differ"] as const),
];
const faultFields = ["name", "match", "times", "latencyMs", "delivery", "downMs", "action"];

/** One fault or a list of them, from another process. Throws a message that names what is wrong. */
export function decodeFaults(value: unknown): Fault[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map((item) => {
    if (!isFault(item)) throw new Error(`Not a fault: ${JSON.stringify(item)}`);
    return item;
  });
}

function isFault(value: unknown): value is Fault {
  if (!isObject(value) || !isObject(value["action"])) return false;
  const action = value["action"];
  return (
    Object.keys(value).every((key) => faultFields.includes(key)) &&
    actionTypes.some((type) => type === action["type"]) &&
    hasPlace(action) &&
    (action["type"] !== "status" || typeof action["status"] === "number") &&
    (action["type"] !== "differ" || typeof action["content"] === "number") &&
    (value["delivery"] === undefined || isSimilar(value["delivery"], defaultDelivery()))
  );
}

function hasPlace(action: JsonObject): boolean {
  const type = action["type"];
  if (type !== "break" && type !== "insert" && type !== "longLine") return true;
  if (!isObject(action["at"])) return false;
  return Object.values(action["at"]).every((place) => typeof place === "number");
}

/** A change of the configuration, from another process. Throws when a field or its type is unknown. */
export function decodeConfig(value: unknown, current: SimulatorConfig): SimulatorOptions {
  if (!isConfigChange(value, current)) {
    throw new Error(`Not a configuration change: ${JSON.stringify(value)}`);
  }
  return value;
}

function isConfigChange(value: unknown, current: SimulatorConfig): value is SimulatorOptions {
  if (!isObject(value)) return false;
  const { delivery, ...rest } = value;
  return (
    isSimilar(rest, { ...defaultConfig(), ...current }) && (delivery === undefined || isDelivery(delivery))
  );
}

function isDelivery(value: unknown): value is Partial<Delivery> {
  return isSimilar(value, defaultDelivery());
}

/** True when every field of `value` is one of the model's and has the same JSON type there. */
function isSimilar(value: unknown, model: object): boolean {
  if (!isObject(value)) return false;
  const fields = new Map<string, unknown>(Object.entries(model));
  return Object.entries(value).every(
    ([key, entry]) => fields.has(key) && typeof entry === typeof fields.get(key),
  );
}

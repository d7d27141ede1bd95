/** Holds an API token when none is stored. */
export const environmentToken = "VALAR_API_KEY";

/** A variable of the extension host's environment; undefined in a web worker, which has none. */
export function environmentVariable(name: string): string | undefined {
  const process: unknown = Reflect.get(globalThis, "process");
  const env: unknown = isObject(process) ? Reflect.get(process, "env") : undefined;
  const value: unknown = isObject(env) ? Reflect.get(env, name) : undefined;
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

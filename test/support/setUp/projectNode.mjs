// Hands over to the project's own Node 24. Runs on Node 20 with built-ins only.
import { spawn } from "node:child_process";
import path from "node:path";
import { projectNode, root } from "./paths.mjs";

/**
 * Runs a file of this clone with the project's Node 24, that Node first on PATH, and passes signals on.
 * Gives its exit code.
 */
export function runWithProjectNode(file, args, extraEnvironment = {}) {
  const env = { ...process.env, ...extraEnvironment, PATH: pathWithProjectNode() };
  const child = spawn(projectNode, [path.join(root, file), ...args], { cwd: root, env, stdio: "inherit" });
  return exitCodeOf(child);
}

/** PATH with the programs of node_modules first. */
export function pathWithProjectNode() {
  return [path.join(root, "node_modules/.bin"), process.env.PATH ?? ""].join(path.delimiter);
}

function exitCodeOf(child) {
  // Ctrl+C reaches the child as well, since both are in one process group: here it is only waited for.
  const wait = () => undefined;
  const passOn = () => child.kill("SIGTERM");
  process.on("SIGINT", wait);
  process.on("SIGTERM", passOn);
  process.on("SIGHUP", passOn);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 1)));
  });
}

// Calls npm the way `npm start` itself was called. Runs on Node 20 with built-ins only.
import { spawn } from "node:child_process";
import { SetUpError } from "./steps.mjs";

/**
 * Runs npm in `cwd` with `node` as its Node. Its output is shown only when it fails.
 * Throws SetUpError with npm's own words.
 */
export async function npm(args, { cwd, node = process.execPath, what }) {
  const quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"];
  const { npm_execpath: npmCli } = process.env;
  const isNpm = npmCli !== undefined && /npm-cli\.c?js$/.test(npmCli);
  const [command, first] = isNpm ? [node, [npmCli]] : ["npm", []];
  const { code, output } = await run(command, [...first, ...args, ...quiet], { cwd, env: npmEnvironment() });
  if (code === 0) return;
  throw new SetUpError(
    `${what} failed: "npm ${args.join(" ")}" ended with code ${String(code)}.\n${output.trim()}\n` +
      "Check the connection to the npm registry, then run the same command again: it goes on from here.",
  );
}

/** The environment without what an outer `npm run` says about its own package. */
export function npmEnvironment(environment = process.env) {
  const outer = /^(npm_package_|npm_lifecycle_|npm_command$|npm_config_(local_prefix|prefix)$|INIT_CWD$)/;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !outer.test(name)));
}

/**
 * Runs a program to its end and gives its exit code and everything it printed.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions} options
 * @returns {Promise<{ code: number | null, output: string }>}
 */
export function run(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (data) => (output += String(data)));
    child.stderr.on("data", (data) => (output += String(data)));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output }));
  });
}

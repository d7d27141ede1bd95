// Finds the system's Chromium, or installs it where that is possible. Runs on Node 20 with built-ins only.
import { access, constants } from "node:fs/promises";
import path from "node:path";
import { run } from "./npm.mjs";
import { SetUpError, step } from "./steps.mjs";

/** The lightest first: one without windows starts in half the time. */
const programs = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
];

/** The path of a Chromium: CHROMIUM_PATH, or the first known program on PATH; undefined if there is none. */
export async function findChromium(environment = process.env) {
  const chosen = environment.CHROMIUM_PATH;
  if (chosen !== undefined && chosen !== "") {
    if (await isProgram(chosen)) return chosen;
    throw new SetUpError(`CHROMIUM_PATH is ${chosen}, which is not a program.`);
  }
  for (const program of programs) {
    const found = await onPath(program, environment);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Finds Chromium; as root on Debian or Ubuntu installs it; otherwise throws SetUpError that names the package. */
export async function ensureChromium(
  environment = process.env,
  userId = process.getuid?.(),
  announce = step,
) {
  const found = await findChromium(environment);
  if (found !== undefined) return found;
  const aptGet = await onPath("apt-get", environment);
  if (userId !== 0 || aptGet === undefined)
    throw new SetUpError(chromiumAdvice("Chromium is not installed."));
  await announce("Installing Chromium (apt-get install chromium-headless-shell, or chromium)", async () => {
    const env = { ...environment, DEBIAN_FRONTEND: "noninteractive" };
    const apt = (...args) => run(aptGet, args, { env });
    const install = (name) => apt("install", "-y", "--no-install-recommends", name, "fonts-liberation");
    const refuse = (verb, { code, output }) => {
      throw new SetUpError(
        chromiumAdvice(`apt-get ${verb} ended with code ${String(code)}.\n${output.trim()}`),
      );
    };
    const updated = await apt("update");
    if (updated.code !== 0) refuse("update", updated);
    // Not every Debian or Ubuntu has the first.
    if ((await install("chromium-headless-shell")).code === 0) return;
    const installed = await install("chromium");
    if (installed.code !== 0) refuse("install", installed);
  });
  const installed = await findChromium(environment);
  if (installed === undefined)
    throw new SetUpError(chromiumAdvice("The package brought no Chromium program."));
  return installed;
}

function chromiumAdvice(reason) {
  return (
    `${reason}\nThe tests need Chromium. Install the package “chromium”:\n` +
    "  Debian:  sudo apt-get install chromium\n" +
    "  Fedora:  sudo dnf install chromium\n" +
    "  Arch:    sudo pacman -S chromium\n" +
    "  Ubuntu:  sudo snap install chromium\n" +
    "or set CHROMIUM_PATH to the Chromium or Chrome you have."
  );
}

/** The full path of a program on PATH, or undefined. */
export async function onPath(program, environment = process.env) {
  for (const folder of (environment.PATH ?? "").split(path.delimiter)) {
    if (folder === "") continue;
    const file = path.join(folder, program);
    if (await isProgram(file)) return file;
  }
  return undefined;
}

async function isProgram(file) {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

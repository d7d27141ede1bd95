// Where things are in this clone. Runs on Node 20 with built-ins only.
import { fileURLToPath } from "node:url";
import path from "node:path";

/** The root of the clone. */
export const root = fileURLToPath(new URL("../../../", import.meta.url)).replace(/\/$/, "");
/** Git ignores this folder: everything that is downloaded or built for running VS Code is in it. */
export const toolFolder = path.join(root, ".valar-tools");
/** The project's own Node 24, from the npm package `node`. */
export const projectNode = path.join(root, "node_modules/node/bin/node");

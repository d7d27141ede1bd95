// Imported by programs that start others: without it a signal would end Node without its exit handlers, and leave
// code-server and the browser behind.
import { constants } from "node:os";

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.once(signal, () => process.exit(128 + constants.signals[signal]));
}

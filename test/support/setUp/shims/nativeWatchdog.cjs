// Stands in for @vscode/native-watchdog, whose compiled part is left out: ends the process when its parent is gone.
"use strict";
const process = require("node:process");
const { setInterval } = require("node:timers");

exports.start = (pid) => {
  setInterval(() => {
    try {
      process.kill(pid, 0);
    } catch {
      process.exit(87);
    }
  }, 1000).unref();
};
exports.exit = (code) => {
  process.exit(code || 0);
};

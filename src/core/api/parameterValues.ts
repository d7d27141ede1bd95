// Apart from the checks of a request, which VS Code need not load at its start.

export const reasoningEfforts = ["none", "minimal", "low", "medium", "high", "xhigh"] as const;
export const completionWindows = ["asap", "standard"] as const;
/** Characters of `user`. */
export const maxUserLength = 256;

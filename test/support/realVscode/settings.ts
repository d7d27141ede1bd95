/** What every real VS Code of this project starts with: like a desktop, and quiet. */
export const baseSettings: Readonly<Record<string, unknown>> = {
  // The browser build saves by itself; a desktop does not, and edits must not reach the disk unasked.
  "files.autoSave": "off",
  "telemetry.telemetryLevel": "off",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
  "window.confirmBeforeClose": "never",
  "window.autoDetectColorScheme": false,
  "typescript.disableAutomaticTypeAcquisition": true,
  "extensions.ignoreRecommendations": true,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "chat.disableAIFeatures": true,
};

/** The same for tests: one TypeScript server for each window in place of two. */
export const testSettings: Readonly<Record<string, unknown>> = {
  ...baseSettings,
  "typescript.tsserver.useSyntaxServer": "never",
};

/** The colour themes that everything must look good in, by the name of the setting's value. */
export const themes = {
  light: "Light Modern",
  dark: "Dark Modern",
  highContrast: "Default High Contrast",
  highContrastLight: "Default High Contrast Light",
} as const;

export type ThemeName = keyof typeof themes;

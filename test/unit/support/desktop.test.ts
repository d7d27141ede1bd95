import assert from "node:assert/strict";
import { desktopObstacle, desktopOptions } from "../../support/realVscode/desktopOptions.ts";
import { root } from "../../support/setUp/paths.mjs";

const run = { entry: "/t/index.cjs", dataFolder: "/d", workspace: "/w", simulator: "http://127.0.0.1:1/v1" };

describe("the desktop run", () => {
  it("loads the clone as the extension and the bundle as the tests, in a fresh profile", () => {
    const options = desktopOptions(run, {});
    assert.equal(options.extensionDevelopmentPath, root);
    assert.equal(options.extensionTestsPath, "/t/index.cjs");
    assert.equal(options.launchArgs?.[0], "/w");
    assert.ok(options.launchArgs.includes("--user-data-dir=/d/user-data"));
    assert.ok(options.launchArgs.includes("--extensions-dir=/d/extensions"));
  });

  it("tells the tests where the simulator is, and keeps the person's own key from them", () => {
    const { extensionTestsEnv } = desktopOptions({ ...run, grep: "smoke" }, { VALAR_API_KEY: "sk_own" });
    assert.equal(extensionTestsEnv?.VALAR_TEST_SIMULATOR, "http://127.0.0.1:1/v1");
    assert.equal(extensionTestsEnv.VALAR_TEST_GREP, "smoke");
    assert.ok("VALAR_API_KEY" in extensionTestsEnv);
    assert.equal(extensionTestsEnv.VALAR_API_KEY, undefined);
  });

  it("takes VSCODE_EXECUTABLE_PATH, and lets VS Code be downloaded without it", () => {
    assert.equal(
      desktopOptions(run, { VSCODE_EXECUTABLE_PATH: "/opt/code" }).vscodeExecutablePath,
      "/opt/code",
    );
    assert.ok(!("vscodeExecutablePath" in desktopOptions(run, { VSCODE_EXECUTABLE_PATH: "" })));
  });

  it("says what is missing before it begins", () => {
    const nothing = (): boolean => false;
    assert.match(desktopObstacle({}, "linux", nothing) ?? "", /needs a display/);
    assert.equal(desktopObstacle({ DISPLAY: ":0" }, "linux", nothing), undefined);
    assert.equal(desktopObstacle({}, "darwin", nothing), undefined);
    const wrong = { DISPLAY: ":0", VSCODE_EXECUTABLE_PATH: "/opt/nothing" };
    assert.match(desktopObstacle(wrong, "linux", nothing) ?? "", /\/opt\/nothing, which does not exist/);
  });
});

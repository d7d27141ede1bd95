import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { ensureChromium, findChromium } from "../../support/setUp/chromium.mjs";
import { matches } from "../../support/setUp/dependencies.mjs";
import { withLock } from "../../support/setUp/lock.mjs";
import { npmEnvironment } from "../../support/setUp/npm.mjs";
import { seconds } from "../../support/setUp/steps.mjs";

describe("set-up", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "valar-set-up-"));
  });
  afterEach(async () => rm(folder, { recursive: true, force: true }));

  async function program(name: string, script: string): Promise<string> {
    const file = path.join(folder, name);
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o755);
    return file;
  }

  describe("of Chromium", () => {
    const quietly = <T>(_: string, work: () => T | Promise<T>): Promise<T> => Promise.resolve(work());

    it("takes CHROMIUM_PATH before all else", async () => {
      await program("chromium", "");
      const own = await program("my-browser", "");
      assert.equal(await findChromium({ PATH: folder, CHROMIUM_PATH: own }), own);
    });

    it("says so when CHROMIUM_PATH leads nowhere", async () => {
      await assert.rejects(
        findChromium({ PATH: folder, CHROMIUM_PATH: "/nowhere/chromium" }),
        /CHROMIUM_PATH is \/nowhere/,
      );
    });

    it("finds a browser on PATH under its various names", async () => {
      assert.equal(await findChromium({ PATH: folder }), undefined);
      const chrome = await program("google-chrome", "");
      assert.equal(await findChromium({ PATH: folder }), chrome);
      const chromium = await program("chromium", "");
      assert.equal(await findChromium({ PATH: folder }), chromium);
    });

    for (const [offered, isLight] of [
      ["chromium-headless-shell", true],
      ["chromium", false],
    ] as const) {
      it(`installs ${offered} as root where there is apt-get, after an update`, async () => {
        const log = path.join(folder, "log");
        const chromium = path.join(folder, offered);
        const install = `printf '#!/bin/sh\\n' > ${chromium}; /bin/chmod 755 ${chromium}`;
        const script = `if [ "$1" = install ]; then [ "$4" = ${offered} ] || exit 100; ${install}; fi`;
        await program("apt-get", `echo "$@" >> ${log}; ${script}`);
        assert.equal(await ensureChromium({ PATH: folder }, 0, quietly), chromium);
        const calls = (await readFile(log, "utf8")).trim().split("\n");
        assert.equal(calls[0], "update");
        assert.match(calls[1] ?? "", /^install -y .*\bchromium-headless-shell\b/);
        assert.equal(calls.length, isLight ? 2 : 3);
      });
    }

    it("names the package to a person who is not root, and runs nothing", async () => {
      const log = path.join(folder, "log");
      await program("apt-get", `echo "$@" >> ${log}`);
      await assert.rejects(ensureChromium({ PATH: folder }, 1000), /Install the package “chromium”/);
      await assert.rejects(readFile(log));
    });

    it("shows what apt-get said when it fails", async () => {
      await program("apt-get", "echo no such host; exit 100");
      await assert.rejects(
        ensureChromium({ PATH: folder }, 0, quietly),
        /code 100[^]*no such host[^]*Install the package/,
      );
    });
  });

  describe("of npm packages", () => {
    const wanted = {
      "": { version: "1.0.0" },
      "node_modules/a": { version: "1.2.3" },
      "node_modules/b-for-windows": { version: "2.0.0", optional: true },
    };

    it("is done when every package is there in its version, whatever its platform leaves out", () => {
      assert.equal(matches(wanted, { "node_modules/a": { version: "1.2.3" } }), true);
    });

    it("is not done when one is missing, is too many, or has another version", () => {
      assert.equal(matches(wanted, undefined), false);
      assert.equal(matches(wanted, {}), false);
      assert.equal(matches(wanted, { "node_modules/a": { version: "1.2.4" } }), false);
      const more = { "node_modules/a": { version: "1.2.3" }, "node_modules/c": { version: "1.0.0" } };
      assert.equal(matches(wanted, more), false);
    });

    it("keeps what an outer npm run says of its own package from an inner npm", () => {
      const outer = {
        PATH: "p",
        npm_package_name: "valar",
        npm_config_local_prefix: "/x",
        npm_config_cache: "/c",
      };
      assert.deepEqual(npmEnvironment(outer), { PATH: "p", npm_config_cache: "/c" });
    });
  });

  describe("under a lock", () => {
    it("runs one piece of work at a time", async () => {
      const lock = path.join(folder, "some.lock");
      let running = 0;
      let most = 0;
      const work = async (): Promise<void> => {
        running += 1;
        most = Math.max(most, running);
        await mkdir(path.join(folder, "some"), { recursive: true });
        running -= 1;
      };
      await Promise.all([withLock(lock, work), withLock(lock, work), withLock(lock, work)]);
      assert.equal(most, 1);
    });

    it("takes over from a process that died", async () => {
      const lock = path.join(folder, "some.lock");
      const dead = spawnSync(process.execPath, ["-e", ""]).pid;
      await writeFile(lock, String(dead));
      assert.equal(await withLock(lock, () => Promise.resolve("done")), "done");
    });

    it("is given back when the work fails", async () => {
      const lock = path.join(folder, "some.lock");
      await assert.rejects(withLock(lock, () => Promise.reject(new Error("no"))));
      assert.equal(await withLock(lock, () => Promise.resolve(1)), 1);
    });
  });

  it("tells times as a person reads them", () => {
    assert.equal(seconds(420), "0.4 s");
    assert.equal(seconds(59_999), "1 min 0 s");
    assert.equal(seconds(72_300), "1 min 12 s");
    assert.equal(seconds(119_800), "2 min 0 s");
  });
});

import { seededRandom } from "../support/simulator/random.ts";
import { KillRuns, killScript } from "./support/killRun.ts";
import { useStage } from "./support/stage.ts";

/** A few in the suite; `npm run test:kills` makes 200. The same seed gives the same scripts. */
const count = Number(process.env["VALAR_KILL_RUNS"] ?? 2);
const seed = Number(process.env["VALAR_KILL_SEED"] ?? 1);

describe(`killed without warning (${String(count)} runs, seed ${String(seed)})`, () => {
  const stage = useStage({ simulator: { tokensPerSecond: 400 } });
  const random = seededRandom(seed);
  let runs: KillRuns;
  before(() => {
    runs = new KillRuns(stage.vscode, stage.simulator, stage.window);
  });

  for (let run = 1; run <= count; run++) {
    const script = killScript(random);
    it(`loses nothing in run ${String(run)}: ${JSON.stringify(script)}`, () => runs.run(script));
  }
});

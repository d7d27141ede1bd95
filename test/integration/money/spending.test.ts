import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import { ApiClient } from "../../../src/core/api/client.ts";
import { costUsd } from "../../../src/core/api/cost.ts";
import { ApiError } from "../../../src/core/api/errors.ts";
import { defaultTimeouts } from "../../../src/core/api/timeouts.ts";
import type { PreparedRequest } from "../../../src/core/api/types.ts";
import { createSystemClock } from "../../../src/core/util/clock.ts";
import { languageModelError } from "../../../src/host/lm/languageModelError.ts";
import { Budgets, type BudgetState } from "../../../src/host/money/budgets.ts";
import { Spending } from "../../../src/host/money/spending.ts";
import { dayOf, UsageLedger } from "../../../src/host/money/usageLedger.ts";
import { NodeHistoryFiles } from "../../../src/host/node/nodeHistoryFiles.ts";
import { testKey } from "../../support/simulator/config.ts";
import { startSimulator, type Simulator } from "../../support/simulator/server.ts";

const model = "zai-org/GLM-5.1-FP8";
const isOverBudget = (error: unknown): boolean => error instanceof ApiError && error.kind === "overBudget";

/** A window: what it spends, and the client that all of it goes through. */
class Window {
  readonly spending: Spending;
  readonly near: BudgetState[] = [];
  readonly client: ApiClient;
  readonly #listener: vscode.Disposable;
  limits: { session: number | null; day: number | null } = { session: null, day: null };

  constructor(folder: string, simulator: Simulator) {
    const now = (): number => Date.now();
    const log = {
      error: (message: string) => assert.fail(message),
      ...{ debug: () => undefined, info: () => undefined, warn: () => undefined },
    };
    const memory = new Map<string, unknown>();
    const lifts = {
      get: (key: string) => memory.get(key),
      update: (key: string, value: unknown) => Promise.resolve(void memory.set(key, value)),
    };
    this.spending = new Spending({
      ledger: new UsageLedger(new NodeHistoryFiles(folder), log, now),
      budgets: new Budgets(
        () => this.limits,
        lifts,
        () => dayOf(now()),
      ),
      windowOf: () => "standard",
      costOf: costUsd,
      log,
      now,
    });
    this.#listener = this.spending.onDidNear((budget) => this.near.push(budget));
    this.client = new ApiClient({
      access: () => Promise.resolve({ baseUrl: simulator.baseUrl, token: testKey }),
      fetch: globalThis.fetch,
      clock: createSystemClock(),
      random: () => 0,
      randomUuid: () => crypto.randomUUID(),
      timeouts: () => defaultTimeouts,
      log,
      meter: this.spending,
    });
  }

  dispose(): void {
    this.#listener.dispose();
    this.spending.dispose();
  }

  prepare(text = "Say: hello"): Promise<PreparedRequest> {
    return this.client.prepareChat({
      ...{ model, stream: true, includeUsage: true, reasoningEffort: "none" },
      messages: [{ role: "user", content: text }],
    });
  }

  async run(request: PreparedRequest, signal = new AbortController().signal): Promise<void> {
    for await (const event of this.client.streamChat(request, signal)) {
      assert.ok(event);
    }
  }

  /** Written down by now, with what others wrote. */
  async today() {
    await this.spending.refresh();
    return this.spending.today;
  }
}

describe("spending", () => {
  let simulator: Simulator;
  let folder: string;
  let one: Window;
  before(async () => {
    simulator = await startSimulator();
  });
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "valar-usage-"));
    one = new Window(folder, simulator);
  });
  afterEach(async () => {
    simulator.reset();
    one.dispose();
    await rm(folder, { recursive: true, force: true });
  });
  after(() => simulator.close());

  it("is what the API said of each request, once, also when it is sent again", async () => {
    const request = await one.prepare();
    await one.run(request);
    await one.run(request);
    const { usd, unpriced, requests, promptTokens, completionTokens } = await one.today();
    assert.deepEqual({ requests, unpriced }, { requests: 1, unpriced: 0 });
    // The window was left to the server, which takes Standard.
    const usage = { promptTokens, completionTokens, totalTokens: promptTokens + completionTokens };
    assert.equal(usd, costUsd(usage, model, "standard"));
    assert.equal(one.spending.session.usd, usd);
  });

  it("is at least what is known when an answer was stopped, until it is fetched after all", async () => {
    simulator.faults.add({ action: { type: "break", at: { content: 2 }, then: "hold" } });
    const request = await one.prepare("Say: a longer sentence than this");
    const stopped = new AbortController();
    for await (const event of one.client.streamChat(request, stopped.signal)) {
      if (event.type === "delta") stopped.abort();
    }
    const least = await one.today();
    assert.deepEqual([least.unpriced, least.usd], [1, one.spending.session.usd]);
    assert.ok(least.usd > 0, "its prompt and what arrived count");
    one.limits = { session: null, day: least.usd };
    await assert.rejects(one.prepare(), isOverBudget);
    simulator.release();
    await one.run(request);
    const { requests, unpriced, usd } = await one.today();
    assert.deepEqual([requests, unpriced], [1, 0]);
    assert.ok(usd > 0);
  });

  it("of requests under way counts against the budget for their prompts, until they are over", async () => {
    const text = `Say: ${"many words ".repeat(1000)}`;
    one.limits = { session: 0.0025, day: null };
    const prepared = await Promise.allSettled(Array.from({ length: 5 }, () => one.prepare(text)));
    const sent = prepared.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
    assert.ok(sent.length > 0 && sent.length < 5, `${String(sent.length)} of 5 may be sent`);
    simulator.faults.add({ times: sent.length, action: { type: "status", status: 401 } });
    const runs = await Promise.allSettled(sent.map((request) => one.run(request)));
    assert.ok(runs.every(({ status }) => status === "rejected"));
    assert.equal(one.spending.session.usd, 0);
    await one.prepare(text);
  });

  it("that is refused for what others under way will cost is let through when the person says so", async () => {
    const text = `Say: ${"many words ".repeat(1000)}`;
    one.limits = { session: 0.001, day: null };
    await one.prepare(text);
    await assert.rejects(one.prepare(text), isOverBudget);
    await one.spending.lift();
    await one.prepare(text);
  });

  it("is nothing for a request that the server refuses", async () => {
    simulator.faults.add({ action: { type: "status", status: 401 } });
    await assert.rejects(one.run(await one.prepare()));
    assert.equal((await one.today()).requests, 0);
  });

  it("of all windows counts against the day's budget, which stops new requests in each", async () => {
    const two = new Window(folder, simulator);
    try {
      await two.run(await two.prepare());
      const { usd } = await two.today();
      one.limits = { session: null, day: usd };
      await assert.rejects(one.prepare(), isOverBudget);
      assert.equal(one.spending.session.requests, 0);
      await one.spending.lift();
      await one.run(await one.prepare("Say: this costs more than what the first window asked for"));
      await assert.rejects(one.prepare(), isOverBudget);
    } finally {
      two.dispose();
    }
  });

  it("lets what was prepared before be sent, for it is charged already", async () => {
    const request = await one.prepare();
    one.limits = { session: 0, day: null };
    await one.run(request);
    await assert.rejects(one.prepare(), isOverBudget);
  });

  it("is told of once when a budget is nearly used up, and anew for another budget", async () => {
    await one.run(await one.prepare());
    const { usd } = await one.today();
    one.limits = { session: usd * 1.2, day: null };
    await one.spending.refresh();
    await one.spending.refresh();
    assert.deepEqual(
      one.near.map(({ id, status }) => [id, status]),
      [["session", "warning"]],
    );
    one.limits = { session: usd * 1.1, day: null };
    await one.spending.refresh();
    assert.equal(one.near.length, 2);
  });

  it("is told of again when a budget was lifted and is nearly used up once more", async () => {
    const first = new Window(folder, simulator);
    // From the second on the prompt is cached, and each costs the same.
    await first.run(await first.prepare());
    first.dispose();
    await one.run(await one.prepare());
    await one.today();
    const { usd } = one.spending.session;
    one.limits = { session: usd * 1.01, day: null };
    await one.spending.refresh();
    assert.equal(one.near.length, 1);
    await one.run(await one.prepare());
    await assert.rejects(one.prepare(), isOverBudget);
    await one.spending.lift();
    await one.run(await one.prepare());
    await one.today();
    assert.equal(one.near.length, 2);
  });

  it("of the day is told of when four fifths of its budget are used", async () => {
    const two = new Window(folder, simulator);
    try {
      await two.run(await two.prepare());
      const { usd } = await two.today();
      one.limits = { session: null, day: usd * 1.3 };
      await one.spending.refresh();
      assert.deepEqual(one.near, []);
      one.limits = { session: null, day: usd * 1.24 };
      await one.spending.refresh();
      assert.deepEqual(
        one.near.map(({ id, status }) => [id, status]),
        [["day", "warning"]],
      );
    } finally {
      two.dispose();
    }
  });

  it("beyond the budget is refused to other extensions as blocked", () => {
    const error = languageModelError(new ApiError("overBudget", "This window’s budget is used up."));
    assert.ok(error instanceof vscode.LanguageModelError);
    assert.equal(error.code, vscode.LanguageModelError.Blocked().code);
    assert.match(error.message, /budget is used up/);
  });
});

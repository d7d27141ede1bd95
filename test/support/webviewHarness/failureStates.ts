import type { AnswerPhase, ErrorActionId, ErrorView } from "../../../src/protocol/chat.ts";
import type { PanelState } from "./panelState.ts";
import { answer, question, sampleAnswer, snapshot } from "./views.ts";

const labels: Readonly<Record<ErrorActionId, string>> = {
  retry: "Try Again",
  recover: "Recover",
  showOther: "Show the Other Answer",
  sendAnyway: "Send Anyway",
  useAsap: "Use Now",
  useStandard: "Use Standard",
  changeBudget: "Change Budget…",
  setToken: "Set API Token",
  getKey: "Get a Key",
  openSettings: "Open Settings",
  openBilling: "Open Billing",
  showLog: "Show Log",
};

function error(
  message: string,
  hint: string,
  actions: readonly ErrorActionId[],
  requestId?: string,
): ErrorView {
  return { message, hint, requestId, actions: actions.map((id) => ({ id, label: labels[id] })) };
}

const ask = question("How does `subtotal` work, and can it be shorter?");
const kept = "Your message is kept.";
const noSecondCharge = "Your message and what arrived are kept. Trying again does not charge twice.";

/** An answer that failed after `content` had arrived. */
function failed(view: ErrorView, content = ""): PanelState {
  const end = answer(content, { state: { type: "failed", error: view }, figures: undefined });
  return { options: { snapshot: snapshot({ messages: [ask, end] }) } };
}

/** An answer that waits after `content` had arrived. */
function waiting(phase: AnswerPhase, content = ""): PanelState {
  const part = answer(content, { state: { type: "running", phase }, figures: undefined });
  return { options: { snapshot: snapshot({ messages: [ask, part] }) } };
}

/** A message that was not sent and stays in the box. */
function rejected(view: ErrorView): PanelState {
  return {
    options: { replies: { send: () => ({ type: "rejected", error: view }) } },
    act: async (panel) => {
      await panel.box.fill("This text stays\nin the box");
      await panel.button("Send").click();
      await panel.page.locator(".notice .error").waitFor();
    },
  };
}

/** What goes wrong on the way to an answer, in the words of the host. */
export const failureStates: Readonly<Record<string, PanelState>> = {
  sending: waiting({ type: "sending" }),
  reconnecting: waiting({ type: "reconnecting", attempt: 2, delayMs: 900 }, "The first part"),
  catchingUp: waiting({ type: "catchingUp" }, "The first part"),
  rateLimited: waiting({ type: "rateLimited", delayMs: 42_000 }),
  rateLimitedLong: waiting({ type: "rateLimited", delayMs: 3_600_000 }, "The first part"),
  offline: failed(
    error("The server could not be reached. Check the network.", noSecondCharge, ["retry", "showLog"]),
    "The first part",
  ),
  badToken: failed(
    error(
      "The API token was not accepted. Incorrect API key provided.",
      kept,
      ["setToken", "getKey", "retry"],
      "req_8f2c1d",
    ),
  ),
  rejectedToken: rejected(error("No API token is set.", kept, ["setToken", "getKey", "retry"])),
  noCredit: failed(
    error("The account has no credit. Add credit to go on.", kept, ["openBilling", "retry"], "req_402"),
  ),
  tooLarge: failed(
    error(
      "The request is too large. Send less context.",
      "Your message is kept. Try Again asks what to leave out.",
      ["retry"],
    ),
  ),
  unknownModelAsked: failed(
    error(
      "The server does not know this address or model. The model `zai-org/GLM-5.1-FP8-with-a-very-long-suffix` does not exist.",
      kept,
      ["openSettings", "retry"],
      "req_404",
    ),
  ),
  jsonError: failed(
    error("The request was not accepted. temperature must be at most 2.", kept, ["openSettings", "retry"]),
  ),
  serverError: failed(
    error(
      "The server has a problem (status 502). A web page titled “Bad Gateway” came instead of an answer (status 502). Check the base URL, the network and any proxy.",
      noSecondCharge,
      ["retry", "showLog"],
      "req_0f4b2a9c7d1e4f7f9a3b5c7d9e1f3a5b",
    ),
    sampleAnswer.slice(0, 300),
  ),
  certificate: failed(
    error(
      "The server's certificate could not be trusted. If your network inspects traffic, add its certificate to the system's, and see VS Code's http.systemCertificates.",
      "Nothing was sent. Check the base URL and the certificates this machine trusts.",
      ["openSettings", "showLog", "retry"],
    ),
  ),
  diverged: failed(
    error(
      "The connection broke, and the answer sent again differs from what is shown.",
      "What you saw is kept as it was. Asking again may be charged again.",
      ["showOther", "retry", "showLog"],
    ),
    sampleAnswer.slice(0, 300),
  ),
  interrupted: failed(
    error(
      "VS Code was closed or reloaded while Valar was answering.",
      "What arrived is kept. Recover fetches the rest without a second charge.",
      ["recover"],
    ),
    "The first part of the answer was",
  ),
  rejected: rejected(error("temperature is 3, but may be from 0 to 2.", kept, ["openSettings", "retry"])),
  overBudget: rejected({
    ...error(
      "Today’s budget is used up: $5.02 of $5.00.",
      "Nothing was sent, and your message is kept. Send Anyway counts the budget anew from here.",
      ["sendAnyway", "changeBudget"],
    ),
    isWarning: true,
  }),
  nearBudget: {
    options: { snapshot: snapshot({ messages: [ask, answer("Because.")] }) },
    act: (panel) =>
      panel.emit({
        type: "notice",
        error: {
          ...error(
            "$4.10 of today’s budget of $5.00 are spent.",
            "When it is used up, Valar asks before it sends anything more.",
            ["changeBudget"],
          ),
          isWarning: true,
        },
      }),
  },
  windowRefused: failed(
    error(
      "The request was not accepted. The model gpt-oss-120b does not support the completion window standard. Supported completion windows: asap.",
      kept,
      ["useAsap", "openSettings", "retry"],
      "req_400",
    ),
  ),
  busy: {
    options: { snapshot: snapshot({ messages: [ask, answer("Because.")] }) },
    act: (panel) =>
      panel.emit({
        type: "notice",
        error: error("Valar is still answering.", "Wait for the end of the answer, or stop it.", []),
      }),
  },
  disconnected: {
    options: {
      replies: {
        ready: () => {
          throw new Error("The host is gone");
        },
      },
      waitFor: ".notice .error",
    },
  },
};

import assert from "node:assert/strict";
import { classifyNetworkError } from "../../../../src/core/api/classifyNetwork.ts";
import { classifyEnvelope, classifyResponse } from "../../../../src/core/api/classifyResponse.ts";
import { redactor } from "../../../../src/core/api/redact.ts";

const redact = redactor("sk_secret");
const coded = (code: string, message = "broken"): Error => Object.assign(new Error(message), { code });
const fetchFailed = (cause: Error): Error => new TypeError("fetch failed", { cause });

describe("classifyNetworkError", () => {
  const cases: readonly (readonly [thrown: unknown, kind: string, transient: boolean])[] = [
    [fetchFailed(coded("ENOTFOUND")), "network", true],
    [fetchFailed(coded("EAI_AGAIN")), "network", true],
    [fetchFailed(coded("ECONNREFUSED")), "network", true],
    [fetchFailed(new AggregateError([coded("ECONNREFUSED"), coded("ENETUNREACH")])), "network", true],
    [fetchFailed(coded("ECONNRESET")), "network", true],
    [fetchFailed(coded("UND_ERR_SOCKET", "other side closed")), "network", true],
    [new TypeError("terminated", { cause: coded("UND_ERR_SOCKET") }), "network", true],
    [fetchFailed(coded("Z_BUF_ERROR", "unexpected end of file")), "network", true],
    [fetchFailed(coded("UND_ERR_CONNECT_TIMEOUT")), "timeout", true],
    [fetchFailed(coded("UND_ERR_HEADERS_TIMEOUT")), "timeout", true],
    [fetchFailed(coded("ETIMEDOUT")), "timeout", true],
    [fetchFailed(coded("DEPTH_ZERO_SELF_SIGNED_CERT")), "tls", false],
    [fetchFailed(coded("SELF_SIGNED_CERT_IN_CHAIN")), "tls", false],
    [fetchFailed(coded("UNABLE_TO_VERIFY_LEAF_SIGNATURE")), "tls", false],
    [fetchFailed(coded("CERT_HAS_EXPIRED")), "tls", false],
    [fetchFailed(coded("ERR_TLS_CERT_ALTNAME_INVALID")), "tls", false],
    [fetchFailed(coded("EPROTO", "SSL routines:wrong version number")), "tls", false],
    [fetchFailed(new Error("unexpected redirect")), "redirect", false],
    [
      fetchFailed(coded("UND_ERR_ABORTED", "Proxy response (407) !== 200 when HTTP Tunneling")),
      "proxy",
      false,
    ],
    [
      fetchFailed(coded("UND_ERR_ABORTED", "Proxy response (502) !== 200 when HTTP Tunneling")),
      "proxy",
      false,
    ],
    [new Error("net::ERR_NAME_NOT_RESOLVED"), "network", true],
    [new Error("net::ERR_CONNECTION_REFUSED"), "network", true],
    [new Error("net::ERR_CONNECTION_RESET"), "network", true],
    [new Error("net::ERR_INTERNET_DISCONNECTED"), "network", true],
    [new Error("net::ERR_CONNECTION_TIMED_OUT"), "timeout", true],
    [new Error("net::ERR_CERT_AUTHORITY_INVALID"), "tls", false],
    [new Error("net::ERR_SSL_PROTOCOL_ERROR"), "tls", false],
    [new Error("net::ERR_PROXY_AUTH_REQUESTED"), "proxy", false],
    [new Error("net::ERR_TUNNEL_CONNECTION_FAILED"), "proxy", false],
    [new TypeError("Failed to fetch"), "network", true],
    ["a string", "network", true],
    [undefined, "network", true],
  ];
  for (const [thrown, kind, transient] of cases) {
    const name = thrown instanceof Error ? `${thrown.message}, ${String(thrown.cause)}` : String(thrown);
    it(`takes ${name} for ${kind}`, () => {
      const failure = classifyNetworkError(thrown, redact);
      assert.equal(failure.error.kind, kind);
      assert.equal(failure.transient, transient);
      assert.match(failure.error.message, /\.$/);
    });
  }

  it("says that a browser gives no reason, and what it may be", () => {
    for (const said of [
      "Failed to fetch",
      "NetworkError when attempting to fetch resource.",
      "Load failed",
    ]) {
      assert.match(classifyNetworkError(new TypeError(said), redact).error.message, /browser.*CORS/);
    }
    assert.doesNotMatch(classifyNetworkError(fetchFailed(coded("OTHER")), redact).error.message, /browser/);
    for (const said of ["network error", "Error in input stream", "The network connection was lost."]) {
      assert.match(classifyNetworkError(new TypeError(said), redact).error.message, /broke off/);
    }
  });

  it("keeps the reason for the log, without the token, however deep or circular the causes", () => {
    const inner = coded("", "header Bearer sk_secret is wrong");
    const outer = fetchFailed(inner);
    inner.cause = outer;
    const { details } = classifyNetworkError(outer, redact).error;
    assert.match(details.reason ?? "", /header Bearer \[token\] is wrong/);
    assert.ok((details.reason ?? "").length <= 300);
  });
});

describe("classifyResponse", () => {
  const classify = (status: number, body: unknown): ReturnType<typeof classifyResponse> =>
    classifyResponse(
      {
        status,
        requestId: "req_1",
        retryAfterMs: undefined,
        body: typeof body === "string" ? body : JSON.stringify(body),
      },
      redact,
    );
  const envelope = (type: string, message = "why"): object => ({
    error: { message, type, param: "model", code: 7 },
  });

  it("keeps status, type, param, code and request id", () => {
    const { kind, details, message } = classify(400, envelope("invalid_request_error")).error;
    assert.equal(kind, "invalidRequest");
    assert.equal(message, "The request was not accepted. why.");
    assert.deepEqual(details, {
      status: 400,
      type: "invalid_request_error",
      param: "model",
      code: "7",
      requestId: "req_1",
      retryAfterMs: undefined,
    });
  });

  const kinds: readonly (readonly [status: number, type: string, kind: string, transient: boolean])[] = [
    [400, "idempotency_error", "idempotency", false],
    [409, "idempotency_error", "idempotency", false],
    [409, "conflict_error", "conflict", true],
    [429, "rate_limit_exceeded", "rateLimited", true],
    [429, "rate_limit_error", "rateLimited", true],
    [429, "insufficient_quota", "quota", false],
    [402, "billing_error", "billing", false],
    [422, "whatever", "invalidRequest", false],
    [418, "whatever", "invalidRequest", false],
    [408, "timeout_error", "timeout", true],
    [500, "invalid_request_error", "server", true],
    [599, "", "server", true],
    [304, "", "redirect", false],
  ];
  for (const [status, type, kind, transient] of kinds) {
    it(`takes ${status} ${type} for ${kind}`, () => {
      const failure = classify(status, envelope(type));
      assert.equal(failure.error.kind, kind);
      assert.equal(failure.transient, transient);
    });
  }

  it("is readable whatever the body", () => {
    assert.match(classify(500, "").error.message, /^The server has a problem \(status 500\)\.$/);
    assert.match(classify(500, "upstream\r\n\u0007dead\u202e").error.message, /upstream dead\.$/);
    assert.match(classify(503, "<html><title>Down</title>").error.message, /titled “Down”/);
    assert.match(classify(503, "<!DOCTYPE HTML>").error.message, /A web page came/);
    assert.match(classify(400, { error: "plain" }).error.message, /plain/);
    assert.match(classify(400, { detail: "unlike" }).error.message, /^The request was not accepted\.$/);
    assert.ok(classify(400, envelope("x", "y".repeat(10_000))).error.message.length < 600);
  });

  it("takes the token out of what the server says", () => {
    const { error } = classify(401, envelope("sk_secret", "key sk_secret is unknown"));
    assert.ok(!JSON.stringify([error.message, error.details]).includes("sk_secret"));
  });

  it("goes by the type where there is no status", () => {
    const of = (type: string | undefined) =>
      classifyEnvelope({ type, message: "m", param: undefined, code: undefined }, redact, "req");
    assert.equal(of("billing_error").error.kind, "billing");
    assert.equal(of("overloaded_error").transient, true);
    assert.equal(of("never heard of").transient, true);
    assert.equal(of(undefined).error.kind, "server");
  });
});

import { createServer as createHttp, type Server } from "node:http";
import { createServer as createHttps, type Server as SecureServer } from "node:https";
import { createServer as createTcp } from "node:net";
import { selfSignedCertificate } from "./certificate.ts";

/** A name that no resolver knows (RFC 6761). */
export const unresolvableBaseUrl = "https://api.valar-simulator.invalid/v1";

export interface FakeHost {
  /** Without a trailing slash. */
  readonly origin: string;
  /** Requests that got through to it. */
  readonly requests: readonly { readonly method: string; readonly hadToken: boolean }[];
  close(): Promise<void>;
}

/** A host whose certificate nobody trusts: every client should leave before it sends anything. */
export function startUntrustedTlsHost(): Promise<FakeHost> {
  const requests: { method: string; hadToken: boolean }[] = [];
  const server = createHttps(selfSignedCertificate(), (request, response) => {
    requests.push({ method: request.method ?? "", hadToken: request.headers.authorization !== undefined });
    response.end("{}");
  });
  return listen(server, "https", "localhost", requests);
}

/** A forward proxy that wants credentials for everything, tunnels included: 407. */
export function startRefusingProxy(): Promise<FakeHost> {
  const requests: { method: string; hadToken: boolean }[] = [];
  const refusal = { "Proxy-Authenticate": 'Basic realm="proxy"', "Content-Type": "text/html" };
  const server = createHttp((request, response) => {
    requests.push({ method: request.method ?? "", hadToken: request.headers.authorization !== undefined });
    response.writeHead(407, refusal).end("<html><body>Proxy authentication required</body></html>");
  });
  server.on("connect", (request, socket) => {
    requests.push({ method: "CONNECT", hadToken: request.headers.authorization !== undefined });
    const head = Object.entries(refusal).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 407 Proxy Authentication Required\r\n${head.join("")}Content-Length: 0\r\n\r\n`);
  });
  return listen(server, "http", "127.0.0.1", requests);
}

/** A base URL at which nothing listens. */
export async function refusingBaseUrl(): Promise<string> {
  const server = createTcp();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const port = portOf(server.address());
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}/v1`;
}

async function listen(
  server: Server | SecureServer,
  protocol: "http" | "https",
  host: string,
  requests: FakeHost["requests"],
): Promise<FakeHost> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `${protocol}://${host}:${portOf(server.address())}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function portOf(address: ReturnType<Server["address"]>): number {
  if (address === null || typeof address === "string") throw new Error("The server has no TCP address.");
  return address.port;
}

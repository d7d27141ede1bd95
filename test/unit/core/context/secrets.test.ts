import assert from "node:assert/strict";
import fc from "fast-check";
import { isSecretPath, secretSign } from "../../../../src/core/context/secrets.ts";

/** Put together here, so that no scanner takes this file for a leak. */
const made = (...parts: readonly string[]): string => parts.join("");
const letters = "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6".slice(0, 36);

describe("secrets", () => {
  for (const path of [
    ...[".env", "app/.env.local", ".env.production", "prod.env", "server.pem", "tls/site.KEY", "id_rsa"],
    ...["C:\\Users\\me\\.ssh\\id_ed25519", ".aws/credentials", "credentials.json", "secrets.yaml", ".netrc"],
    ...[
      ".git-credentials",
      "home/.docker/config.json",
      ".kube/config",
      "store.jks",
      "main.tfstate",
      "x.tfvars",
    ],
  ]) {
    it(`are suspected in ${path}`, () => assert.ok(isSecretPath(path)));
  }

  for (const path of [
    ...[".env.example", ".env.sample", "environment.ts", "src/env.ts", "id_rsa.pub", "keyboard.ts", "key.ts"],
    ...[
      "docs/secrets.md",
      "src/credentials.ts",
      "config.json",
      "secretary.txt",
      "pem.go",
      "monkey",
      ".envrc.md",
    ],
  ]) {
    it(`are not suspected in ${path}`, () => assert.ok(!isSecretPath(path)));
  }

  for (const token of [
    made("AKIA", "IOSFODNN7EXAMPLE"),
    made("gh", "p_", letters),
    made("github_", "pat_", letters),
    made("gl", "pat-", letters),
    made("xox", "b-", "1234567890-abc"),
    made("AI", "za", letters.slice(0, 35)),
    made("np", "m_", letters),
    made("sk", "_test_valar1simulator"),
    made("sk", "_", letters),
    made("sk", "-proj-", letters),
    made("//registry.example/:_auth", "Token=", letters),
  ]) {
    it(`are seen in a text: ${token.slice(0, 6)}…`, () => {
      assert.equal(secretSign(`before\nconst a = "${token}";\n`), "accessToken");
    });
  }

  it("are seen in private keys of every kind", () => {
    for (const kind of ["", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED "]) {
      assert.equal(secretSign(`x\n-----BEGIN ${kind}PRIVATE KEY-----\nAA`), "privateKey");
    }
    assert.equal(secretSign("-----BEGIN PGP PRIVATE KEY BLOCK-----"), "privateKey");
    assert.equal(secretSign("-----BEGIN PUBLIC KEY-----"), undefined);
  });

  it("are not seen in ordinary code", () => {
    for (const text of [
      "struct sk_buff *sk_alloc_and_initialise_everything(int size);",
      "sk-toggleable__label-arrow sk-estimator-doc-link-hover",
      "//registry.example/:_authToken=${NPM_TOKEN}",
      "password: string; const accessToken = await getToken();",
      "AKIAlowercase ghp_short npm_install",
    ]) {
      assert.equal(secretSign(text), undefined, text);
    }
  });

  it("are looked for in time that grows with the text alone", () => {
    const samples = ["sk_", "sk-proj-", "_auth=", "SG.", "-----BEGIN ", "A ", "_authToken  ", "ghp_"];
    for (const sample of samples) {
      const started = performance.now();
      secretSign(sample.repeat(100_000));
      assert.ok(performance.now() - started < 2000, sample);
    }
  });

  it("never fail to be looked for", () => {
    fc.assert(fc.property(fc.string(), (text) => (secretSign(text), isSecretPath(text), true)));
  });
});

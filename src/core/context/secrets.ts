/** What makes a text look like a secret. */
export type SecretSign = "privateKey" | "accessToken";

const secretNames: readonly RegExp[] = [
  /^\.env(?!\.(?:example|sample|template|dist|defaults|schema)$)(?:\..+)?$/,
  /^[^.].*\.env$/,
  /\.(?:pem|key|p12|pfx|jks|keystore|kdbx|ppk|tfstate|tfvars)$/,
  /^id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?$/,
  /^\.?(?:credentials?|secrets?)(?:\.(?:json|ya?ml|toml|ini|xml|properties|txt))?$/,
  /^(?:[._]netrc|\.pgpass|\.git-credentials|\.htpasswd|\.vault-token)$/,
];
/** Names that say enough only in their folder. */
const secretPaths: readonly RegExp[] = [/(?:^|\/)\.docker\/config\.json$/, /(?:^|\/)\.kube\/config$/];

/** Whether files of this name usually hold secrets. */
export function isSecretPath(path: string): boolean {
  const normal = path.replaceAll("\\", "/").toLowerCase();
  const name = normal.slice(normal.lastIndexOf("/") + 1);
  return (
    secretNames.some((pattern) => pattern.test(name)) || secretPaths.some((pattern) => pattern.test(normal))
  );
}

const privateKey = /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/;

/** Tokens that can be told by their form. Sources: what each service documents for secret scanning. */
const accessTokens: readonly RegExp[] = [
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{36}/,
  /\bgithub_pat_\w{22}/,
  /\bglpat-[\w-]{20}/,
  /\bxox[abeprs]-[\w-]{10}/,
  /\bAIza[\w-]{35}/,
  /\bnpm_[A-Za-z0-9]{36}/,
  /\bpypi-AgE[\w-]{20}/,
  /\bSG\.[\w-]{16,64}\.[\w-]{16}/,
  /\bsk_(?:live|test)_[A-Za-z0-9]{10}/,
  // Valar's own and others of this form: letters alone may be an ordinary name.
  /\bsk[_-](?=[A-Za-z]{0,64}\d)[A-Za-z0-9]{20}/,
  /\bsk-(?:proj|ant|svcacct)-[\w-]{20}/,
  // A package registry's token in .npmrc; a variable in its place is none.
  /_(?:authToken|auth|password)\s{0,8}=\s{0,8}"?[^\s"$]/,
];

/** The first sign of a secret in a text. */
export function secretSign(text: string): SecretSign | undefined {
  if (privateKey.test(text)) return "privateKey";
  return accessTokens.some((pattern) => pattern.test(text)) ? "accessToken" : undefined;
}

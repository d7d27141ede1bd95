const shown = "[token]";

/** Makes a function that takes secrets out of text: servers and runtimes quote them in their messages. */
export function redactor(...secrets: readonly (string | undefined)[]): (text: string) => string {
  const known = secrets.flatMap((secret) => (secret === undefined || secret === "" ? [] : [secret]));
  return (text) => known.reduce((clean, secret) => clean.replaceAll(secret, shown), text);
}

const shown = "[token]";

/** Makes a function that takes `token` out of text: servers and runtimes quote it in their messages. */
export function redactor(token: string): (text: string) => string {
  return (text) => (token === "" ? text : text.replaceAll(token, shown));
}

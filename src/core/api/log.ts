/** Where the client writes what it does. Lines hold no token and nothing of what was asked or answered. */
export interface ApiLog {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
}

declare module "react-dom" {
  export function flushSync(work: () => void): void;
}
declare module "react-dom/client" {
  import type { ReactNode } from "react";
  export function createRoot(container: Element): { render(node: ReactNode): void };
}

import { isAbortError } from "../../core/util/abort.ts";
import type { ErrorView } from "../../protocol/chat.ts";
import { thrownErrorView } from "../errorView.ts";

/** Makes a handler of something to do: what fails is told in the panel. */
export type ToldFailures = <P>(
  act: (params: P, signal: AbortSignal) => unknown,
) => (params: P, signal: AbortSignal) => Promise<undefined>;

export function toldFailures(notice: (error: ErrorView) => void): ToldFailures {
  return (act) => async (params, signal) => {
    try {
      await act(params, signal);
    } catch (error) {
      if (isAbortError(error)) {
        throw error;
      }
      notice(thrownErrorView(error));
    }
    return undefined;
  };
}

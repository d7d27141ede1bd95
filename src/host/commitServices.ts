import type { Api } from "./apiServices.ts";
import { isReplayable, toFailure } from "./errorView.ts";
import { notify } from "./notify.ts";
import { RetriedRequests } from "./retriedRequests.ts";
import { CommitMessageCommand, type CommitMessageDeps } from "./scm/commitMessageCommand.ts";

/** “Generate Commit Message”. */
export function makeCommitMessage(
  { git }: { readonly git: CommitMessageDeps["git"] },
  { client, prepareStream, errors }: Pick<Api, "client" | "prepareStream" | "errors">,
  tell: CommitMessageDeps["notify"] = notify,
): CommitMessageCommand {
  const retried = new RetriedRequests();
  return new CommitMessageCommand({
    git,
    stream: async function* (messages, signal) {
      const request = retried.firstOf(await prepareStream(messages));
      try {
        yield* client.streamChat(request, signal);
      } catch (error) {
        if (isReplayable(toFailure(error))) retried.failed(request);
        throw error;
      }
    },
    notify: tell,
    describeError: (error, retry) => errors.describe(error, retry),
  });
}

import type { Api } from "./apiServices.ts";
import { notify } from "./notify.ts";
import { RetriedRequests } from "./retriedRequests.ts";
import { CommitMessageCommand, type CommitMessageDeps } from "./scm/commitMessageCommand.ts";
import { streamRetried } from "./streamRetried.ts";

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
      const fresh = await prepareStream(messages);
      yield* streamRetried(retried, fresh, (request) => client.streamChat(request, signal));
    },
    notify: tell,
    describeError: (error, retry) => errors.describe(error, retry),
  });
}

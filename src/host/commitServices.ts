import { isSecretPath } from "../core/context/secrets.ts";
import type { Api } from "./apiServices.ts";
import type { Base } from "./base.ts";
import { notify } from "./notify.ts";
import { CommitMessageCommand } from "./scm/commitMessageCommand.ts";

/** “Generate Commit Message”. */
export function makeCommitMessage({ git }: Base, api: Api): CommitMessageCommand {
  return new CommitMessageCommand({
    git,
    stream: async function* (messages, signal) {
      yield* api.client.streamChat(await api.prepareStream(messages), signal);
    },
    isSecretPath,
    notify,
    describeError: (error, retry) => api.errors.describe(error, retry),
  });
}

import { assertNever } from "../core/util/assertNever.ts";
import type {
  AccountView,
  AnswerView,
  ChatSnapshot,
  ComposerView,
  HostEvent,
  MessageView,
  QueueView,
  UserMessageView,
} from "../protocol/chat.ts";

/** What the panel shows, as last heard from the host. */
export interface ChatState {
  readonly conversationId: string;
  readonly messages: readonly MessageView[];
  readonly title: string;
  readonly queue: QueueView;
  readonly composer: ComposerView;
  readonly account: AccountView;
}

export function stateOf(snapshot: ChatSnapshot): ChatState {
  const { conversationId, title, messages, queue, composer, account } = snapshot;
  return { conversationId, title, messages, queue, composer, account };
}

/** The state after an event. What did not change keeps its identity. */
export function reduce(state: ChatState, event: HostEvent): ChatState {
  switch (event.type) {
    case "snapshot":
      return stateOf(event.snapshot);
    case "messageAdded": {
      const others = state.messages.filter(({ id }) => id !== event.message.id);
      return { ...state, messages: [...others, event.message] };
    }
    case "messageChanged": {
      const at = state.messages.findIndex(({ id }) => id === event.message.id);
      return at < 0 ? state : { ...state, messages: state.messages.with(at, event.message) };
    }
    case "messagesRemoved":
      return { ...state, messages: without(state.messages, event.ids) };
    case "messagesReplaced":
      return { ...state, messages: [...without(state.messages, event.ids), ...event.messages] };
    case "delta":
      return updateAnswer(state, event.messageId, (answer) => ({
        ...answer,
        content: answer.content + event.content,
        reasoning: answer.reasoning + event.reasoning,
        refusal: answer.refusal + event.refusal,
      }));
    case "answerState":
      return updateAnswer(state, event.messageId, (answer) => ({
        ...answer,
        state: event.state,
        figures: event.figures,
      }));
    case "composer":
      return { ...state, composer: event.composer };
    case "account":
      return { ...state, account: event.account };
    case "queue":
      return { ...state, queue: event.queue };
    case "title":
      return { ...state, title: event.title };
    case "codeColours":
    case "notice":
    case "draft":
    case "focusInput":
    case "find":
      return state;
    default:
      return assertNever(event);
  }
}

/** Is an answer being written? */
export function isAnswering(state: ChatState): boolean {
  return state.messages.some((message) => message.kind === "answer" && message.state.type === "running");
}

/** The last message of the person's own. */
export function lastOwnMessage(state: ChatState): UserMessageView | undefined {
  return state.messages.findLast((message) => message.kind === "user");
}

function without(messages: readonly MessageView[], ids: readonly string[]): readonly MessageView[] {
  const gone = new Set(ids);
  return messages.filter(({ id }) => !gone.has(id));
}

function updateAnswer(state: ChatState, id: string, change: (answer: AnswerView) => AnswerView): ChatState {
  const at = state.messages.findLastIndex((message) => message.id === id);
  const message = state.messages[at];
  if (message?.kind !== "answer") return state;
  return { ...state, messages: state.messages.with(at, change(message)) };
}

package io.meshkeel.policy.admission;

import org.jspecify.annotations.Nullable;

/**
 * Whether the variables in the value of a header are closed: {@code %NAME%}, {@code %NAME(x)%},
 * {@code %NAME(["a", "b"])%}; {@code %%} is a percent sign. Which names there are is left to Envoy.
 */
final class HeaderFormat {
  private enum State {
    TEXT,
    NAME,
    ARGUMENT,
    QUOTED,
    BEFORE_QUOTE,
    BEHIND_QUOTE,
    BEHIND_LIST,
    BEHIND_ARGUMENTS
  }

  private HeaderFormat() {}

  static boolean isRight(String text) {
    State state = State.TEXT;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean last = i + 1 == text.length();
      if (state == State.TEXT && c == '%' && !last && text.charAt(i + 1) == '%') {
        i++;
        continue;
      }
      if (last && ((state == State.TEXT && c == '%') || (state == State.QUOTED && c == '\\'))) {
        return false;
      }
      if (state == State.QUOTED && c == '\\') {
        i++;
        continue;
      }
      State next = next(state, c);
      if (next == null) {
        return false;
      }
      state = next;
    }
    return state == State.TEXT;
  }

  /** The state after a character; null if it may not stand there. */
  private static @Nullable State next(State state, char c) {
    return switch (state) {
      case TEXT -> c == '%' ? State.NAME : state;
      case NAME -> c == '%' ? State.TEXT : c == '(' ? State.ARGUMENT : state;
      case ARGUMENT -> c == '[' ? State.BEFORE_QUOTE : c == ' ' ? state : State.QUOTED;
      case QUOTED -> c == ')' ? State.BEHIND_ARGUMENTS : c == '"' ? State.BEHIND_QUOTE : state;
      case BEFORE_QUOTE -> c == '"' ? State.QUOTED : c == ' ' ? state : null;
      case BEHIND_QUOTE ->
          switch (c) {
            case ',' -> State.BEFORE_QUOTE;
            case ']' -> State.BEHIND_LIST;
            case ' ' -> state;
            default -> null;
          };
      case BEHIND_LIST -> c == ')' ? State.BEHIND_ARGUMENTS : c == ' ' ? state : null;
      case BEHIND_ARGUMENTS -> c == '%' ? State.TEXT : c == ' ' ? state : null;
    };
  }
}

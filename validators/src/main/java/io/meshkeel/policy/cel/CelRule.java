package io.meshkeel.policy.cel;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One rule of a definition, compiled when it is first asked. Any thread. */
public final class CelRule {
  /** Characters of a rule up to which it is quoted, and of a text to be remembered: 160. */
  static final int MAX_QUOTED = 160;

  /** Answers about short single values that a rule remembers: 512. Most come many times. */
  static final int MAX_REMEMBERED = 512;

  private static final Pattern OLD = Pattern.compile("\\boldSelf\\b");

  private final String expression;
  private final String message;
  private final String messageExpression;
  private final String fieldPath;
  private final boolean optionalOld;
  private final boolean transition;
  private CelRuntime.@Nullable Program program;
  private CelRuntime.@Nullable Program messageProgram;
  private final Map<Object, Optional<String>> remembered = new ConcurrentHashMap<>();

  /**
   * @param expression what must hold
   * @param message what is said otherwise; empty for none
   * @param messageExpression computes what is said; empty for none
   * @param fieldPath the field that is pointed to, from the place of the rule: {@code .a.b}; empty
   *     for that place itself
   * @param optionalOld whether the rule is asked without an old value too
   */
  public CelRule(
      String expression,
      String message,
      String messageExpression,
      String fieldPath,
      boolean optionalOld) {
    this.expression = expression;
    this.message = message;
    this.messageExpression = messageExpression;
    this.fieldPath = fieldPath;
    this.optionalOld = optionalOld;
    this.transition = OLD.matcher(expression).find();
  }

  /** The field that is pointed to, from the place of the rule; empty for that place itself. */
  public String fieldPath() {
    return fieldPath;
  }

  /** Whether it is about a change: it needs the value before. */
  public boolean isTransition() {
    return transition;
  }

  /** How to put it right: the rule, where it is short enough to be read. */
  public String remediation() {
    return expression.length() <= MAX_QUOTED
        ? "change it so that this holds: " + expression
        : "change it as the message says";
  }

  /**
   * What is wrong with a value; empty if nothing is, or if the rule is about a change and there is
   * no old value. As in the API server, a rule that can't be evaluated is broken.
   *
   * @param self the value as a rule sees it
   * @param old the one before; null if there was none
   */
  public Optional<String> broken(Object self, @Nullable Object old) {
    if (!transition && !(self instanceof Map || self instanceof List)) {
      Optional<String> known = remembered.get(self);
      if (known == null) {
        known = asked(self, null);
        boolean small = !(self instanceof String text) || text.length() <= MAX_QUOTED;
        if (small && remembered.size() < MAX_REMEMBERED) {
          remembered.put(self, known);
        }
      }
      return known;
    }
    return asked(self, old);
  }

  private Optional<String> asked(Object self, @Nullable Object old) {
    Map<String, Object> variables;
    if (!transition) {
      variables = Map.of("self", self);
    } else if (optionalOld) {
      variables = Map.of("self", self, "oldSelf", Optional.ofNullable(old));
    } else if (old == null) {
      return Optional.empty();
    } else {
      variables = Map.of("self", self, "oldSelf", old);
    }
    try {
      return Boolean.TRUE.equals(program().eval(variables))
          ? Optional.empty()
          : Optional.of(said(variables));
    } catch (CelEvaluationException e) {
      return Optional.of(
          (message.isEmpty() ? "a rule of its definition" : message)
              + " (the rule can't be evaluated: "
              + e.getMessage()
              + ")");
    }
  }

  private String said(Map<String, Object> variables) {
    if (!messageExpression.isEmpty()) {
      try {
        if (messageProgram().eval(variables) instanceof String text && !text.isBlank()) {
          return text;
        }
      } catch (CelEvaluationException e) {
        // As in the API server: then the fixed message is said.
        return fixed();
      }
    }
    return fixed();
  }

  private String fixed() {
    return message.isEmpty() ? "a rule of its definition doesn't hold: " + expression : message;
  }

  /**
   * Makes ready what all rules share, which takes a start some 100 ms: for a thread that has
   * nothing else to do yet.
   */
  public static void prepare() {
    new CelRule("duration(self) >= duration('1ms')", "", "", "", false).broken("1s", null);
  }

  private synchronized CelRuntime.Program program() {
    CelRuntime.Program known = program;
    if (known == null) {
      known = CelEnvironment.shared().program(expression);
      program = known;
    }
    return known;
  }

  private synchronized CelRuntime.Program messageProgram() {
    CelRuntime.Program known = messageProgram;
    if (known == null) {
      known = CelEnvironment.shared().program(messageExpression);
      messageProgram = known;
    }
    return known;
  }

  /**
   * Compiles the rule now.
   *
   * @throws IllegalArgumentException if it is no CEL
   */
  public void compile() {
    program();
    if (!messageExpression.isEmpty()) {
      messageProgram();
    }
  }
}

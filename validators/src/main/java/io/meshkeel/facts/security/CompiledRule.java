package io.meshkeel.facts.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is left of a rule on one port: {@code Generate} in {@code
 * pilot/pkg/security/authz/model/model.go}. What the port decides is decided; what remains depends
 * on the caller and the request.
 *
 * @param policy it belongs to
 * @param index of the rule
 * @param callers any of them; an empty list in it takes any caller
 * @param targets any of them; an empty list in it takes any request
 */
record CompiledRule(
    AuthorizationView policy,
    int index,
    List<List<Condition>> callers,
    List<List<Condition>> targets) {
  private static final Pattern PORT = Pattern.compile("[0-9]{1,9}");

  CompiledRule {
    callers = List.copyOf(callers);
    targets = List.copyOf(targets);
  }

  /** Whether it takes every request of every caller. */
  boolean always() {
    return callers.contains(List.of()) && targets.contains(List.of());
  }

  /**
   * Where a rule is compiled for.
   *
   * @param port of the workload
   * @param http whether requests are read; on a connection that is only bytes, what only HTTP has
   *     makes a rule of an ALLOW policy vanish, and a rule of any other policy wider
   * @param identities whether a caller can have one: not where mTLS is off
   */
  record Place(long port, boolean http, boolean identities) {}

  /** Empty if the rule can't match there. */
  static Optional<CompiledRule> of(AuthorizationView policy, AuthorizationRule rule, Place place) {
    boolean strict = policy.action() == AuthorizationView.Action.ALLOW;
    List<List<Condition>> callers = new ArrayList<>();
    for (List<Condition> caller : rule.callers()) {
      Outcome outcome = compile(caller, place, strict);
      if (outcome.broken()) {
        return Optional.empty();
      }
      outcome.left().ifPresent(callers::add);
    }
    List<List<Condition>> targets = new ArrayList<>();
    for (List<Condition> target : rule.targets()) {
      Outcome outcome = compile(target, place, strict);
      if (outcome.broken()) {
        return Optional.empty();
      }
      outcome.left().ifPresent(targets::add);
    }
    return callers.isEmpty() || targets.isEmpty()
        ? Optional.empty()
        : Optional.of(new CompiledRule(policy, rule.index(), callers, targets));
  }

  /**
   * What is left of a list of requirements.
   *
   * @param broken the whole rule is left out
   * @param left empty if one of them can't hold
   */
  private record Outcome(boolean broken, Optional<List<Condition>> left) {}

  private static Outcome compile(List<Condition> conditions, Place place, boolean strict) {
    List<Condition> left = new ArrayList<>();
    boolean possible = true;
    for (Condition condition : conditions) {
      Condition sound = sound(condition, place);
      if (strict && !sound.equals(condition)) {
        return new Outcome(true, Optional.empty());
      }
      if (sound.isNothing()) {
        continue;
      }
      Attribute attribute = condition.key().attribute();
      if (attribute == Attribute.DESTINATION_PORT) {
        possible &=
            (sound.values().isEmpty() || names(sound.values(), place.port()))
                && !names(sound.notValues(), place.port());
      } else if (attribute.kind() == Attribute.Kind.IDENTITY && !place.identities()) {
        possible &= sound.values().isEmpty();
      } else {
        left.add(sound);
      }
    }
    return new Outcome(false, possible ? Optional.of(left) : Optional.empty());
  }

  private static boolean names(List<String> ports, long port) {
    return ports.stream().anyMatch(value -> Long.parseLong(value) == port);
  }

  /** The condition without the values that Envoy's filter can't be made of. */
  private static Condition sound(Condition condition, Place place) {
    Attribute attribute = condition.key().attribute();
    if (attribute.httpOnly() && !place.http()) {
      return new Condition(condition.key(), List.of(), List.of());
    }
    if (attribute == Attribute.REQUEST_HEADERS || attribute == Attribute.REQUEST_CLAIMS) {
      String parameter = condition.key().parameter();
      return parameter.startsWith("[") && parameter.endsWith("]")
          ? condition
          : new Condition(condition.key(), List.of(), List.of());
    }
    if (attribute == Attribute.DESTINATION_PORT) {
      return new Condition(
          condition.key(), ports(condition.values()), ports(condition.notValues()));
    }
    return condition;
  }

  private static List<String> ports(List<String> values) {
    return values.stream()
        .filter(value -> PORT.matcher(value).matches() && Long.parseLong(value) <= 65535)
        .toList();
  }
}

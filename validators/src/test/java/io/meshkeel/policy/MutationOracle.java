package io.meshkeel.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says which changes of a good example are mistakes that its rule promises to find. It knows the
 * change, never what the rule answered.
 *
 * <p>{@code real} and {@code harmless} map patterns to the reason: {@code OPERATOR DOCUMENT PATH},
 * each with {@code *} for anything and {@code |} between alternatives. The first that fits counts,
 * in the order real, harmless; what none fits is harmless for the reason {@code other}. {@code
 * survivors} are real ones that the rule doesn't find, with the reason why that is left so.
 */
record MutationOracle(
    List<Expectation> real, List<Expectation> harmless, List<Expectation> survivors, String other) {

  /** Changes and what is to be thought of them. */
  record Expectation(String pattern, String reason, Pattern compiled) {
    static Expectation of(String pattern, String reason) {
      String[] words = pattern.split(" ", -1);
      if (words.length != 3 || reason.isBlank()) {
        throw new IllegalArgumentException(
            "'" + pattern + "': expected OPERATOR DOCUMENT PATH and a reason");
      }
      return new Expectation(
          pattern,
          reason,
          Pattern.compile(
              Stream.of(words).map(Expectation::regex).collect(Collectors.joining(" "))));
    }

    private static String regex(String word) {
      return Stream.of(word.split("\\|", -1))
          .map(one ->
              Stream.of(one.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")))
          .collect(Collectors.joining("|", "(?:", ")"));
    }

    boolean fits(Mutation mutation) {
      return compiled.matcher(mutation.name()).matches();
    }
  }

  static MutationOracle of(Map<String, Object> example) {
    return new MutationOracle(
        expectations(example.get("real")),
        expectations(example.get("harmless")),
        expectations(example.get("survivors")),
        Objects.toString(example.get("other"), ""));
  }

  private static List<Expectation> expectations(@Nullable Object given) {
    List<Expectation> list = new ArrayList<>();
    if (given instanceof Map<?, ?> map) {
      map.forEach(
          (pattern, reason) -> list.add(Expectation.of(pattern.toString(), reason.toString())));
    }
    return List.copyOf(list);
  }

  /** Whether the change is a mistake that the rule promises to find. */
  boolean isReal(Mutation mutation) {
    return real.stream().anyMatch(e -> e.fits(mutation));
  }

  /** Why nothing need be found. */
  Optional<String> whyHarmless(Mutation mutation) {
    return harmless.stream()
        .filter(e -> e.fits(mutation))
        .map(Expectation::reason)
        .findFirst()
        .or(() -> other.isBlank() ? Optional.empty() : Optional.of(other));
  }

  /** Whether it is said that the rule doesn't find this one. */
  boolean isKnownSurvivor(Mutation mutation) {
    return survivors.stream().anyMatch(e -> e.fits(mutation));
  }

  /** Patterns that fit none of these. */
  List<String> unused(List<Mutation> mutations) {
    return Stream.of(real, harmless, survivors)
        .flatMap(List::stream)
        .filter(e -> mutations.stream().noneMatch(e::fits))
        .map(Expectation::pattern)
        .toList();
  }
}

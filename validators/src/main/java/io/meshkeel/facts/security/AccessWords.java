package io.meshkeel.facts.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rules of authorization in plain words, of bounded length: what is too much is counted, not cut.
 */
final class AccessWords {
  /** Longest text, in characters. */
  static final int MAX_LENGTH = 300;

  /** Longest description of one rule, in characters; beyond it the rule is named instead. */
  private static final int MAX_RULE = 140;

  /** Most values that a list shows. */
  private static final int MAX_VALUES = 3;

  private static final Pattern PRINCIPAL = Pattern.compile("([^/]+)/ns/([^/*]+)/sa/([^/*]+)");
  private static final Pattern NAMESPACE = Pattern.compile("([^/]+)/ns/([^/*]+)/\\*");

  private final String trustDomain;

  /**
   * @param trustDomain of the mesh: its callers are named without it
   */
  AccessWords(String trustDomain) {
    this.trustDomain = trustDomain;
  }

  /** The descriptions, joined; what doesn't fit into the room is counted. */
  static String joined(List<String> parts, int room) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      String separator = i == 0 ? "" : "; ";
      String more = "; and " + (parts.size() - i) + " more";
      boolean last = i == parts.size() - 1;
      int reserve = last ? 0 : "; and 9999 more".length();
      if (text.length() + separator.length() + parts.get(i).length() + reserve > room) {
        return i == 0 ? parts.size() + " rules" : text + more;
      }
      text.append(separator).append(parts.get(i));
    }
    return text.toString();
  }

  /** Who and what a rule takes, for example {@code service account shop/web to GET /api/*}. */
  String describe(CompiledRule rule) {
    if (rule.always()) {
      return "any caller";
    }
    String caller = callers(rule);
    String target = targets(rule);
    String text = caller + (target.isEmpty() ? "" : " to " + target);
    return text.length() <= MAX_RULE
        ? text
        : "whom rule "
            + rule.index()
            + " of "
            + shortened(rule.policy().key().namespace() + "/" + rule.policy().key().name(), 100)
            + " describes";
  }

  /** What a rule takes, whoever calls; empty for everything. */
  String targets(CompiledRule rule) {
    if (rule.targets().contains(List.of())) {
      return "";
    }
    List<String> all = new ArrayList<>();
    for (List<Condition> target : rule.targets()) {
      all.add(target(target));
    }
    return String.join(" or ", all);
  }

  private String callers(CompiledRule rule) {
    if (rule.callers().contains(List.of())) {
      return "any caller";
    }
    List<String> all = new ArrayList<>();
    for (List<Condition> caller : rule.callers()) {
      all.add(caller(caller, rule.policy().key().namespace()));
    }
    return String.join(" or ", all);
  }

  private String caller(List<Condition> conditions, String namespace) {
    List<String> subjects = new ArrayList<>();
    List<String> rest = new ArrayList<>();
    for (Condition condition : conditions) {
      if (!condition.values().isEmpty()) {
        boolean subject = condition.key().attribute().kind() == Attribute.Kind.IDENTITY;
        List<String> words =
            condition.values().stream().map(value -> word(condition, value, namespace)).toList();
        (subject ? subjects : rest).add((subject ? "" : "with ") + joinedValues(words, " or "));
      }
      if (!condition.notValues().isEmpty()) {
        List<String> words =
            condition.notValues().stream().map(value -> word(condition, value, namespace)).toList();
        rest.add(
            (condition.key().attribute().kind() == Attribute.Kind.IDENTITY
                    ? "but not "
                    : "without ")
                + joinedValues(words, " or "));
      }
    }
    String subject = subjects.isEmpty() ? "any caller" : String.join(" that is ", subjects);
    return rest.isEmpty() ? subject : subject + " " + String.join(" and ", rest);
  }

  private String target(List<Condition> conditions) {
    List<String> words = new ArrayList<>();
    for (Attribute attribute : Attribute.values()) {
      for (Condition condition : conditions) {
        if (condition.key().attribute() == attribute) {
          addTarget(condition, words);
        }
      }
    }
    return String.join(" ", words);
  }

  private static void addTarget(Condition condition, List<String> words) {
    String name =
        switch (condition.key().attribute()) {
          case METHOD -> "";
          case PATH -> "path ";
          case HOST -> "host ";
          case DESTINATION_IP -> "address ";
          case SNI -> "server name ";
          default -> shortened(condition.key().attribute().key(), 60) + " ";
        };
    if (!condition.values().isEmpty()) {
      words.add(
          name
              + joinedValues(
                  condition.values().stream().map(AccessWords::shortened).toList(), ", "));
    }
    if (!condition.notValues().isEmpty()) {
      words.add(
          (words.isEmpty() ? "all but " : "but not ")
              + name
              + joinedValues(
                  condition.notValues().stream().map(AccessWords::shortened).toList(), ", "));
    }
  }

  private static String joinedValues(List<String> words, String separator) {
    if (words.size() <= MAX_VALUES) {
      return String.join(separator, words);
    }
    return String.join(separator, words.subList(0, MAX_VALUES))
        + separator
        + (words.size() - MAX_VALUES)
        + " more";
  }

  private String word(Condition condition, String value, String namespace) {
    return switch (condition.key().attribute()) {
      case SOURCE_PRINCIPAL -> principal(value);
      case SOURCE_NAMESPACE -> "namespace " + shortened(value);
      case SOURCE_SERVICE_ACCOUNT ->
          "service account " + shortened(value.contains("/") ? value : namespace + "/" + value);
      case SOURCE_TRUST_DOMAIN ->
          value.equals("*") ? "a caller with mTLS" : "trust domain " + shortened(value);
      case SOURCE_IP -> "address " + shortened(value);
      case REMOTE_IP -> "client address " + shortened(value);
      case REQUEST_PRINCIPAL ->
          value.equals("*") ? "a valid token" : "the token of " + shortened(value);
      case REQUEST_AUDIENCES -> "a token for " + shortened(value);
      case REQUEST_PRESENTER -> "a token presented by " + shortened(value);
      case REQUEST_CLAIMS -> "claim " + parameter(condition) + "=" + shortened(value);
      case REQUEST_HEADERS -> "header " + parameter(condition) + "=" + shortened(value);
      default -> shortened(value);
    };
  }

  private static String parameter(Condition condition) {
    String parameter = condition.key().parameter();
    return shortened(parameter.substring(1, parameter.length() - 1).replace("][", "."));
  }

  private String principal(String value) {
    if (value.equals("*")) {
      return "a caller with mTLS";
    }
    return match(PRINCIPAL, value)
        .map(found ->
            "service account "
                + shortened(found.group(2) + "/" + found.group(3))
                + domain(found.group(1)))
        .or(() ->
            match(NAMESPACE, value)
                .map(found -> "namespace " + shortened(found.group(2)) + domain(found.group(1))))
        .orElse("principal " + shortened(value));
  }

  private static Optional<Matcher> match(Pattern pattern, String value) {
    Matcher matcher = pattern.matcher(value);
    return matcher.matches() ? Optional.of(matcher) : Optional.empty();
  }

  /** {@code cluster.local} stands for the mesh's own trust domain, whatever that is called. */
  private String domain(String domain) {
    if (domain.equals(trustDomain) || domain.equals("cluster.local")) {
      return "";
    }
    return domain.equals("*") ? " of any trust domain" : " of trust domain " + shortened(domain);
  }

  private static String shortened(String value) {
    return shortened(value, 60);
  }

  private static String shortened(String value, int length) {
    return value.length() <= length ? value : value.substring(0, length - 1) + "…";
  }
}

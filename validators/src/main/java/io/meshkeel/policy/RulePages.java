package io.meshkeel.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules' pages: Markdown made from their METADATA, shipped with the library. */
public final class RulePages {
  private static final String FOLDER = "/io/meshkeel/rules/";
  private static final Pattern ID = Pattern.compile("[A-Z][0-9]{1,6}");
  private static final Pattern ENTRY =
      Pattern.compile("\\| \\[(?<id>[A-Z0-9]+)]\\([^)]*\\) \\| [^|]* \\| (?<title>[^|]*) \\|");

  private static final Pattern CODES =
      Pattern.compile("^\\| Elsewhere \\| ([A-Z0-9, ]+) \\|$", Pattern.MULTILINE);
  private static final Map<String, List<String>> ELSEWHERE = new ConcurrentHashMap<>();

  private RulePages() {}

  /**
   * The page of a rule.
   *
   * @param id in upper or lower case
   */
  public static Optional<String> page(String id) {
    String name = id.toUpperCase(Locale.ROOT);
    return ID.matcher(name).matches() ? resource(name + ".md") : Optional.empty();
  }

  /**
   * The codes of Istio's analyzer ({@code IST…}) and of Kiali ({@code KIA…}) for the same mistake;
   * empty if they have none, or the library has no such rule.
   */
  public static List<String> elsewhere(String id) {
    return ELSEWHERE.computeIfAbsent(
        id,
        rule ->
            page(rule).stream()
                .flatMap(page -> CODES.matcher(page).results())
                .flatMap(row -> Stream.of(row.group(1).split(", ", -1)))
                .toList());
  }

  /** Title of each rule, by id. */
  public static SortedMap<String, String> titles() {
    SortedMap<String, String> titles = new TreeMap<>();
    ENTRY
        .matcher(resource("README.md").orElse(""))
        .results()
        .forEach(entry -> titles.put(entry.group("id"), entry.group("title").strip()));
    return Collections.unmodifiableSortedMap(titles);
  }

  private static Optional<String> resource(String name) {
    try (InputStream in = RulePages.class.getResourceAsStream(FOLDER + name)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("the page " + name + " can't be read", e);
    }
  }

  /**
   * Writes the page of a rule.
   *
   * @param example Markdown of what it finds and of the same put right
   */
  static String write(Rule rule, String example) {
    StringBuilder page = new StringBuilder();
    page.append("# ").append(rule.id()).append(": ").append(rule.title()).append("\n\n");
    page.append(rule.description()).append("\n\n");
    page.append("| | |\n| --- | --- |\n");
    row(
        page,
        "Severity",
        rule.severity().word() + (rule.enabled() ? "" : ", off until it is turned on"));
    row(page, "Category", rule.category());
    row(page, "Looks at", rule.scope());
    row(page, "Kinds", String.join(", ", rule.kinds().stream().map(k -> "`" + k + "`").toList()));
    if (rule.inventory()) {
      row(page, "Needs", "what the clusters hold: not judged without");
    }
    if (!rule.cross().isEmpty()) {
      row(page, "Elsewhere", String.join(", ", rule.cross()));
    }
    if (!rule.params().isEmpty()) {
      page.append("\n## Parameters\n\n`policies/config.yaml` sets them, for example `")
          .append(rule.id())
          .append(": {params: {")
          .append(rule.params().keySet().stream().sorted().findFirst().orElseThrow())
          .append(": …}}`.\n\n| name | default | meaning |\n| --- | --- | --- |\n");
      new TreeMap<>(rule.params())
          .forEach((name, param) ->
              page.append(
                  "| `%s` | `%s` | %s |\n".formatted(name, param.fallback(), param.meaning())));
    }
    page.append("\n## Message\n\n> ").append(rule.message()).append("\n\n");
    page.append("## Fix\n\n").append(rule.remediation()).append(".\n\n");
    if (!rule.fix().isEmpty()) {
      page.append("Where it is certain, `meshkeel validate --fix` does it: ")
          .append(rule.fix())
          .append(".\n\n");
    }
    page.append("## Example\n\n").append(example);
    if (!rule.references().isEmpty()) {
      page.append("## More\n\n");
      rule.references().forEach(link -> page.append("* <").append(link).append(">\n"));
    }
    return page.toString();
  }

  private static void row(StringBuilder page, String name, String value) {
    page.append("| ").append(name).append(" | ").append(value).append(" |\n");
  }

  /**
   * Writes the list of all rules.
   *
   * @param proof what is said of the rules' proof above the list
   * @param proven by a rule's id, a cell of the list
   */
  static String writeIndex(RuleBook book, String proof, UnaryOperator<String> proven) {
    StringBuilder page = new StringBuilder("# Rules\n\n");
    page.append(
        "Made from the METADATA of the Rego packages in `policies/`. `meshkeel explain RULE` prints"
            + " a page.\n\n"
            + "Rules marked with * need to know what the clusters hold (`--snapshot`); without that"
            + " they are listed as not judged.\n\n"
            + proof
            + "\n| id | severity | title | mistakes found |\n| --- | --- | --- | --- |\n");
    for (Rule rule : book.rules().values()) {
      page.append(
          "| [%s](%s.md) | %s | %s | %s |\n"
              .formatted(
                  rule.id(),
                  rule.id(),
                  rule.severity().word()
                      + (rule.enabled() ? "" : ", off")
                      + (rule.inventory() ? " *" : ""),
                  rule.title(),
                  proven.apply(rule.id())));
    }
    return page.toString();
  }
}

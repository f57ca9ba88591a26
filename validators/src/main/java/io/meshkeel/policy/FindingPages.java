package io.meshkeel.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the reference says of each id of a finding, as Markdown. */
public final class FindingPages {
  private static final String FOLDER = "/io/meshkeel/reference/";
  private static final List<String> PAGES =
      List.of("declaration-errors.md", "schema-errors.md", "waivers.md", "policies.md");
  private static final String HEADING = "## ";

  private FindingPages() {}

  /**
   * The page of a rule, or the section of a declaration error, a schema error or a notice.
   *
   * @param id in upper or lower case
   */
  public static Optional<String> page(String id) {
    Optional<String> rule = RulePages.page(id);
    if (rule.isPresent()) {
      return rule;
    }
    String heading = HEADING + id.toUpperCase(Locale.ROOT) + " ";
    return PAGES.stream().flatMap(page -> section(read(page), heading).stream()).findFirst();
  }

  private static Optional<String> section(String page, String heading) {
    int start = page.indexOf("\n" + heading);
    if (start < 0) {
      return Optional.empty();
    }
    int end = page.indexOf("\n" + HEADING, start + 1);
    String section = page.substring(start + 1, end < 0 ? page.length() : end);
    return Optional.of(section.substring(1).strip() + "\n");
  }

  private static String read(String page) {
    try (InputStream in = FindingPages.class.getResourceAsStream(FOLDER + page)) {
      if (in == null) {
        throw new IllegalStateException("the page " + page + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the page " + page + " can't be read", e);
    }
  }
}

package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.testbed.SharedServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/rules} is made from METADATA, from the examples and from the figures that {@link
 * RuleMutationIT} writes: {@code -Dmeshkeel.write=true} writes it anew.
 */
final class RulePagesIT {
  private static final Path PAGES = Path.of("..", "docs", "rules");
  private static RuleBook book = new RuleBook(new TreeMap<>());

  @BeforeAll
  static void askForTheRules() throws Exception {
    try (TestingOpa opa = TestingOpa.start(JudgeOptions.of(SharedServers.opaBinary()))) {
      book = opa.gateway().session().book();
    }
  }

  private static SortedMap<String, String> expected() throws IOException {
    SortedMap<String, String> pages = new TreeMap<>();
    MutationFigures figures = MutationFigures.read();
    pages.put("README.md", RulePages.writeIndex(book, figures.proof(), figures::cell));
    SortedMap<String, RuleExample> examples = RuleExample.byRule();
    for (Rule rule : book.rules().values()) {
      RuleExample example = Objects.requireNonNull(examples.get(rule.id()), rule.id());
      pages.put(rule.id() + ".md", RulePages.write(rule, example.markdown()));
    }
    return pages;
  }

  @Test
  void everyPageIsWhatItsMetadataSay() throws IOException {
    if (Boolean.getBoolean("meshkeel.write")) {
      Files.createDirectories(PAGES);
      for (var page : expected().entrySet()) {
        Files.writeString(PAGES.resolve(page.getKey()), page.getValue());
      }
    }
    SortedMap<String, String> found = new TreeMap<>();
    try (Stream<Path> files = Files.list(PAGES)) {
      for (Path file : files.toList()) {
        found.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    assertThat(found)
        .as("run this test with -Dmeshkeel.write=true to write the pages")
        .isEqualTo(expected());
  }

  @Test
  void everyRuleSaysAllThatAReaderNeeds() {
    assertThat(book.rules().values())
        .allSatisfy(rule -> {
          assertThat(rule.id()).as("id").matches("M[0-9]{3,4}");
          assertThat(rule.title()).as(rule.id()).isNotBlank().doesNotEndWith(".");
          assertThat(rule.description()).as(rule.id()).isNotBlank().endsWith(".");
          assertThat(rule.category())
              .as(rule.id())
              .isIn("traffic", "gateway", "security", "config", "services", "clusters");
          assertThat(rule.scope()).as(rule.id()).isIn("resource", "namespace", "mesh");
          assertThat(rule.kinds()).as(rule.id()).isNotEmpty();
          assertThat(rule.kinds()).as(rule.id()).allMatch(kind -> !kind.kind().isBlank());
          assertThat(rule.message()).as(rule.id()).isNotBlank().doesNotEndWith(".");
          assertThat(rule.remediation()).as(rule.id()).isNotBlank().doesNotEndWith(".");
          assertThat(rule.references())
              .as(rule.id())
              .isNotEmpty()
              .allMatch(reference -> reference.startsWith("https://"));
          assertThat(rule.bad()).as(rule.id()).isNotBlank();
          assertThat(rule.good()).as(rule.id()).isNotBlank().isNotEqualTo(rule.bad());
          assertThat(rule.cross())
              .as(rule.id())
              .allMatch(code -> code.matches("(IST|KIA)[0-9]{4}"));
        });
  }

  @Test
  void everyPackageIsARuleWithItsPage() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("..", "policies"))) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.matches("m[0-9]+\\.rego"))
                  .map(name -> name.replace(".rego", "")))
          .containsExactlyInAnyOrderElementsOf(book.rules().keySet())
          .hasSizeGreaterThanOrEqualTo(10);
    }
  }
}

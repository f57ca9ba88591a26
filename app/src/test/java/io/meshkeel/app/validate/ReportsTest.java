package io.meshkeel.app.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshkeel.declaration.DirectorySnapshot;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Fix;
import io.meshkeel.model.Governance;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Severity;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.model.Verdict;
import io.meshkeel.model.Verdict.Outcome;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.maven.plugin.surefire.log.api.NullConsoleLogger;
import org.apache.maven.plugins.surefire.report.ReportTestSuite;
import org.apache.maven.plugins.surefire.report.TestSuiteXmlParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final MeshName SHOP = new MeshName("shop");
  private static final ResourceKey ROUTE =
      new ResourceKey("networking.istio.io", "VirtualService", "shop", "a|b");
  private static final String HOSTILE = "<b>@all</b> #1 ![x](http://e.vil) 100% | a\nb\u0001";

  @TempDir private Path folder = Path.of("");

  private static Finding finding(String rule, Severity severity, String message, int line) {
    return new Finding(
        rule,
        severity,
        message,
        SHOP,
        ROUTE,
        JsonPath.of("spec", "http", 0, "route", line % 2),
        new SourcePosition("meshes/shop/a b:c,ü.yaml", line, 7),
        "put it right");
  }

  private Validation validation(Outcome outcome, Finding... findings) throws IOException {
    return validation(outcome, List.of(findings));
  }

  private Validation validation(Outcome outcome, List<Finding> findings) throws IOException {
    Optional<String> failure =
        outcome == Outcome.ERROR ? Optional.of("OPA was silent") : Optional.empty();
    return new Validation(
        DirectorySnapshot.of(folder),
        findings,
        List.of(new Verdict(SHOP, Optional.empty(), outcome, findings, "0".repeat(64), failure)),
        List.of(1),
        List.of(),
        Map.of(),
        Governance.NONE,
        List.of(),
        false,
        false,
        Optional.empty());
  }

  private static String print(ReportFormat format, Validation validation) {
    StringWriter text = new StringWriter();
    format.print(validation, new PrintWriter(text));
    return text.toString();
  }

  private Validation mixed() throws IOException {
    return validation(
        Outcome.DENIED,
        finding("M102", Severity.ERROR, HOSTILE, 3),
        finding("M109", Severity.WARN, "weights", 4),
        new Finding("M422", Severity.INFO, "note", SHOP, null, JsonPath.ROOT, null, ""));
  }

  private static List<Finding> many(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(line -> finding("M102", Severity.ERROR, "subset v" + line, line))
        .toList();
  }

  @Test
  void reportsNameTheSameMistakeInIstiosAndKialisTerms() throws IOException {
    Validation found = mixed();
    assertThat(print(ReportFormat.text, found)).contains("error M102 (IST0101, KIA1107): ");
    assertThat(print(ReportFormat.github, found)).contains(" [IST0101, KIA1107]");
    assertThat(print(ReportFormat.markdown, found)).contains("| M102, IST0101, KIA1107 |");
    assertThat(JSON.readTree(print(ReportFormat.json, found)).at("/0/elsewhere").toString())
        .isEqualTo("[\"IST0101\",\"KIA1107\"]");
    assertThat(
            JSON.readTree(print(ReportFormat.sarif, found))
                .at("/runs/0/tool/driver/rules/0/properties/tags")
                .toString())
        .isEqualTo("[\"IST0101\",\"KIA1107\"]");
  }

  @Test
  void colourIsForTerminalsAndChangesNoWord() throws IOException {
    StringWriter text = new StringWriter();
    ReportFormat.text.print(mixed(), new PrintWriter(text), true);
    assertThat(text.toString())
        .contains("\u001B[31merror\u001B[0m M102 (", "\u001B[31mdenied\u001B[0m");
    assertThat(text.toString().replaceAll("\u001B\\[[0-9]*m", ""))
        .isEqualTo(print(ReportFormat.text, mixed()));
    StringWriter json = new StringWriter();
    ReportFormat.json.print(mixed(), new PrintWriter(json), true);
    assertThat(json.toString()).isEqualTo(print(ReportFormat.json, mixed()));
  }

  @Test
  void sarifTellsAFixAndWhatTheFindingJoins() throws IOException {
    Files.createDirectories(folder.resolve("meshes/shop"));
    Files.writeString(folder.resolve("meshes/shop/a.yaml"), "kind: X\nspec: {host: a.b}\n");
    Finding found =
        new Finding(
                "M104",
                Severity.WARN,
                "short",
                SHOP,
                ROUTE,
                JsonPath.of("spec", "host"),
                new SourcePosition("meshes/shop/a.yaml", 2, 8),
                "",
                null,
                List.of(
                    new Finding.Related(
                        ROUTE, null, JsonPath.ROOT, new SourcePosition("meshes/shop/b.yaml", 3, 1)),
                    new Finding.Related(ROUTE, new ClusterName("c1"), JsonPath.ROOT, null)))
            .with(Fix.of("write it in full", new Fix.Put(JsonPath.of("spec", "host"), "a.b.c")));
    String text = print(ReportFormat.sarif, validation(Outcome.ACCEPTED, found));
    assertSarif(text);
    JsonNode result = JSON.readTree(text).at("/runs/0/results/0");
    assertThat(result.at("/relatedLocations/0/physicalLocation/region/startLine").asInt())
        .isEqualTo(3);
    assertThat(result.at("/relatedLocations/1/message/text").asText()).contains("in cluster c1");
    assertThat(result.at("/fixes/0/artifactChanges/0/replacements/0").toString())
        .isEqualTo(
            "{\"deletedRegion\":{\"startLine\":2,\"startColumn\":14,\"endLine\":2,\"endColumn\":17},"
                + "\"insertedContent\":{\"text\":\"a.b.c\"}}");
  }

  private static Validator sarifSchema() throws IOException {
    try (InputStream schema =
        Objects.requireNonNull(
            ReportsTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json"))) {
      return Validator.create(
          JsonSchema.of(new JsonObject(new String(schema.readAllBytes(), StandardCharsets.UTF_8))),
          new JsonSchemaOptions().setDraft(Draft.DRAFT7).setBaseUri("https://example.com"));
    }
  }

  private static void assertSarif(String text) throws IOException {
    OutputUnit result = sarifSchema().validate(new JsonObject(text));
    assertThat(result.getErrors()).isNullOrEmpty();
    assertThat(result.getValid()).isTrue();
  }

  @Test
  void sarifHoldsThePublishedSchema() throws IOException {
    for (Validation each :
        List.of(mixed(), validation(Outcome.ACCEPTED), validation(Outcome.ERROR))) {
      assertSarif(print(ReportFormat.sarif, each));
    }
    JsonObject wrong = new JsonObject(print(ReportFormat.sarif, mixed()));
    wrong.getJsonArray("runs").getJsonObject(0).remove("tool");
    assertThat(sarifSchema().validate(wrong).getValid()).isFalse();
  }

  @Test
  void sarifNamesRulePlaceAndFingerprint() throws IOException {
    JsonNode run = JSON.readTree(print(ReportFormat.sarif, mixed())).at("/runs/0");
    JsonNode result = run.at("/results/0");
    assertThat(result.get("ruleId").asText()).isEqualTo("M102");
    assertThat(run.at("/tool/driver/rules").get(result.get("ruleIndex").asInt()).get("id"))
        .isEqualTo(result.get("ruleId"));
    assertThat(result.get("level").asText()).isEqualTo("error");
    assertThat(result.at("/locations/0/physicalLocation/artifactLocation/uri").asText())
        .isEqualTo("meshes/shop/a%20b%3Ac,%C3%BC.yaml");
    assertThat(result.at("/locations/0/physicalLocation/region/startLine").asInt()).isEqualTo(3);
    assertThat(result.at("/partialFingerprints/meshkeel~1v1").asText()).matches("[0-9a-f]{32}");
  }

  @Test
  void sarifSaysWhenItCouldNotJudge() throws IOException {
    JsonNode invocation =
        JSON.readTree(print(ReportFormat.sarif, validation(Outcome.ERROR)))
            .at("/runs/0/invocations/0");
    assertThat(invocation.get("executionSuccessful").asBoolean()).isFalse();
    assertThat(invocation.at("/toolExecutionNotifications/0/message/text").asText())
        .contains("OPA was silent");
  }

  @Test
  void sarifTellsHowManyAreBeyondTheLimit() throws IOException {
    Validation large = validation(Outcome.DENIED, many(SarifReport.MOST_RESULTS + 2));
    JsonNode run = JSON.readTree(print(ReportFormat.sarif, large)).at("/runs/0");
    assertThat(run.get("results")).hasSize(SarifReport.MOST_RESULTS);
    assertThat(run.at("/invocations/0/toolExecutionNotifications/0/message/text").asText())
        .startsWith("and 2 more");
  }

  @Test
  void surefireReadsTheJUnitReport() throws Exception {
    Path file = folder.resolve("report.xml");
    Files.writeString(file, print(ReportFormat.junit, mixed()));
    List<ReportTestSuite> suites =
        new TestSuiteXmlParser(new NullConsoleLogger()).parse(file.toString());
    assertThat(suites).hasSize(1);
    ReportTestSuite suite = suites.getFirst();
    assertThat(suite.getNumberOfTests()).isEqualTo(4);
    assertThat(suite.getNumberOfFailures()).isEqualTo(1);
    assertThat(suite.getTestCases().get(1).getFailureMessage()).contains("100% | a");
  }

  @Test
  void aMeshThatCouldNotBeJudgedIsAnErrorForJUnit() throws IOException {
    assertThat(print(ReportFormat.junit, validation(Outcome.ERROR)))
        .contains("errors=\"1\"", "<error message=\"OPA was silent\">");
  }

  @Test
  void gitHubAnnotationsAreEscaped() throws IOException {
    String first = print(ReportFormat.github, mixed()).lines().findFirst().orElseThrow();
    assertThat(first)
        .startsWith(
            "::error file=meshes/shop/a b%3Ac%2Cü.yaml,line=3,col=7,title=M102::VirtualService"
                + " shop/a|b: <b>@all</b>")
        .contains("100%25 | a%0Ab");
  }

  @Test
  void gitHubTellsWhatItDoesNotShow() throws IOException {
    List<String> lines =
        print(ReportFormat.github, validation(Outcome.DENIED, many(47))).lines().toList();
    assertThat(lines).hasSize(GitHubReport.SHOWN);
    assertThat(lines.getLast()).startsWith("::error title=meshkeel::and 38 more");
  }

  @Test
  void gitHubShowsTenOfTen() throws IOException {
    assertThat(print(ReportFormat.github, validation(Outcome.DENIED, many(10))).lines())
        .hasSize(10)
        .noneMatch(line -> line.contains("more"));
  }

  @Test
  void gitLabHasWhatItsFormatAsksFor() throws IOException {
    JsonNode report = JSON.readTree(print(ReportFormat.gitlab, mixed()));
    List<String> fingerprints = new ArrayList<>();
    for (JsonNode issue : report) {
      assertThat(issue.get("description").asText()).isNotEmpty();
      assertThat(issue.get("check_name").asText()).matches("M[0-9]+");
      assertThat(issue.get("severity").asText())
          .isIn("info", "minor", "major", "critical", "blocker");
      assertThat(issue.at("/location/path").asText()).doesNotStartWith("./").isNotEmpty();
      assertThat(issue.at("/location/lines/begin").asInt()).isPositive();
      fingerprints.add(issue.get("fingerprint").asText());
    }
    assertThat(fingerprints).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void markdownHoldsNoMarkupOfTheRepository() throws IOException {
    String report = print(ReportFormat.markdown, mixed());
    assertThat(report)
        .contains("| error, denies | M102, IST0101, KIA1107 |")
        .doesNotContain("<b>", "@all", "](http", "![x]", " #1 ");
    assertThat(report.lines().filter(line -> line.startsWith("| "))).hasSize(5);
  }

  @Test
  void markdownFitsAComment() throws IOException {
    String report = print(ReportFormat.markdown, validation(Outcome.DENIED, many(9_000)));
    assertThat(report).hasSizeLessThan(65_536).contains("more: `meshkeel validate` shows all");
  }

  @Test
  void fingerprintsDoNotDependOnLines() throws IOException {
    Finding early = finding("M102", Severity.ERROR, "subset v9", 2);
    Finding late = finding("M102", Severity.ERROR, "subset v9", 4);
    assertThat(validation(Outcome.DENIED, early).fingerprints())
        .isEqualTo(validation(Outcome.DENIED, late).fingerprints());
    assertThat(validation(Outcome.DENIED, early, late).fingerprints()).doesNotHaveDuplicates();
  }
}

package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.Fix;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.Severity;
import io.meshkeel.model.SourceFile;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.policy.Question.Item;
import io.meshkeel.policy.Question.Surroundings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What OPA says is believed only as far as it can be checked. */
final class AnswerTest {
  private static final String KEY = "VirtualService.networking.istio.io/shop/a";
  private static final String FINDING =
      "{'resource': '" + KEY + "', 'path': ['spec', 'hosts', 0], 'params': {'host': 'x'}}";
  private static final RuleBook BOOK =
      new RuleBook(new TreeMap<>(Map.of("m1", rule("M1", "write {host}"), "m2", rule("M2"))));

  private static Rule rule(String id) {
    return rule(id, "");
  }

  private static Rule rule(String id, String fix) {
    return new Rule(
        id,
        "title",
        "description",
        Severity.WARN,
        "traffic",
        "resource",
        List.of(new GroupKind("networking.istio.io", "VirtualService")),
        List.of(),
        List.of(),
        List.of(),
        false,
        Map.of(),
        true,
        "host {host} is bad",
        "Mend {host}",
        fix,
        List.of(),
        List.of(),
        "",
        "");
  }

  private static Question question() {
    Manifest manifest =
        Manifest.of(
            Map.of(
                "apiVersion", "networking.istio.io/v1",
                "kind", "VirtualService",
                "metadata", Map.of("namespace", "shop", "name", "a")));
    Declaration declaration =
        new Declaration(
            manifest,
            new MeshName("shop"),
            new SourceFile("a.yaml", "1", 1),
            0,
            new SourcePosition("a.yaml", 1, 1));
    return Question.of(
        new Surroundings("1.31", "istio-system", "cluster.local", "cluster.local", Map.of()),
        List.of(new Item(declaration, Map.of())));
  }

  private static Map<String, List<RawFinding>> read(String revision, String rules)
      throws Exception {
    String json = "{'revision': '" + revision + "', 'rules': " + rules + "}";
    return Answer.read(
        new ObjectMapper().readTree(json.replace('\'', '"')), "r1", BOOK.rules(), question());
  }

  @Test
  void aFindingGetsItsTextFromTheTemplate() throws Exception {
    List<RawFinding> found =
        read("r1", "{'m1': [" + FINDING + "], 'm2': []}").getOrDefault(KEY, List.of());
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().message()).isEqualTo("host x is bad");
    assertThat(found.getFirst().remediation()).isEqualTo("Mend x");
    assertThat(found.getFirst().path()).hasToString("spec.hosts[0]");
    assertThat(found.getFirst().severity()).isEqualTo(Severity.WARN);
  }

  @Test
  void aFindingMayBeMilderThanItsRule() throws Exception {
    String mild = FINDING.replace("'params'", "'severity': 'info', 'params'");
    assertThat(read("r1", "{'m1': [" + mild + "], 'm2': []}").getOrDefault(KEY, List.of()))
        .extracting(RawFinding::severity)
        .containsExactly(Severity.INFO);
  }

  private static String fixed(String edits) {
    return FINDING.replace("'params'", "'fix': [" + edits + "], 'params'");
  }

  @Test
  void aFixIsReadWithItsTitle() throws Exception {
    String edits =
        "{'put': ['a'], 'value': 'b'}, {'put': ['n', 0], 'value': 8}, {'put': ['f'], 'value':"
            + " true}, {'quote': ['q']}, {'rename': ['r'], 'name': 's'}, {'remove': ['x', 'y']}";
    assertThat(read("r1", "{'m1': [" + fixed(edits) + "], 'm2': []}").getOrDefault(KEY, List.of()))
        .extracting(RawFinding::fix)
        .containsExactly(
            new Fix(
                "write x",
                List.of(
                    new Fix.Put(JsonPath.of("a"), "b"),
                    new Fix.Put(JsonPath.of("n", 0), 8L),
                    new Fix.Put(JsonPath.of("f"), true),
                    new Fix.Quote(JsonPath.of("q")),
                    new Fix.Rename(JsonPath.of("r"), "s"),
                    new Fix.Remove(JsonPath.of("x", "y")))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "'b'",
        "{'put': ['a']}",
        "{'put': ['a'], 'value': [1]}",
        "{'put': 'a', 'value': 'b'}",
        "{'rename': ['a', 0], 'name': 'b'}",
        "{'remove': []}",
      })
  void aFixOfAnotherShapeIsNotBelieved(String edit) {
    assertThatThrownBy(() -> read("r1", "{'m1': [" + fixed(edit) + "], 'm2': []}"))
        .isInstanceOf(UnansweredException.class);
  }

  @Test
  void aFixOfARuleWhoseMetadataSayNothingOfOneIsNotBelieved() {
    String fixed = fixed("{'put': ['a'], 'value': 'b'}");
    assertThatThrownBy(() -> read("r1", "{'m1': [], 'm2': [" + fixed + "]}"))
        .isInstanceOf(UnansweredException.class)
        .hasMessageContaining("M2 gave a fix that is none");
  }

  @Test
  void anObjectWithoutFindingsIsAnsweredToo() throws Exception {
    assertThat(read("r1", "{'m1': [], 'm2': []}")).containsEntry(KEY, List.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'m1': []}",
        "{}",
        "null",
        "{'m1': [], 'm2': null}",
        "{'m1': [], 'm2': {}}",
        "{'m1': [], 'm2': [], 'm3': []}",
        "{'m1': [{}], 'm2': []}",
        "{'m1': [{'resource': 'Secret/shop/a', 'path': [], 'params': {}}], 'm2': []}",
        "{'m1': [{'resource': 'VirtualService.networking.istio.io/shop/a', 'params': {'host':"
            + " 'x'}}], 'm2': []}",
        "{'m1': [{'resource': 'VirtualService.networking.istio.io/shop/a', 'path': [-1],"
            + " 'params': {'host': 'x'}}], 'm2': []}",
        "{'m1': [{'resource': 'VirtualService.networking.istio.io/shop/a', 'path': [],"
            + " 'params': {}}], 'm2': []}",
        "{'m1': [{'resource': 'VirtualService.networking.istio.io/shop/a', 'path': []}], 'm2': []}",
        "{'m1': [{'resource': 'VirtualService.networking.istio.io/shop/a', 'path': [],"
            + " 'params': {'host': 'x'}, 'severity': 'error'}], 'm2': []}",
        "{'m1': [{'resource': 'VirtualService.networking.istio.io/shop/a', 'path': [],"
            + " 'params': {'host': 'x'}, 'severity': 'bad'}], 'm2': []}",
      })
  void anAnswerOfAnotherShapeIsNotBelieved(String rules) {
    assertThatThrownBy(() -> read("r1", rules)).isInstanceOf(UnansweredException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"r2", ""})
  void anAnswerOfAnotherRevisionIsNotBelieved(String revision) {
    assertThatThrownBy(() -> read(revision, "{'m1': [], 'm2': []}"))
        .isInstanceOf(UnansweredException.class)
        .hasMessageContaining("policy revision");
  }
}

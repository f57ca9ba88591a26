package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshkeel.model.Declaration;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.Severity;
import io.meshkeel.model.SourceFile;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.policy.Question.Item;
import io.meshkeel.policy.Question.Surroundings;
import io.meshkeel.policy.UnansweredException.Cause;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When OPA is started again, and when that is given up. */
final class OpaGatewayTest {
  private static final Surroundings MESH =
      new Surroundings("1.31", "istio-system", "cluster.local", "cluster.local", Map.of());
  private static final RuleBook BOOK =
      new RuleBook(
          new TreeMap<>(
              Map.of(
                  "m1",
                  new Rule(
                      "M1",
                      "t",
                      "d",
                      Severity.ERROR,
                      "c",
                      "resource",
                      List.of(new GroupKind("networking.istio.io", "VirtualService")),
                      List.of(List.of("spec", "http", "timeout")),
                      "m",
                      "r",
                      List.of(),
                      List.of(),
                      "",
                      ""))));

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private final List<Integer> chunks = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private static JsonNode answer(String revision) {
    ObjectNode answer = new ObjectMapper().createObjectNode().put("revision", revision);
    answer.putObject("rules").putArray("m1");
    return answer;
  }

  private static Decisions failing(Cause cause) {
    return (document, input) -> {
      throw new UnansweredException(cause, "told by the test");
    };
  }

  private Decisions answering(String revision) {
    return (document, input) -> {
      Map<?, ?> resources = (Map<?, ?>) input.getOrDefault("resources", Map.of());
      resources.values().forEach(list -> chunks.add(((List<?>) list).size()));
      return answer(revision);
    };
  }

  private OpaGateway gateway(Decisions... lives) {
    Deque<Decisions> left = new ArrayDeque<>(List.of(lives));
    OpaSession.Source source =
        new OpaSession.Source() {
          @Override
          public String revision() {
            return "r1";
          }

          @Override
          public OpaSession open() throws PolicyException {
            opened.incrementAndGet();
            Decisions next = left.poll();
            if (next == null) {
              throw new PolicyException("no more lives");
            }
            AtomicBoolean alive = new AtomicBoolean(true);
            return OpaSession.of(
                next,
                BOOK,
                alive::get,
                () -> {
                  alive.set(false);
                  closed.incrementAndGet();
                });
          }
        };
    return new OpaGateway(source, threads, 2, 2);
  }

  private static List<Item> items(int count) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(item("a" + i, i + "s", Map.of()));
    }
    return items;
  }

  /** A route to a host of its own, which no rule reads, with a timeout, which one reads. */
  private static Item item(String name, String timeout, Map<String, Object> facts) {
    Manifest manifest =
        Manifest.of(
            Map.of(
                "apiVersion",
                "networking.istio.io/v1",
                "kind",
                "VirtualService",
                "metadata",
                Map.of("namespace", "shop", "name", name),
                "spec",
                Map.of(
                    "hosts",
                    List.of(name),
                    "http",
                    List.of(Map.of("name", name, "timeout", timeout)))));
    return new Item(
        new Declaration(
            manifest,
            new MeshName("shop"),
            new SourceFile("a.yaml", "1", 1),
            0,
            new SourcePosition("a.yaml", 1, 1)),
        facts);
  }

  /** Finds something in every object that it is asked about. */
  private static JsonNode findingAll(Map<String, Object> input, List<String> keys) {
    ObjectNode answer = new ObjectMapper().createObjectNode().put("revision", "r1");
    ArrayNode findings = answer.putObject("rules").putArray("m1");
    Map<?, ?> resources = (Map<?, ?>) input.getOrDefault("resources", Map.of());
    for (Object list : resources.values()) {
      for (Object item : (List<?>) list) {
        String key = String.valueOf(((Map<?, ?>) item).get("key"));
        keys.add(key);
        ObjectNode finding = findings.addObject().put("resource", key);
        finding.putArray("path").add(key);
        finding.putObject("params");
      }
    }
    return answer;
  }

  @Test
  void objectsAreAskedInChunks() throws Exception {
    assertThat(gateway(answering("r1")).ask(MESH, items(5))).hasSize(5);
    assertThat(chunks).containsExactlyInAnyOrder(2, 2, 1);
  }

  @Test
  void objectsThatNoRuleCanTellApartAreAskedOnceAndAllHaveWhatIsFound() throws Exception {
    List<String> keys = Collections.synchronizedList(new ArrayList<>());
    List<List<RawFinding>> found =
        gateway((document, input) -> findingAll(input, keys))
            .ask(
                MESH,
                List.of(
                    item("a", "1s", Map.of()),
                    item("b", "2s", Map.of()),
                    item("c", "1s", Map.of())));
    String a = "VirtualService.networking.istio.io/shop/a";
    String b = "VirtualService.networking.istio.io/shop/b";
    assertThat(keys).containsExactlyInAnyOrder(a, b);
    assertThat(found)
        .extracting(each -> each.getFirst().path())
        .containsExactly(
            new JsonPath(List.of(a)), new JsonPath(List.of(b)), new JsonPath(List.of(a)));
  }

  @Test
  void anObjectOfWhichFactsAreToldIsAskedByItself() throws Exception {
    List<String> keys = Collections.synchronizedList(new ArrayList<>());
    Map<String, Object> facts = Map.of("users", List.of("x"));
    gateway((document, input) -> findingAll(input, keys))
        .ask(MESH, List.of(item("a", "1s", facts), item("b", "1s", facts)));
    assertThat(keys).hasSize(2);
  }

  @Test
  void oneThatCannotBeReachedIsStartedAgain() throws Exception {
    OpaGateway gateway = gateway(failing(Cause.UNREACHABLE), answering("r1"));
    assertThat(gateway.ask(MESH, items(1))).hasSize(1);
    assertThat(opened).hasValue(2);
    assertThat(closed).hasValue(1);
  }

  @Test
  void oneThatLostItsPoliciesIsStartedAgain() throws Exception {
    assertThat(gateway(failing(Cause.UNDEFINED), answering("r1")).ask(MESH, items(1))).hasSize(1);
  }

  @Test
  void oneWithOtherPoliciesIsStartedAgain() throws Exception {
    assertThat(gateway(answering("r2"), answering("r1")).ask(MESH, items(1))).hasSize(1);
  }

  @Test
  void aSecondFailureIsTheEnd() {
    OpaGateway gateway = gateway(failing(Cause.UNREACHABLE), answering("r2"), answering("r1"));
    assertThatThrownBy(() -> gateway.ask(MESH, items(1)))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("policy revision 'r2'")
        .hasMessageContaining("also after OPA was started again");
    assertThat(opened).hasValue(2);
  }

  @Test
  void aTimeOutIsNotTriedAgainAtOnce() {
    OpaGateway gateway = gateway(failing(Cause.TIMEOUT), answering("r1"));
    assertThatThrownBy(() -> gateway.ask(MESH, items(1))).isInstanceOf(PolicyException.class);
    assertThat(opened).hasValue(1);
  }

  @Test
  void afterATimeOutTheNextQuestionGoesToAFreshOpa() throws Exception {
    OpaGateway gateway = gateway(failing(Cause.TIMEOUT), answering("r1"));
    assertThatThrownBy(() -> gateway.ask(MESH, items(1))).isInstanceOf(PolicyException.class);
    assertThat(gateway.ask(MESH, items(1))).hasSize(1);
    assertThat(opened).hasValue(2);
  }

  @Test
  void whereNoneCanBeStartedTheReasonIsTold() {
    assertThatThrownBy(() -> gateway().ask(MESH, items(1)))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("no more lives");
  }

  @Test
  void aClosedGatewayStartsNothing() throws Exception {
    OpaGateway gateway = gateway(answering("r1"), answering("r1"));
    gateway.ask(MESH, items(1));
    gateway.close();
    assertThat(closed).hasValue(1);
    assertThatThrownBy(() -> gateway.ask(MESH, items(1))).isInstanceOf(PolicyException.class);
  }
}

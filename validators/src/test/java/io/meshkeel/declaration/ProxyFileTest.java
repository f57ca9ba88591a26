package io.meshkeel.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Finding;
import io.meshkeel.model.ProxySync;
import io.meshkeel.model.ProxySync.Count;
import io.meshkeel.model.ProxySync.OfIstiod;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProxyFileTest {
  private static final ProxySync TOLD =
      new ProxySync(
          List.of(
              new OfIstiod(
                  new ClusterName("east"),
                  Map.of("west", new Count(12, 11), "east", new Count(3, 3), "", new Count(1, 0))),
              new OfIstiod(new ClusterName("north"), Map.of())),
          List.of(
              "the istiod at http://a says 503 to /debug/syncz; of its proxies nothing is known"));

  private static InventoryReading read(String text) {
    return InventoryReader.read(
        Map.of(
            "proxies.yaml",
            text.getBytes(StandardCharsets.UTF_8),
            "east.yaml",
            "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n"
                .getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> problems(String text) {
    return read(text).problems().stream().map(Finding::oneLine).toList();
  }

  @Test
  void whatIsWrittenIsReadBackTheSame() {
    InventoryReading reading = read(ProxyFile.write(TOLD));
    assertThat(reading.problems()).isEmpty();
    assertThat(reading.proxies()).contains(TOLD);
    assertThat(reading.inventory().clusters()).hasSize(1);
  }

  @Test
  void whereverTheFileIsCutOffThatIsNoticed() {
    List<String> lines = ProxyFile.write(TOLD).lines().toList();
    assertThat(lines).hasSizeGreaterThan(15);
    for (int kept = 0; kept < lines.size(); kept++) {
      String half = String.join("\n", lines.subList(0, kept)) + "\n";
      assertThat(read(half).problems()).as(half).isNotEmpty();
      assertThat(read(half).inventory().clusters()).as(half).isEmpty();
    }
  }

  @Test
  void aMistakeIsToldWithItsPlace() {
    assertThat(
            problems(
                """
                apiVersion: meshkeel.io/v1alpha1
                kind: Proxies
                spec:
                  asked: 4
                  istiods:
                    - cluster: east
                      connected: 5
                      proxies:
                        - {cluster: west, connected: 4, sync: 4}
                        - {cluster: west, connected: 2147483647, synced: -1}
                        - {cluster: south, connected: 1, synced: 2}
                    - cluster: East
                      proxies: []
                    - cluster: east
                      proxies: [7]
                """))
        .anySatisfy(line -> assertThat(line).startsWith("proxies.yaml:4:").contains("is 4, and"))
        .anySatisfy(line ->
            assertThat(line)
                .startsWith("proxies.yaml:7:")
                .contains("is 5, and its proxies are 2,147,483,652"))
        .anySatisfy(line ->
            assertThat(line).startsWith("proxies.yaml:9:").contains("did you mean 'synced'?"))
        .anySatisfy(
            line -> assertThat(line).startsWith("proxies.yaml:9:").contains("synced' is missing"))
        .anySatisfy(line -> assertThat(line).startsWith("proxies.yaml:10:").contains("is -1"))
        .anySatisfy(line ->
            assertThat(line).startsWith("proxies.yaml:10:").contains("'west' is there twice"))
        .anySatisfy(
            line -> assertThat(line).startsWith("proxies.yaml:11:").contains("more proxies"))
        .anySatisfy(line -> assertThat(line).startsWith("proxies.yaml:12:").contains("'East'"))
        .anySatisfy(line ->
            assertThat(line).startsWith("proxies.yaml:14:").contains("'east' is there twice"))
        .anySatisfy(
            line -> assertThat(line).startsWith("proxies.yaml:15:").contains("list of maps"))
        .hasSize(10);
  }

  @Test
  void whatAHandLeavesOutIsNotCompared() {
    InventoryReading reading =
        read(
            """
            apiVersion: meshkeel.io/v1alpha1
            kind: Proxies
            spec:
              istiods:
                - cluster: east
                  proxies: [{cluster: west, connected: 4, synced: 4}]
            """);
    assertThat(reading.problems()).isEmpty();
    assertThat(reading.proxies())
        .contains(
            new ProxySync(
                List.of(new OfIstiod(new ClusterName("east"), Map.of("west", new Count(4, 4)))),
                List.of()));
    assertThat(problems("kind: Pod\n"))
        .anySatisfy(line -> assertThat(line).contains("proxies.yaml is no Proxies"));
  }
}

package io.meshkeel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "shop", "shop-1", "0", "a123456789-b"})
  void aLabelIsTaken(String name) {
    assertThat(new MeshName(name)).hasToString(name);
    assertThat(new ClusterName(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "a.b", "-a", "a-", "a_b", "a b", "a\n"})
  void whatIsNoLabelIsRefusedByName(String name) {
    assertThatThrownBy(() -> new MeshName(name)).hasMessageContaining("mesh name");
    assertThatThrownBy(() -> new ClusterName(name)).hasMessageContaining("cluster name");
  }

  @Test
  void aLabelHasAtMost63Characters() {
    assertThat(new MeshName("a".repeat(63)).value()).hasSize(63);
    assertThatThrownBy(() -> new MeshName("a".repeat(64)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "main", "HEAD", "0123456789ABCDEF0123456789ABCDEF01234567"})
  void aRevisionIsAFullCommitId(String sha) {
    assertThatThrownBy(() -> new Revision(sha)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRevisionIsShortenedForPeople() {
    assertThat(new Revision("0123456789abcdef0123456789abcdef01234567").abbreviated())
        .isEqualTo("01234567");
    assertThat(new Revision("ab".repeat(32)).sha()).hasSize(64);
  }

  @ParameterizedTest
  @CsvSource({
    "topolgy, topology",
    "Topology, topology",
    "istoVersion, istioVersion",
    "drfit, drift",
    "conficts, conflicts"
  })
  void theClosestNameIsFound(String written, String meant) {
    List<String> known = List.of("topology", "istioVersion", "drift", "conflicts", "prune");
    assertThat(ClosestName.of(written, known)).contains(meant);
    assertThat(ClosestName.hint(written, known)).isEqualTo(", did you mean '" + meant + "'?");
  }

  @Test
  void aNameThatIsFarFromAllIsNotGuessed() {
    assertThat(ClosestName.of("observability", List.of("drift", "prune"))).isEmpty();
    assertThat(ClosestName.hint("observability", List.of("drift"))).isEmpty();
    assertThat(ClosestName.of("x".repeat(101), List.of("x".repeat(101)))).isEmpty();
    assertThat(ClosestName.of("anything", List.of())).isEmpty();
  }

  @Test
  void ofEquallyCloseNamesTheFirstInTheAlphabetIsTaken() {
    assertThat(ClosestName.of("cat", List.of("hat", "bat", "rat"))).contains("bat");
  }

  @Test
  void aPositionCountsFromOne() {
    assertThat(new SourcePosition("a.yaml", 3, 7)).hasToString("a.yaml:3:7");
    assertThatThrownBy(() -> new SourcePosition("a.yaml", 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SourcePosition("a.yaml", 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aVerdictHasAFailureExactlyIfItIsAnError() {
    MeshName mesh = new MeshName("shop");
    assertThatThrownBy(() ->
            new Verdict(
                mesh, Optional.empty(), Verdict.Outcome.ERROR, List.of(), "p", Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            new Verdict(
                mesh, Optional.empty(), Verdict.Outcome.ACCEPTED, List.of(), "p", Optional.of("x")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFindingSaysWhereWhatAndHowToFixIt() {
    Finding finding =
        new Finding(
            "M101",
            Severity.ERROR,
            "two routes",
            new MeshName("shop"),
            new ResourceKey("g", "VirtualService", "shop", "a"),
            JsonPath.ROOT,
            new SourcePosition("a.yaml", 1, 2),
            "keep one");
    assertThat(finding.oneLine())
        .isEqualTo("a.yaml:1:2: VirtualService shop/a: two routes. Fix: keep one [M101]");
    Finding bare = new Finding("D004", Severity.WARN, "gone", null, null, JsonPath.ROOT, null, "");
    assertThat(bare.oneLine()).isEqualTo("gone [D004]");
    assertThat(Stream.of(bare, finding).sorted(Finding.ORDER)).containsExactly(finding, bare);
  }
}

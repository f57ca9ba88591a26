package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Finding;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Severity;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.model.Standing;
import io.meshkeel.model.Waiver;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WaiversTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
  private static final Set<String> RULES = Set.of("M101", "M102");
  private static final Finding FINDING =
      new Finding(
          "M102",
          Severity.ERROR,
          "subset v9",
          new MeshName("shop"),
          new ResourceKey("networking.istio.io", "VirtualService", "web", "front"),
          JsonPath.of("spec", "http", 1, "route", 0),
          null,
          "");

  private static Waiver.Match match(String kind, String namespace, String name, String path) {
    return new Waiver.Match(
        Optional.of(new MeshName("shop")),
        Optional.empty(),
        Optional.of(kind).filter(text -> !text.isEmpty()),
        Optional.of(namespace).filter(text -> !text.isEmpty()),
        Optional.of(name).filter(text -> !text.isEmpty()),
        Optional.of(path).filter(text -> !text.isEmpty()));
  }

  private static Waiver waiver(String rule, Waiver.Match match, LocalDate expires) {
    return new Waiver(
        "w",
        new SourcePosition("waivers/w.yaml", 1, 1),
        rule,
        match,
        "why",
        Optional.empty(),
        "team-web",
        expires);
  }

  private static Waiver until(LocalDate expires) {
    return waiver("M102", match("", "web", "", ""), expires);
  }

  private static List<String> notices(Waiver waiver, Finding... findings) {
    return Waivers.notices(List.of(waiver), List.of(findings), true, RULES, TODAY).stream()
        .map(notice -> notice.ruleId() + " " + notice.severity().word())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "VirtualService, web, front, spec.http[1].route[0], true",
    "VirtualService, web, front, spec.http[1], true",
    "VirtualService, web, front, spec.http, true",
    "VirtualService, web, front, spec.http[1].rou, false",
    "VirtualService, web, front, spec.http[11], false",
    "Gateway, web, front, '', false",
    "'', other, '', '', false",
    "'', '', back, '', false",
    "'', '', '', '', true"
  })
  void everythingThatIsGivenMustMatch(
      String kind, String namespace, String name, String path, boolean matches) {
    Waiver waiver = waiver("M102", match(kind, namespace, name, path), TODAY);
    assertThat(Waivers.of(FINDING, List.of(waiver), TODAY).isPresent()).isEqualTo(matches);
  }

  @Test
  void anotherRuleOrMeshIsNotMeant() {
    assertThat(Waivers.of(FINDING, List.of(waiver("M101", match("", "web", "", ""), TODAY)), TODAY))
        .isEmpty();
    Waiver.Match elsewhere =
        new Waiver.Match(
            Optional.of(new MeshName("bank")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(Waivers.of(FINDING, List.of(waiver("M102", elsewhere, TODAY)), TODAY)).isEmpty();
  }

  @Test
  void itHoldsUntilItsLastDay() {
    assertThat(Waivers.of(FINDING, List.of(until(TODAY)), TODAY)).isPresent();
    assertThat(Waivers.of(FINDING, List.of(until(TODAY.minusDays(1))), TODAY)).isEmpty();
  }

  @Test
  void anEndThatIsTooFarExceptsNothing() {
    assertThat(Waivers.of(FINDING, List.of(until(TODAY.plusDays(180))), TODAY)).isPresent();
    Waiver far = until(TODAY.plusDays(181));
    assertThat(Waivers.of(FINDING, List.of(far), TODAY)).isEmpty();
    assertThat(notices(far, FINDING)).containsExactly("W005 error");
  }

  @Test
  void anExpiredOneIsToldOf() {
    List<Finding> told =
        Waivers.notices(List.of(until(TODAY.minusDays(1))), List.of(FINDING), true, RULES, TODAY);
    assertThat(told)
        .singleElement()
        .satisfies(notice -> {
          assertThat(notice.ruleId()).isEqualTo("W001");
          assertThat(notice.message()).contains("2026-11-22", "what it excepted is there");
        });
  }

  @Test
  void oneThatEndsSoonIsToldOfFourteenDaysBefore() {
    Finding waived = FINDING.with(Standing.waived("w"));
    assertThat(notices(until(TODAY.plusDays(14)), waived)).containsExactly("W002 info");
    assertThat(notices(until(TODAY.plusDays(15)), waived)).isEmpty();
  }

  @Test
  void oneThatExceptsNothingIsStale() {
    assertThat(notices(until(TODAY.plusDays(30)))).containsExactly("W003 warn");
    assertThat(Waivers.notices(List.of(until(TODAY.plusDays(30))), List.of(), false, RULES, TODAY))
        .as("nobody knows while a mesh is not judged")
        .isEmpty();
  }

  @Test
  void oneOfEverythingIsTooWide() {
    Waiver wide = waiver("M102", match("", "", "", ""), TODAY.plusDays(30));
    assertThat(notices(wide, FINDING.with(Standing.waived("w")))).containsExactly("W004 warn");
  }

  @ParameterizedTest
  @CsvSource({"M1O2", "D001", "S003"})
  void aRuleThatThereIsNotIsAMistake(String rule) {
    assertThat(notices(waiver(rule, match("", "web", "", ""), TODAY.plusDays(30)), FINDING))
        .containsExactly("W006 error");
  }
}

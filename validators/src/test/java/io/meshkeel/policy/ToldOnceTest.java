package io.meshkeel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Finding;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Severity;
import io.meshkeel.model.Standing;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ToldOnceTest {
  private static final Finding OF_THE_DEFINITION =
      finding("S011", "a", "'spec': portLevelMtls requires selector", JsonPath.of("spec"));
  private static final Finding OF_THE_RULE =
      finding("M402", "a", "no effect", JsonPath.of("spec", "portLevelMtls"));

  private static Finding finding(String rule, String name, String message, JsonPath path) {
    return new Finding(
        rule,
        Severity.ERROR,
        message,
        null,
        new ResourceKey("security.istio.io", "PeerAuthentication", "shop", name),
        path,
        null,
        "fix it");
  }

  @Test
  void theRuleThatPointsToTheFieldTellsTheMistakeAlone() {
    assertThat(ToldOnce.of(List.of(OF_THE_DEFINITION, OF_THE_RULE))).containsExactly(OF_THE_RULE);
  }

  @Test
  void theRefusalStaysWhereTheRuleIsWaivedOrTurnedDown() {
    Finding waived = OF_THE_RULE.with(Standing.waived("w"));
    Finding mild = OF_THE_RULE.with(Severity.WARN);

    assertThat(ToldOnce.of(List.of(OF_THE_DEFINITION, waived)))
        .containsExactly(OF_THE_DEFINITION, waived);
    assertThat(ToldOnce.of(List.of(OF_THE_DEFINITION, mild)))
        .containsExactly(OF_THE_DEFINITION, mild);
    assertThat(ToldOnce.of(List.of(OF_THE_DEFINITION))).containsExactly(OF_THE_DEFINITION);
  }

  @Test
  void otherRefusalsAndOtherObjectsStay() {
    Finding ofAnother =
        finding("S011", "b", "'spec': portLevelMtls requires selector", JsonPath.of("spec"));
    Finding another = finding("S011", "a", "'spec': something else", JsonPath.of("spec"));

    assertThat(ToldOnce.of(List.of(ofAnother, another, OF_THE_RULE)))
        .containsExactly(ofAnother, another, OF_THE_RULE);
  }

  @Test
  void aShortHostThatLeadsNowhereIsToldAsThatAlone() {
    JsonPath host = JsonPath.of("spec", "host");
    Finding unknown = finding("M203", "a", "unknown", host).with(Severity.WARN);
    Finding isShort = finding("M104", "a", "short", host).with(Severity.INFO);
    Finding elsewhere =
        finding("M104", "a", "short", JsonPath.of("spec", "hosts", 0)).with(Severity.INFO);

    assertThat(ToldOnce.of(List.of(unknown, isShort, elsewhere)))
        .containsExactly(unknown, elsewhere);
  }

  @Test
  void aHostThatLacksItsEndIsToldAsThatAloneUnlessTrafficBreaks() {
    JsonPath host = JsonPath.of("spec", "host");
    Finding unknown = finding("M203", "a", "unknown", host).with(Severity.WARN);
    Finding cut = finding("M104", "a", "cut", host).with(Severity.WARN);
    Finding broken = finding("M103", "a", "nothing answers", host);

    assertThat(ToldOnce.of(List.of(unknown, cut))).containsExactly(cut);
    assertThat(ToldOnce.of(List.of(broken, cut))).containsExactly(broken, cut);
  }
}

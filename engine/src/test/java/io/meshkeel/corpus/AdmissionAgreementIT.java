package io.meshkeel.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshkeel.model.Manifest;
import io.meshkeel.policy.admission.Admission;
import io.meshkeel.policy.admission.Refusal;
import io.meshkeel.policy.schema.SchemaCheck;
import io.meshkeel.policy.schema.SchemaError;
import io.meshkeel.policy.schema.SchemaViolation;
import io.meshkeel.testbed.KubeApiServer;
import io.meshkeel.testbed.SharedServers;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Meshkeel refuses what a real API server and istiod's validation refuse, and nothing else: about
 * thousands of objects of all kinds, most of them changed by machine.
 */
class AdmissionAgreementIT {
  /** {@code -Dmeshkeel.corpus.seed} looks for what other random numbers find. */
  private static final long SEED = Long.getLong("meshkeel.corpus.seed", 20_262);

  private static final int MUTANTS = Integer.getInteger("meshkeel.corpus.mutants", 170);
  private static final int MINOR = 31;
  private static final SchemaCheck CHECK = SchemaCheck.of("1.31");

  /** With these alone an object can be read, so istiod's conditions can be asked about it. */
  private static final Set<SchemaError> READABLE =
      EnumSet.of(SchemaError.RULE, SchemaError.ADMISSION, SchemaError.FORMAT, SchemaError.REQUIRED);

  private static List<Manifest> corpus = List.of();
  private static Map<String, String> istioctl = Map.of();
  private static final Map<Manifest, List<SchemaViolation>> OURS = new HashMap<>();

  @BeforeAll
  static void judgeAll() throws Exception {
    corpus = AdmissionCorpus.of("istio-1.31", SEED, MUTANTS);
    istioctl = IstioctlValidate.refused(corpus);
    corpus.forEach(object -> OURS.put(object, CHECK.check(object)));
  }

  private static String name(Manifest object) {
    return object.key().kind() + "/" + object.key().name();
  }

  private static boolean byDefinition(Manifest object) {
    return OURS.getOrDefault(object, List.of()).stream()
        .anyMatch(violation -> violation.error() != SchemaError.ADMISSION);
  }

  private static boolean readable(Manifest object) {
    return OURS.getOrDefault(object, List.of()).stream()
        .allMatch(violation -> READABLE.contains(violation.error()));
  }

  @Test
  void thereAreThousandsOfObjectsOfAllKindsAndNoVerdictIsTheRule() {
    assertThat(corpus).hasSizeGreaterThan(5_000);
    Map<String, int[]> shares = new TreeMap<>();
    for (Manifest object : corpus) {
      int[] share = shares.computeIfAbsent(object.key().kind(), kind -> new int[4]);
      share[0]++;
      share[1] += OURS.getOrDefault(object, List.of()).isEmpty() ? 1 : 0;
      share[2] += byDefinition(object) ? 1 : 0;
      share[3] += istioctl.containsKey(name(object)) ? 1 : 0;
    }
    shares.forEach((kind, share) -> {
      System.out.printf(
          "%-22s %5d objects, %5d taken, %5d refused by the definition, %5d by istioctl%n",
          kind, share[0], share[1], share[2], share[3]);
      assertThat(share[0]).as(kind).isGreaterThan(60);
      assertThat(share[1]).as(kind).isBetween(share[0] / 20, share[0] * 19 / 20);
    });
    assertThat(shares.values().stream().mapToInt(share -> share[3]).sum())
        .isGreaterThan(corpus.size() / 5);
  }

  @Test
  void istioctlAndMeshkeelAgreeOrItIsSaidWhyNot() {
    List<Disagreement> known = Disagreement.known();
    Set<Disagreement> met = new LinkedHashSet<>();
    List<String> unexplained = new ArrayList<>();
    for (Manifest object : corpus) {
      String said = istioctl.get(name(object));
      List<Refusal> refusals = Admission.check(object, MINOR);
      if (!readable(object) || (said == null) == refusals.isEmpty()) {
        continue;
      }
      String who = said == null ? "meshkeel" : "istioctl";
      String why = said == null ? refusals.toString() : said;
      List<Disagreement> reasons =
          known.stream().filter(each -> each.explains(who, object.key().kind(), why)).toList();
      met.addAll(reasons);
      if (reasons.isEmpty()) {
        unexplained.add(who + " refuses " + name(object) + ": " + why + "\n  " + object.content());
      }
    }
    assertThat(unexplained).isEmpty();
    assertThat(known).allSatisfy(each -> assertThat(met).contains(each));
  }

  @Test
  void whatIstioctlRefusesIsRefusedHere() {
    List<Disagreement> known = Disagreement.known();
    assertThat(corpus)
        .filteredOn(object -> OURS.getOrDefault(object, List.of()).isEmpty())
        .filteredOn(object -> istioctl.containsKey(name(object)))
        .filteredOn(object ->
            known.stream()
                .noneMatch(each ->
                    each.explains(
                        "istioctl", object.key().kind(), istioctl.getOrDefault(name(object), ""))))
        .extracting(object -> name(object) + ": " + istioctl.get(name(object)))
        .isEmpty();
  }

  @Test
  void anApiServerRefusesWhatBreaksTheDefinitionsAndTakesTheRest() throws Exception {
    KubeApiServer server = SharedServers.kubeApiServer();
    server.ensureNamespace(AdmissionCorpus.NAMESPACE);
    List<Manifest> asked = new ArrayList<>();
    for (int i = 0; i < corpus.size(); i++) {
      Manifest object = corpus.get(i);
      // Of what the definitions alone refuse, nobody else was asked yet.
      if ((byDefinition(object) && !istioctl.containsKey(name(object))) || i % 12 == 0) {
        asked.add(object);
      }
    }
    List<Manifest> gateway = AdmissionCorpus.of("gateway-1.6", SEED, 60);
    for (int i = 0; i < gateway.size(); i++) {
      OURS.put(gateway.get(i), CHECK.check(gateway.get(i)));
      if (i % 3 == 0) {
        asked.add(gateway.get(i));
      }
    }
    Map<Manifest, String> refused = new DryRun(server, "istio-1.31", "gateway-1.6").refused(asked);
    System.out.println("an API server refuses " + refused.size() + " of " + asked.size());
    List<String> wrong =
        asked.stream()
            .filter(object -> byDefinition(object) != refused.containsKey(object))
            .map(object ->
                name(object)
                    + "\n  here: "
                    + OURS.get(object)
                    + "\n  there: "
                    + refused.get(object)
                    + "\n  "
                    + object.content())
            .collect(Collectors.toList());
    assertThat(wrong).isEmpty();
    assertThat(refused.size()).isBetween(asked.size() / 10, asked.size() * 9 / 10);
  }
}

package io.meshkeel.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshkeel.declaration.DeclarationReader;
import io.meshkeel.declaration.InventoryReader;
import io.meshkeel.declaration.InventoryReading;
import io.meshkeel.model.ClosestName;
import io.meshkeel.model.Declarations;
import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Evidence;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Governance;
import io.meshkeel.model.MeshName;
import io.meshkeel.model.PolicySettings;
import io.meshkeel.model.PolicySettings.Enforce;
import io.meshkeel.model.PolicySettings.Level;
import io.meshkeel.model.PolicySettings.Scope;
import io.meshkeel.model.PolicySettings.Setting;
import io.meshkeel.model.Snapshot;
import io.meshkeel.model.Verdict;
import io.meshkeel.policy.PolicyTests.Failure;
import io.meshkeel.policy.own.OwnBook;
import io.meshkeel.policy.own.OwnJudge;
import io.meshkeel.policy.own.PolicyCase;
import io.meshkeel.policy.schema.SchemaCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tries cases by the very judge that a revision goes through. Blocks. */
final class CaseTrial {
  private static final MeshName MESH = new MeshName("case");
  private static final String FOLDER = "meshes/case/";

  private final Judge judge;
  private final ObjectMapper mapper = new ObjectMapper();

  CaseTrial(Judge judge) {
    this.judge = judge;
  }

  /**
   * Tries a case.
   *
   * @param fired takes the rule's id if it found something
   * @return what did not come out as it should; empty if all did
   * @throws IOException if a document has no JSON form
   */
  Optional<Failure> run(PolicyCase one, OwnBook book, Set<String> fired) throws IOException {
    if (!book.titles().containsKey(one.rule())) {
      return failure(
          one,
          "there is no rule '"
              + one.rule()
              + "'"
              + ClosestName.hint(one.rule(), book.titles().keySet()));
    }
    Snapshot snapshot = snapshot(one, one.documents());
    Declarations declarations = new DeclarationReader().read(snapshot);
    MeshDeclarations mesh = declarations.meshes().get(MESH);
    List<Finding> wrong = new ArrayList<>(declarations.problems());
    if (mesh != null) {
      wrong.addAll(mesh.problems());
    }
    Evidence evidence = one.inventory().isEmpty() ? Evidence.NONE : evidence(one, wrong);
    if (mesh == null || !wrong.isEmpty()) {
      return failure(
          one,
          "its documents can't be read: "
              + (wrong.isEmpty() ? "they hold no object" : told(wrong.getFirst())));
    }
    Governance governance = governance(one, book);
    Verdict verdict =
        judge.judge(mesh.with(governance), snapshot, before(one, governance), evidence);
    if (verdict.failure().isPresent()) {
      return failure(one, verdict.failure().get());
    }
    Optional<Finding> broken =
        verdict.findings().stream().filter(finding -> finding.resource() == null).findFirst();
    if (broken.isPresent()) {
      // Where it stands is a place of the rules, not of the case.
      return failure(one, broken.get().oneLine());
    }
    List<Finding> found =
        verdict.findings().stream().filter(finding -> finding.ruleId().equals(one.rule())).toList();
    if (!found.isEmpty()) {
      fired.add(one.rule());
    }
    Optional<Finding> astray = found.stream().filter(OwnJudge::isAstray).findFirst();
    if (astray.isPresent()) {
      return failure(one, told(astray.get()));
    }
    return one.bad() ? bad(one, found) : good(one, found);
  }

  private static Optional<Failure> good(PolicyCase one, List<Finding> found) {
    return found.isEmpty()
        ? Optional.empty()
        : failure(
            one, "it finds at " + place(found.getFirst()) + ": " + found.getFirst().message());
  }

  private static Optional<Failure> bad(PolicyCase one, List<Finding> found) {
    if (found.isEmpty()) {
      return failure(one, "it finds nothing");
    }
    List<String> paths = found.stream().map(CaseTrial::place).sorted().toList();
    if (!one.at().isEmpty() && !paths.equals(one.at().stream().sorted().toList())) {
      return failure(
          one,
          "it points to " + String.join(", ", paths) + ", not to " + String.join(", ", one.at()));
    }
    if (!one.message().isEmpty()
        && found.stream().noneMatch(finding -> finding.message().equals(one.message()))) {
      return failure(
          one, "it says '" + found.getFirst().message() + "', not '" + one.message() + "'");
    }
    return Optional.empty();
  }

  private static String place(Finding finding) {
    return finding.path().toString();
  }

  private static String told(Finding finding) {
    return finding.message() + ". Fix: " + finding.remediation() + " [" + finding.ruleId() + "]";
  }

  private static Optional<Failure> failure(PolicyCase one, String message) {
    return Optional.of(
        new Failure(
            one.position(),
            (one.bad() ? "bad" : "good")
                + " case '"
                + one.name()
                + "' of "
                + one.rule()
                + ": "
                + message));
  }

  /** The rule is asked, with the parameters of the case, whatever it is by default. */
  private static Governance governance(PolicyCase one, OwnBook book) {
    Setting setting =
        new Setting(
            one.rule(),
            Optional.of(Level.WARN),
            one.params(),
            new Scope(Optional.empty(), Optional.empty(), Optional.empty()),
            one.position());
    return new Governance(
        new PolicySettings(Enforce.NEW, List.of(setting)), List.of(), book.files());
  }

  private Before before(PolicyCase one, Governance governance) throws IOException {
    if (one.before().isEmpty()) {
      return Before.NOTHING;
    }
    Snapshot snapshot = snapshot(one, one.before().get());
    MeshDeclarations mesh = new DeclarationReader().read(snapshot).meshes().get(MESH);
    return mesh == null
        ? Before.NOTHING
        : Before.always(new Before.Former(mesh.with(governance), snapshot));
  }

  private Snapshot snapshot(PolicyCase one, List<Map<String, Object>> documents)
      throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    Map<String, Object> newest = Map.of("istioVersion", SchemaCheck.ISTIO_VERSIONS.getLast());
    put(files, FOLDER + "mesh.yaml", List.of(own("Mesh", MESH.value(), newest)));
    String role = "ControlPlane";
    for (String cluster :
        one.inventory().isEmpty() ? Set.of("cluster") : new TreeSet<>(one.inventory().keySet())) {
      put(
          files,
          FOLDER + "clusters/" + cluster + ".yaml",
          List.of(own("MeshCluster", cluster, Map.of("role", role, "credential", cluster))));
      role = "DataPlane";
    }
    if (!documents.isEmpty()) {
      put(files, FOLDER + "documents.yaml", documents);
    }
    return new CaseSnapshot(files);
  }

  private static Map<String, Object> own(String kind, String name, Map<String, Object> spec) {
    return Map.of(
        "apiVersion",
        "meshkeel.io/v1alpha1",
        "kind",
        kind,
        "metadata",
        Map.of("name", name),
        "spec",
        spec);
  }

  private Evidence evidence(PolicyCase one, List<Finding> wrong) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    for (var cluster : one.inventory().entrySet()) {
      put(files, cluster.getKey() + ".yaml", cluster.getValue());
    }
    InventoryReading reading = InventoryReader.read(files);
    wrong.addAll(reading.problems());
    return new Evidence(reading.inventory(), reading.traffic(), false);
  }

  /** JSON is YAML. */
  private void put(SortedMap<String, byte[]> files, String path, List<Map<String, Object>> objects)
      throws IOException {
    StringBuilder text = new StringBuilder();
    for (Map<String, Object> object : objects) {
      try {
        text.append("---\n").append(mapper.writeValueAsString(object)).append('\n');
      } catch (JsonProcessingException e) {
        throw new IOException("a document has no JSON form: " + e.getMessage(), e);
      }
    }
    files.put(path, text.toString().getBytes(StandardCharsets.UTF_8));
  }
}

package io.meshkeel.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Holds the arrows, the libraries' places and the purity that the architecture page states. */
class ArchitectureTest {
  private static final String OURS = "io.meshkeel.";

  /** In the direction of the data; a later one may import an earlier one, never the reverse. */
  static final List<String> STAGES =
      List.of(
          "model",
          "git",
          "declaration",
          "facts",
          "policy",
          "desired",
          "kube",
          "live",
          "plan",
          "apply",
          "imports",
          "view",
          "report",
          "reconcile",
          "forge",
          "app");

  static final List<String> PURE =
      List.of("model", "declaration", "facts", "desired", "plan", "imports", "view");

  /** Packages of a library, and the only stages that may see them. */
  private static final Map<String, Set<String>> PLACES =
      Map.of(
          "org.eclipse.jgit.", Set.of("git"),
          "org.yaml.snakeyaml.", Set.of("declaration"),
          "com.bisnode.opa.", Set.of("policy"),
          "com.google.re2j.", Set.of("policy"),
          "dev.cel.", Set.of("policy"),
          "io.fabric8.", Set.of("kube"),
          "io.micrometer.", Set.of("report", "app"),
          "io.vertx.", Set.of("reconcile", "forge", "app"),
          "picocli.", Set.of("app"),
          "ch.qos.logback.", Set.of("app"));

  /** What pure code must not see: input and output, processes, the clock. */
  private static final List<String> IMPURE =
      List.of(
          "java.nio.channels.",
          "java.net.http.",
          "java.net.Socket",
          "java.lang.Process",
          "java.sql.",
          "io.netty.");

  /** The classes that read a folder, as the snapshot of a commit reads Git: edges by their job. */
  private static final Set<String> EDGES =
      Set.of(
          "io.meshkeel.declaration.DirectorySnapshot", "io.meshkeel.declaration.InventoryFolder");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.meshkeel");

  private static List<JavaClass> stage(String name) {
    return CLASSES.stream()
        .filter(type -> stageOf(type.getPackageName()).equals(name))
        .collect(Collectors.toList());
  }

  /** The first word after {@code io.meshkeel}. */
  private static String stageOf(String packageName) {
    if (!packageName.startsWith(OURS)) {
      return "";
    }
    String rest = packageName.substring(OURS.length());
    int dot = rest.indexOf('.');
    return dot < 0 ? rest : rest.substring(0, dot);
  }

  @ParameterizedTest
  @FieldSource("STAGES")
  void everyStageHasClassesThatTheTestSees(String stage) {
    assertThat(stage(stage)).hasSizeGreaterThan(2);
  }

  @Test
  void thereIsNoPackageBesideTheStages() {
    Set<String> found =
        CLASSES.stream()
            .map(type -> stageOf(type.getPackageName()))
            .collect(Collectors.toCollection(TreeSet::new));
    found.removeAll(Set.of("testbed"));

    assertThat(found).containsExactlyInAnyOrderElementsOf(STAGES);
  }

  @ParameterizedTest
  @FieldSource("STAGES")
  void aStageImportsOnlyEarlierOnes(String stage) {
    List<String> allowed = STAGES.subList(0, STAGES.indexOf(stage) + 1);
    List<String> wrong = new ArrayList<>();
    for (JavaClass type : stage(stage)) {
      type.getDirectDependenciesFromSelf().stream()
          .filter(dependency -> dependency.getTargetClass().getPackageName().startsWith(OURS))
          .filter(dependency ->
              !allowed.contains(stageOf(dependency.getTargetClass().getPackageName())))
          .forEach(dependency -> wrong.add(dependency.getDescription()));
    }

    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("STAGES")
  void aLibraryIsSeenOnlyInItsPlace(String stage) {
    List<String> wrong = new ArrayList<>();
    for (JavaClass type : stage(stage)) {
      type.getDirectDependenciesFromSelf().stream()
          .filter(dependency ->
              PLACES.entrySet().stream()
                  .anyMatch(place ->
                      dependency.getTargetClass().getName().startsWith(place.getKey())
                          && !place.getValue().contains(stage)))
          .forEach(dependency -> wrong.add(dependency.getDescription()));
    }

    assertThat(wrong).isEmpty();
  }

  @Test
  void everyLibraryIsReallySeenWhereItBelongs() {
    PLACES.forEach((library, stages) ->
        assertThat(
                CLASSES.stream()
                    .filter(type -> stages.contains(stageOf(type.getPackageName())))
                    .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                    .anyMatch(
                        dependency -> dependency.getTargetClass().getName().startsWith(library)))
            .as(library)
            .isTrue());
  }

  @ParameterizedTest
  @FieldSource("PURE")
  void aPureStageSeesNoInputOutputOrClock(String stage) {
    List<String> wrong = new ArrayList<>();
    for (JavaClass type : stage(stage)) {
      String outer = type.getName().replaceAll("\\$.*", "");
      if (EDGES.contains(outer)) {
        continue;
      }
      type.getDirectDependenciesFromSelf().stream()
          .filter(dependency -> impure(dependency.getTargetClass().getName()))
          .forEach(dependency -> wrong.add(dependency.getDescription()));
      type.getMethodCallsFromSelf().stream()
          .filter(ArchitectureTest::asksTheMachine)
          .forEach(call -> wrong.add(call.getDescription()));
    }

    assertThat(wrong).isEmpty();
  }

  private static boolean impure(String name) {
    return IMPURE.stream().anyMatch(name::startsWith)
        || (name.startsWith("java.io.")
            // A value that can't be read, and what every record and stream of bytes needs.
            && !Set.of(
                    "java.io.IOException",
                    "java.io.UncheckedIOException",
                    "java.io.Serializable",
                    "java.io.InputStream",
                    "java.io.ByteArrayInputStream",
                    "java.io.Reader",
                    "java.io.StringReader")
                .contains(name))
        || name.equals("java.nio.file.Files");
  }

  private static boolean asksTheMachine(JavaMethodCall call) {
    String owner = call.getTargetOwner().getName();
    String method = call.getName();
    return (owner.startsWith("java.time.") && method.equals("now"))
        || (owner.equals("java.time.Clock") && method.startsWith("system"))
        || (owner.equals("java.lang.System")
            && Set.of("currentTimeMillis", "nanoTime", "getenv", "getProperty").contains(method));
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<String> marked =
        CLASSES.stream()
            .filter(type -> type.getSimpleName().equals("package-info"))
            .filter(type -> type.isAnnotatedWith(NullMarked.class))
            .map(JavaClass::getPackageName)
            .collect(Collectors.toSet());
    Set<String> all =
        CLASSES.stream()
            .map(JavaClass::getPackageName)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(marked).containsExactlyInAnyOrderElementsOf(all);
  }
}

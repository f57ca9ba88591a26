package io.meshkeel.policy.own;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshkeel.model.Finding;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.PolicyFiles;
import io.meshkeel.model.Severity;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.policy.PolicyError;
import io.meshkeel.policy.PolicyException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks rules before anybody is asked about them: OPA's strict check without what reaches outside,
 * then how each rule is described. Any thread.
 */
final class PolicyCompiler {
  /** Where the repository's files lie in a folder for OPA. */
  static final String OWN = "own";

  /** Where what the library offers to all rules lies. */
  static final String LIBRARY = "library";

  /** Where the program lies that asks the rules. */
  static final String PROGRAM = "program";

  private static final String CAPABILITIES = "capabilities.json";
  private static final Pattern UNDEFINED = Pattern.compile("undefined function (?<name>[\\w.]+)");
  private static final Pattern REACHES_OUT =
      Pattern.compile("(http|net|opa|rand|time|uuid|io|json|providers|rego)\\..*|trace");

  private final OpaTool opa;
  private final Map<String, String> library;
  private @Nullable String capabilities;

  /**
   * @param library files that rules may import, by path
   */
  PolicyCompiler(OpaTool opa, Map<String, String> library) {
    this.opa = opa;
    this.library = Map.copyOf(library);
  }

  Map<String, String> library() {
    return library;
  }

  /**
   * Checks all files; blocks for some 0.2 s.
   *
   * @return the rules, or what is wrong with them
   * @throws PolicyException if OPA can't be run
   */
  OwnBook compile(PolicyFiles files) throws PolicyException {
    if (!files.problems().isEmpty()) {
      return OwnBook.broken(files, files.problems());
    }
    try (WorkFolder folder = WorkFolder.create()) {
      folder.write(OWN, files.files());
      folder.write(LIBRARY, library);
      folder.write("", Map.of(CAPABILITIES, capabilities(folder.path())));
      List<Finding> problems = check(folder.path(), List.of(LIBRARY, OWN));
      if (!problems.isEmpty()) {
        return OwnBook.broken(files, problems);
      }
      OwnRuleReader reader =
          new OwnRuleReader(files, modules(folder, files), annotations(folder.path()));
      List<OwnRule> rules = reader.rules();
      if (!reader.problems().isEmpty()) {
        return OwnBook.broken(files, reader.problems());
      }
      String program = OwnProgram.of(files.revision(), rules);
      folder.write(PROGRAM, Map.of("main.rego", program));
      problems = check(folder.path(), List.of(LIBRARY, OWN, PROGRAM));
      return problems.isEmpty()
          ? new OwnBook(files, rules, List.of(), program)
          : OwnBook.broken(files, problems);
    }
  }

  /** What rules may call, as OPA reads it. */
  synchronized String capabilities(Path folder) throws PolicyException {
    String known = capabilities;
    if (known == null) {
      known = opa.capabilities(folder);
      capabilities = known;
    }
    return known;
  }

  /** What OPA's strict check says of these folders. */
  List<Finding> check(Path folder, List<String> what) throws PolicyException {
    List<String> words = new ArrayList<>(List.of("check", "--strict", "--format=json"));
    words.add("--capabilities=" + CAPABILITIES);
    words.addAll(what);
    OpaTool.Run run;
    try {
      run = opa.run(folder, words);
    } catch (PolicyException e) {
      return List.of(
          problem(
              new SourcePosition("policies", 1, 1, false),
              "the rules can't be checked: " + e.getMessage(),
              "write smaller rules"));
    }
    if (run.exitCode() == 0) {
      return List.of();
    }
    JsonNode errors = opa.json(run.output().isBlank() ? run.errors() : run.output()).path("errors");
    List<Finding> problems = new ArrayList<>();
    for (JsonNode error : errors) {
      problems.add(problem(error));
    }
    if (problems.isEmpty()) {
      throw new PolicyException(
          "opa check failed without a reason: " + OpaTool.shown(run.output() + run.errors()));
    }
    return problems;
  }

  private static Finding problem(JsonNode error) {
    JsonNode location = error.path("location");
    String message = ownPaths(error.path("message").asText(""));
    Matcher undefined = UNDEFINED.matcher(message);
    String remediation =
        undefined.find() && REACHES_OUT.matcher(undefined.group("name")).matches()
            ? "leave it out: a rule must say the same each time and reach nothing outside of its"
                + " input"
            : "correct the rule; `meshkeel policy test` says the same";
    return problem(
        new SourcePosition(
            ownPaths(location.path("file").asText("policies")),
            Math.max(1, location.path("row").asInt(1)),
            Math.max(1, location.path("col").asInt(1)),
            location.has("row")),
        "OPA refuses the rules: " + error.path("code").asText("error") + ": " + message,
        remediation);
  }

  private static Finding problem(SourcePosition at, String message, String remediation) {
    return new Finding(
        PolicyError.REFUSED.id(),
        Severity.ERROR,
        message,
        null,
        null,
        JsonPath.ROOT,
        at,
        remediation);
  }

  /** A text of OPA's with the files named as the repository names them. */
  static String ownPaths(String text) {
    return text.replaceAll("(?:[^\\s\"]*/)?" + OWN + "/(?=policies/)", "");
  }

  private JsonNode modules(WorkFolder folder, PolicyFiles files) throws PolicyException {
    folder.write("", Map.of("files.json", opa.write(files.files())));
    OpaTool.Run run =
        opa.run(
            folder.path(),
            List.of(
                "eval",
                "--format=json",
                "--input=files.json",
                "modules := {path: module | some path, text in input; module :="
                    + " rego.parse_module(path, text)}"));
    if (run.exitCode() != 0) {
      throw new PolicyException("OPA can't read the rules: " + OpaTool.shown(run.output()));
    }
    return opa.json(run.output()).path("result").path(0).path("bindings").path("modules");
  }

  private JsonNode annotations(Path folder) throws PolicyException {
    OpaTool.Run run = opa.run(folder, List.of("inspect", "--annotations", "--format=json", OWN));
    if (run.exitCode() != 0) {
      throw new PolicyException(
          "OPA can't read the METADATA: " + OpaTool.shown(run.output() + run.errors()));
    }
    return opa.json(run.output()).path("annotations");
  }
}

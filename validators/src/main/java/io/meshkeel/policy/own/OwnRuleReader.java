package io.meshkeel.policy.own;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshkeel.model.Finding;
import io.meshkeel.model.GroupKind;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.PolicyFiles;
import io.meshkeel.model.Severity;
import io.meshkeel.model.SourcePosition;
import io.meshkeel.policy.PolicyError;
import io.meshkeel.policy.RulePages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Makes rules of what OPA says of modules, and says what is wrong with them. For one use. */
final class OwnRuleReader {
  /** Ids that are Meshkeel's own. */
  static final Pattern RESERVED = Pattern.compile("[MSDWP][0-9]+", Pattern.CASE_INSENSITIVE);

  private static final Pattern ID = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");
  private static final Pattern SET = Pattern.compile("(deny|violation|warn)(_[A-Za-z0-9_]+)?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
  private static final String FINDINGS = "findings";

  private final PolicyFiles files;
  private final SortedMap<String, OwnPackage> packages = new TreeMap<>();
  private final List<Finding> problems = new ArrayList<>();
  private final Map<String, OwnRule> byId = new LinkedHashMap<>();

  /**
   * @param modules what OPA parsed, by path
   * @param annotations what {@code opa inspect} says of METADATA
   */
  OwnRuleReader(PolicyFiles files, JsonNode modules, JsonNode annotations) {
    this.files = files;
    for (var module : modules.properties()) {
      String reference = reference(module.getValue().path("package").path("path"));
      packages
          .computeIfAbsent(reference, OwnPackage::new)
          .add(module.getKey(), module.getValue().path("rules"));
    }
    for (JsonNode annotation : annotations) {
      JsonNode path = annotation.path("path");
      String whole = reference(path);
      OwnPackage own = packages.get(whole);
      if (own != null) {
        own.describe(annotation);
      } else if (path.size() > 1) {
        List<JsonNode> parent = new ArrayList<>();
        path.forEach(parent::add);
        JsonNode last = parent.removeLast();
        OwnPackage of = packages.get(reference(parent));
        if (of != null) {
          of.describe(last.path("value").asText(""), annotation);
        }
      }
    }
  }

  /** What is wrong, each with its place. */
  List<Finding> problems() {
    problems.sort(Finding.ORDER);
    return problems;
  }

  /** The rules in the order of their ids; what is wrong is in {@link #problems()}. */
  List<OwnRule> rules() {
    packages.values().forEach(this::read);
    if (byId.isEmpty() && problems.isEmpty()) {
      problem(
          new SourcePosition(files.files().firstKey(), 1, 1, false),
          PolicyError.DESCRIPTION,
          "there is no rule in any file below policies/",
          "write a package with METADATA and a set findings, or sets deny, violation or warn; or"
              + " remove the files");
    }
    return byId.values().stream().sorted(Comparator.comparing(OwnRule::id)).toList();
  }

  private void read(OwnPackage own) {
    String name = own.name();
    if (!NAME.matcher(name).matches()) {
      problem(
          own.start(files),
          PolicyError.DESCRIPTION,
          "the package '" + name + "' has other signs in its name than letters, digits, _ and -",
          "give it another name");
      return;
    }
    if (name.equals("system") || name.startsWith("system.")) {
      problem(
          own.start(files),
          PolicyError.DESCRIPTION,
          "the package " + name + " belongs to OPA itself",
          "give it another name");
      return;
    }
    if ((name.equals("meshkeel") || name.startsWith("meshkeel."))
        && !name.startsWith("meshkeel.rules.")) {
      problem(
          own.start(files),
          PolicyError.DESCRIPTION,
          "the package " + name + " belongs to Meshkeel",
          "give it another name");
      return;
    }
    own.metadata()
        .twice()
        .forEach(key ->
            problem(
                own.start(files),
                PolicyError.DESCRIPTION,
                "METADATA of the package " + name + " say '" + key + "' in several files",
                "say it once"));
    if (own.metadata().has("id")) {
      library(own);
      return;
    }
    own.heads()
        .forEach((rule, heads) -> {
          if (SET.matcher(rule).matches()) {
            conftest(own, rule, heads);
          } else if (rule.equals(FINDINGS)) {
            problem(
                heads.getFirst().position(files),
                PolicyError.DESCRIPTION,
                "the package " + name + " has findings, and no custom.id in its METADATA",
                "write METADATA above the package, with custom.id, kinds and message");
          } else if (rule.equals("exception")) {
            problem(
                heads.getFirst().position(files),
                PolicyError.DESCRIPTION,
                "exceptions of rules can't be written in Rego here",
                "write a Waiver, which has a reason, an owner and an end");
          }
        });
  }

  private void library(OwnPackage own) {
    OwnMetadata said = own.metadata();
    SourcePosition at = own.start(files);
    List<OwnPackage.Head> heads = own.heads().getOrDefault(FINDINGS, List.of());
    if (heads.isEmpty()) {
      problem(
          at,
          PolicyError.DESCRIPTION,
          "the package " + own.name() + " has an id and no rule findings",
          "write `findings contains finding if { … }`");
      return;
    }
    wantSet(heads, FINDINGS);
    String id = said.text("id");
    if (said.text("message").isEmpty() || said.kinds().isEmpty()) {
      problem(
          at,
          PolicyError.DESCRIPTION,
          "METADATA of rule " + id + " lack custom.message or custom.kinds",
          "write both; kinds as Kind.group, for example VirtualService.networking.istio.io");
      return;
    }
    add(
        rule(
            id,
            OwnRule.Style.LIBRARY,
            own.name(),
            FINDINGS,
            said,
            said.severity(Severity.ERROR),
            at));
  }

  private void conftest(OwnPackage own, String rule, List<OwnPackage.Head> heads) {
    wantSet(heads, rule);
    OwnMetadata said = own.metadataOf(rule);
    SourcePosition at = heads.getFirst().position(files);
    if (heads.size() > 1 && said.isOfOneDefinition()) {
      problem(
          at,
          PolicyError.DESCRIPTION,
          "custom METADATA of one of several definitions of " + own.name() + "." + rule,
          "write `scope: document` above the first one, or write them above the package: they hold"
              + " for the whole rule");
    }
    Severity severity = rule.startsWith("warn") ? Severity.WARN : Severity.ERROR;
    add(
        rule(
            own.name() + "." + rule,
            OwnRule.Style.CONFTEST,
            own.name(),
            rule,
            said.or(own.metadata()),
            severity,
            at));
  }

  private OwnRule rule(
      String id,
      OwnRule.Style style,
      String packageName,
      String rule,
      OwnMetadata said,
      Severity severity,
      SourcePosition at) {
    for (String wrong : said.wrong()) {
      problem(at, PolicyError.DESCRIPTION, "METADATA of rule " + id + ": " + wrong, "correct it");
    }
    String title = said.title();
    return new OwnRule(
        id,
        style,
        reference(packageName) + "[\"" + rule + "\"]",
        title.isEmpty() ? id : title,
        severity,
        said.kinds(),
        said.flag("enabled", true),
        said.flag("deleted", false),
        said.params(),
        said.text("message"),
        said.text("remediation"),
        at);
  }

  private void wantSet(List<OwnPackage.Head> heads, String rule) {
    for (OwnPackage.Head head : heads) {
      if (!head.isSet()) {
        problem(
            head.position(files),
            PolicyError.DESCRIPTION,
            "the rule " + rule + " is not a set",
            "write `" + rule + " contains … if { … }`");
        return;
      }
    }
  }

  private void add(OwnRule rule) {
    if (RulePages.titles().containsKey(rule.id())) {
      problem(
          rule.position(),
          PolicyError.ONE_ID,
          "the id "
              + rule.id()
              + " is that of a rule of the library ("
              + RulePages.titles().get(rule.id())
              + ")",
          "give it an id of your own; policies/config.yaml changes the library's rule");
      return;
    }
    if (rule.style() == OwnRule.Style.LIBRARY
        && (!ID.matcher(rule.id()).matches() || RESERVED.matcher(rule.id()).matches())) {
      problem(
          rule.position(),
          PolicyError.DESCRIPTION,
          "'" + rule.id() + "' can't be the id of a rule",
          "use letters, digits, dots and dashes; M, S, D, W or P with a number are Meshkeel's own");
      return;
    }
    OwnRule other = byId.putIfAbsent(rule.id(), rule);
    if (other != null) {
      problem(
          rule.position(),
          PolicyError.ONE_ID,
          "the id "
              + rule.id()
              + " is that of two rules: "
              + other.position()
              + " and "
              + rule.position(),
          "give one of them another id");
    }
  }

  private void problem(SourcePosition at, PolicyError error, String message, String remediation) {
    problems.add(
        new Finding(
            error.id(), Severity.ERROR, message, null, null, JsonPath.ROOT, at, remediation));
  }

  /** The parts of a path of OPA's without {@code data}, as a reference that Rego can read. */
  private static String reference(Iterable<JsonNode> path) {
    StringBuilder text = new StringBuilder();
    boolean first = true;
    for (JsonNode part : path) {
      if (!first) {
        text.append(text.isEmpty() ? "" : ".").append(part.path("value").asText(""));
      }
      first = false;
    }
    return text.toString();
  }

  private static String reference(String packageName) {
    StringBuilder text = new StringBuilder("data");
    for (String part : packageName.split("\\.", -1)) {
      // Always in brackets: a part may be a word of the language.
      text.append("[\"").append(part).append("\"]");
    }
    return text.toString();
  }

  /** JSON of METADATA as {@link JsonTree}. */
  static Map<String, Object> tree(JsonNode node) {
    Map<?, ?> map = new ObjectMapper().convertValue(node, Map.class);
    return map == null ? Map.of() : JsonTree.freeze(map);
  }

  /** A kind as METADATA name it. */
  static GroupKind kind(String text) {
    int dot = text.indexOf('.');
    return dot < 0
        ? new GroupKind("", text)
        : new GroupKind(text.substring(dot + 1), text.substring(0, dot));
  }
}

package io.meshkeel.policy.own;

import io.meshkeel.model.Declarations.MeshDeclarations;
import io.meshkeel.model.Finding;
import io.meshkeel.model.PolicyFiles;
import io.meshkeel.model.Verdict.NotJudged;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The rules of one revision of a repository's policies, as they were checked.
 *
 * @param files where they stand
 * @param rules all of them, by id; none if there are problems
 * @param problems why they can't be asked; each denies
 * @param program the Rego that asks them, empty if there are problems
 */
public record OwnBook(
    PolicyFiles files, List<OwnRule> rules, List<Finding> problems, String program) {
  /** Of a repository that has none. */
  public static final OwnBook EMPTY = new OwnBook(PolicyFiles.NONE, List.of(), List.of(), "");

  private static final String NOTHING_BEFORE =
      "there is no revision to compare with, so every object counts as new";

  private static final Pattern CHANGE = Pattern.compile("\\bchange\\b");

  public OwnBook {
    rules = List.copyOf(rules);
    problems = List.copyOf(problems);
  }

  static OwnBook broken(PolicyFiles files, List<Finding> problems) {
    return new OwnBook(files, List.of(), problems, "");
  }

  /** Whether there is nothing to ask and nothing to say. */
  public boolean isEmpty() {
    return rules.isEmpty() && problems.isEmpty();
  }

  /** Title of each rule, by id. */
  public Map<String, String> titles() {
    Map<String, String> titles = new TreeMap<>();
    rules.forEach(rule -> titles.put(rule.id(), rule.title()));
    return Collections.unmodifiableMap(titles);
  }

  /** The parameters of each rule and what they are by default, by id. */
  public Map<String, Map<String, Object>> params() {
    Map<String, Map<String, Object>> params = new LinkedHashMap<>();
    rules.forEach(rule -> params.put(rule.id(), rule.params()));
    return Collections.unmodifiableMap(params);
  }

  /**
   * The ids of all rules that may be named.
   *
   * @param others ids of the library
   * @param named what is named by settings and waivers: while the rules can't be checked nobody
   *     knows that one of these is not there
   */
  public Set<String> known(Set<String> others, Set<String> named) {
    Set<String> known = new HashSet<>(others);
    rules.forEach(rule -> known.add(rule.id()));
    if (!problems.isEmpty()) {
      named.stream()
          .filter(id -> !OwnRuleReader.RESERVED.matcher(id).matches())
          .forEach(known::add);
    }
    return Collections.unmodifiableSet(known);
  }

  /** Whether some rule may be about facts of an object's surroundings. */
  public boolean readsFacts() {
    return rules.stream().anyMatch(rule -> rule.style() == OwnRule.Style.LIBRARY);
  }

  /** Whether some rule looks at what a revision changes. */
  public boolean readsChange() {
    return rules.stream().anyMatch(OwnRule::deleted)
        || files.files().values().stream().anyMatch(text -> CHANGE.matcher(text).find());
  }

  /**
   * What rules can't say where there is nothing to compare with: those in whose file the change is
   * read.
   */
  public List<NotJudged> withoutFormer(MeshDeclarations mesh) {
    List<NotJudged> unsaid = new ArrayList<>();
    for (OwnRule rule : rules) {
      String text = files.files().getOrDefault(rule.position().file(), "");
      if (rule.deleted() || CHANGE.matcher(text).find()) {
        long objects =
            AskedObjects.of(mesh).stream()
                .filter(object -> rule.looksAt(object.manifest().key().groupKind()))
                .count();
        unsaid.add(new NotJudged(rule.id(), Math.toIntExact(objects), NOTHING_BEFORE));
      }
    }
    return unsaid;
  }
}

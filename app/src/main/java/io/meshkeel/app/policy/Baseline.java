package io.meshkeel.app.policy;

import io.meshkeel.declaration.YamlWriter;
import io.meshkeel.model.Finding;
import io.meshkeel.model.Governance;
import io.meshkeel.model.ResourceKey;
import io.meshkeel.model.Standing;
import io.meshkeel.model.Waiver;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Waivers for findings: one for each, which excepts this rule at this place of this object and
 * nothing else. Names tell what is excepted, so the same finding has the same waiver every time.
 * Pure.
 *
 * @param owner who answers for them
 * @param reason why they are excepted
 * @param ticket where it is followed
 * @param expires their last day
 */
record Baseline(String owner, String reason, Optional<String> ticket, LocalDate expires) {
  /**
   * What is written, and what can't be.
   *
   * @param waivers documents by the path of their file, both in a fixed order
   * @param broken findings that no waiver excepts: broken declarations and schemas, and what is
   *     wrong with waivers and settings
   * @param ended findings whose waiver is there, but has ended or is wrong
   */
  record Written(
      Map<String, List<Map<String, Object>>> waivers, List<Finding> broken, List<Finding> ended) {
    Written {
      waivers = new TreeMap<>(waivers);
      broken = List.copyOf(broken);
      ended = List.copyOf(ended);
    }

    /** The text that comes to the end of a file. */
    String text(String path, boolean empty) {
      return (empty ? "" : "---\n") + YamlWriter.writeAll(waivers.getOrDefault(path, List.of()));
    }

    int count() {
      return waivers.values().stream().mapToInt(List::size).sum();
    }
  }

  /**
   * The waivers that today's findings need and don't have.
   *
   * @param findings what is said of the repository, with its waivers of today
   * @param governance the repository's own
   */
  Written of(List<Finding> findings, Governance governance) {
    Set<String> taken = new HashSet<>();
    governance.waivers().stream().map(Waiver::name).forEach(taken::add);
    Set<String> made = new HashSet<>();
    Map<String, TreeMap<String, Map<String, Object>>> waivers = new TreeMap<>();
    List<Finding> broken = new ArrayList<>();
    List<Finding> ended = new ArrayList<>();
    for (Finding finding : findings) {
      ResourceKey resource = finding.resource();
      if (finding.standing().state() == Standing.State.WAIVED) {
        continue;
      }
      if (resource == null || finding.ruleId().matches("[DSW][0-9]{3}")) {
        broken.add(finding);
        continue;
      }
      Map<String, Object> match = match(finding, resource);
      String name = name(finding.ruleId(), match);
      if (taken.contains(name)) {
        ended.add(finding);
      } else if (made.add(name)) {
        waivers
            .computeIfAbsent(file(finding.ruleId()), path -> new TreeMap<>())
            .put(name, document(name, finding.ruleId(), match));
      }
    }
    Map<String, List<Map<String, Object>>> byFile = new TreeMap<>();
    waivers.forEach((path, byName) -> byFile.put(path, List.copyOf(byName.values())));
    return new Written(byFile, broken, ended);
  }

  private static String file(String rule) {
    return "waivers/baseline-" + rule.toLowerCase(Locale.ROOT) + ".yaml";
  }

  /** What a waiver of one finding matches: its rule at its place of its object. */
  static Map<String, Object> match(Finding finding, ResourceKey resource) {
    Map<String, Object> match = new TreeMap<>();
    if (finding.mesh() != null) {
      match.put("mesh", finding.mesh().value());
    }
    if (finding.cluster() != null) {
      match.put("cluster", finding.cluster().value());
    }
    match.put("kind", resource.kind());
    if (!resource.namespace().isEmpty()) {
      match.put("namespace", resource.namespace());
    }
    match.put("name", resource.name());
    if (!finding.path().segments().isEmpty()) {
      match.put("path", finding.path().toString());
    }
    return match;
  }

  private static String name(String rule, Map<String, Object> match) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((rule + match).getBytes(StandardCharsets.UTF_8));
      return "baseline-"
          + rule.toLowerCase(Locale.ROOT)
          + "-"
          + HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private Map<String, Object> document(String name, String rule, Map<String, Object> match) {
    Map<String, Object> spec = new TreeMap<>();
    spec.put("rule", rule);
    spec.put("match", match);
    spec.put("owner", owner);
    spec.put("reason", reason);
    ticket.ifPresent(text -> spec.put("ticket", text));
    spec.put("expires", expires.toString());
    return Map.of(
        "apiVersion",
        "meshkeel.io/v1alpha1",
        "kind",
        "Waiver",
        "metadata",
        Map.of("name", name),
        "spec",
        spec);
  }
}

package io.meshkeel.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What makes a finding the same one in another revision: its rule, mesh, object, field and message.
 * Lines don't count, and a list item is known by its name rather than by its index, so that moving
 * things about in a file brings in nothing new.
 */
public final class Fingerprint {
  /** The fields that name an item of Istio's and the Gateway API's lists, the best first. */
  private static final List<String> NAMES =
      List.of("name", "host", "hostname", "subset", "uri", "exact", "prefix", "number", "port");

  private Fingerprint() {}

  /**
   * The fingerprints of findings, in their order: 32 lower-case hexadecimal digits each. Findings
   * that nothing tells apart are counted, so that each has one of its own.
   *
   * @param findings of one report
   * @param content the object that a finding is about, as declared; empty if it can't be read, and
   *     then the items of its lists are told apart by nothing
   */
  public static List<String> ofAll(
      List<Finding> findings, Function<Finding, Map<String, Object>> content) {
    Map<String, Integer> seen = new HashMap<>();
    List<String> fingerprints = new ArrayList<>(findings.size());
    for (Finding finding : findings) {
      String identity = identity(finding, content.apply(finding));
      fingerprints.add(digest(identity + '\0' + seen.merge(identity, 1, Integer::sum)));
    }
    return fingerprints;
  }

  private static String digest(String text) {
    byte[] digest = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest, 0, 16);
  }

  private static String identity(Finding finding, Map<String, Object> content) {
    StringBuilder text = new StringBuilder(finding.ruleId());
    text.append('\n').append(Optional.ofNullable(finding.mesh()).map(MeshName::value).orElse(""));
    text.append('\n')
        .append(Optional.ofNullable(finding.cluster()).map(ClusterName::value).orElse(""));
    ResourceKey resource = finding.resource();
    SourcePosition position = finding.position();
    text.append('\n');
    if (resource != null) {
      text.append(resource.group()).append('/').append(resource);
    } else if (position != null) {
      text.append(position.file());
    }
    if (finding.cluster() != null) {
      text.append('@').append(finding.cluster());
    }
    text.append('\n').append(named(finding.path(), content));
    text.append('\n').append(finding.message());
    return text.toString();
  }

  private static String named(JsonPath path, Map<String, Object> content) {
    StringBuilder text = new StringBuilder();
    @Nullable Object at = content;
    for (Object segment : path.segments()) {
      if (segment instanceof Integer index) {
        at = at instanceof List<?> list && index < list.size() ? list.get(index) : null;
        text.append('[').append(itemName(at)).append(']');
      } else {
        at = at instanceof Map<?, ?> map ? map.get(segment) : null;
        text.append('.').append(segment);
      }
    }
    return text.toString();
  }

  private static String itemName(@Nullable Object item) {
    if (item instanceof Map<?, ?> map) {
      for (String name : NAMES) {
        Object value = map.get(name);
        if (value instanceof String || value instanceof Number) {
          return name + '=' + value;
        }
      }
      return "";
    }
    return item instanceof List<?> || item == null ? "" : String.valueOf(item);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

package io.meshkeel.kube;

import io.meshkeel.model.FailureReason;
import io.meshkeel.model.JsonTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what an API server says when it says no: a {@code Status} of {@code meta/v1}, or anything
 * that stands between.
 */
final class Refusal {
  private static final Pattern MANAGER = Pattern.compile("conflict with \"([^\"]{1,128})\"");
  private static final Pattern RIGHT =
      Pattern.compile(
          "cannot ([a-z]+) resource \"([^\"]+)\" in API group \"([^\"]*)\"(?: in the namespace"
              + " \"([^\"]+)\")?");

  private Refusal() {}

  /**
   * @param code HTTP status, not 2xx
   * @param status the parsed body; empty if it was no JSON map
   * @param what was tried: {@code apply VirtualService shop/reviews}
   */
  static ClusterException of(int code, Map<String, Object> status, String what) {
    String message = JsonTree.string(status, "message", "");
    String reason = JsonTree.string(status, "reason", "");
    return switch (code) {
      case 401 ->
          failure(
              FailureReason.CREDENTIAL_INVALID,
              what + ": the cluster refuses the credential (401); renew it");
      case 403 -> forbidden(status, message, what);
      case 404 -> notFound(status, message, what);
      case 409 -> conflict(status, message, reason, what);
      case 429 -> later(code, message, what);
      case 422 -> invalid(status, message, what);
      case 400, 413 -> refused(message, what);
      case 500 ->
          // What server-side apply says of a field that the schema doesn't have.
          message.contains("failed to create typed patch object")
              ? refused(message, what)
              : later(code, message, what);
      default ->
          code >= 500
              ? later(code, message, what)
              : failure(FailureReason.APPLY_FAILED, what + ": HTTP " + code + told(message));
    };
  }

  /** The same for a Secret: what the server or a webhook says of it could tell what it holds. */
  static ClusterException ofSecret(int code, Map<String, Object> status, String what) {
    Map<String, Object> known = new HashMap<>();
    known.put("reason", JsonTree.string(status, "reason", ""));
    Matcher right = RIGHT.matcher(JsonTree.string(status, "message", ""));
    if (right.find()) {
      known.put("message", right.group());
    }
    List<Map<String, Object>> causes = new ArrayList<>();
    for (Map<String, Object> cause : causes(status)) {
      Map<String, Object> shown = new HashMap<>();
      for (String field : List.of("reason", "field")) {
        shown.put(field, cause(cause, field));
      }
      Matcher manager = MANAGER.matcher(cause(cause, "message"));
      shown.put("message", manager.find() ? manager.group() : "");
      causes.add(shown);
    }
    Map<String, Object> details = new HashMap<>();
    for (String field : List.of("kind", "name")) {
      details.put(field, JsonTree.string(JsonTree.map(status, "details"), field, ""));
    }
    details.put("causes", causes);
    known.put("details", details);
    return of(code, known, what);
  }

  private static ClusterException forbidden(
      Map<String, Object> status, String message, String what) {
    if (causes(status).stream().anyMatch(c -> cause(c, "reason").equals("NamespaceTerminating"))) {
      return new ClusterException(
          FailureReason.APPLY_FAILED,
          what
              + ": its namespace is being deleted; it is applied once the namespace is gone and made"
              + " anew, or take it out of the mesh",
          true,
          null);
    }
    Matcher right = RIGHT.matcher(message);
    if (right.find()) {
      String group = right.group(3).isEmpty() ? "the core group" : right.group(3);
      String where = right.group(4) == null ? "" : " in namespace " + right.group(4);
      return failure(
          FailureReason.CLUSTER_FORBIDDEN,
          what
              + ": the credential lacks the right to "
              + ServerText.oneLine(right.group(1) + " " + right.group(2) + " of " + group + where)
              + "; grant it (see deploy/rbac)");
    }
    // An admission plugin or webhook may choose 403, too.
    return refused(message, what);
  }

  private static ClusterException notFound(
      Map<String, Object> status, String message, String what) {
    Map<String, Object> details = JsonTree.map(status, "details");
    String kind = JsonTree.string(details, "kind", "");
    if (kind.equals("namespaces")) {
      return new ClusterException(
          FailureReason.APPLY_FAILED, what + ": its namespace doesn't exist", true, null);
    }
    if (JsonTree.string(details, "name", "").isEmpty()) {
      return failure(
          FailureReason.KIND_NOT_SERVED,
          what + ": the cluster doesn't serve this kind or version; install its CRD");
    }
    return new ClusterException(
        FailureReason.APPLY_FAILED, what + ": not found" + told(message), true, null);
  }

  private static ClusterException conflict(
      Map<String, Object> status, String message, String reason, String what) {
    List<String> fields = new ArrayList<>();
    for (Map<String, Object> cause : causes(status)) {
      Matcher manager = MANAGER.matcher(cause(cause, "message"));
      if (cause(cause, "reason").equals("FieldManagerConflict") && manager.find()) {
        String field = cause(cause, "field");
        fields.add(
            (field.startsWith(".") ? field.substring(1) : field)
                + " is owned by '"
                + manager.group(1)
                + "'");
      }
    }
    if (fields.isEmpty()) {
      return new ClusterException(
          FailureReason.APPLY_CONFLICT,
          what + ": the object changed meanwhile (" + ServerText.oneLine(reason) + ")",
          true,
          null);
    }
    return failure(
        FailureReason.APPLY_CONFLICT,
        what
            + ": "
            + ServerText.oneLine(String.join(", ", fields))
            + "; have that manager let go of it, or set spec.conflicts: Take on the Mesh");
  }

  /** A given uid that isn't the object's own is answered like a change of a fixed field. */
  private static ClusterException invalid(Map<String, Object> status, String message, String what) {
    return causes(status).stream().anyMatch(c -> cause(c, "field").equals("metadata.uid"))
        ? new ClusterException(
            FailureReason.APPLY_CONFLICT,
            what + ": the object changed meanwhile (another one has its name)",
            true,
            null)
        : refused(message, what);
  }

  private static ClusterException refused(String message, String what) {
    return failure(FailureReason.APPLY_REFUSED, what + ": the cluster refuses it" + told(message));
  }

  private static ClusterException later(int code, String message, String what) {
    return new ClusterException(
        FailureReason.APPLY_FAILED, what + ": HTTP " + code + told(message), true, null);
  }

  private static ClusterException failure(FailureReason reason, String message) {
    return new ClusterException(reason, message, false, null);
  }

  private static List<Map<String, Object>> causes(Map<String, Object> status) {
    return JsonTree.maps(JsonTree.map(status, "details"), "causes");
  }

  private static String cause(Map<String, Object> cause, String field) {
    return JsonTree.string(cause, field, "");
  }

  private static String told(String message) {
    return message.isEmpty() ? "" : ": " + ServerText.oneLine(message);
  }
}

package io.meshkeel.view;

import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What istiod itself says about an object, in the object's status: findings of a source of their
 * own. They never deny anything and are never drift.
 *
 * <p>With {@code PILOT_ENABLE_ANALYSIS} istiod writes {@code status.validationMessages} (istio/api,
 * {@code meta/v1alpha1/status.proto} and {@code analysis/v1alpha1/message.proto}): code, level and
 * the address of the page that explains it, no text; the same twice where two fields are wrong. Of
 * conditions those are told that say an object isn't taken over (Gateway API, {@code
 * apis/v1/shared_types.go} and {@code gateway_types.go}).
 *
 * @param code of the message, such as {@code IST0101}, or the reason of the condition
 * @param level how bad it is in istiod's eyes
 * @param message in words
 */
public record ControllerMessage(String code, Severity level, String message) {
  /** {@code source} of each. */
  public static final String SOURCE = "istiod";

  private static final Set<String> BAD_IF_FALSE =
      Set.of("Accepted", "ResolvedRefs", "Programmed", "Reconciled", "WaypointAccepted");
  private static final Set<String> BAD_IF_TRUE = Set.of("Conflicted");

  /** What is said about an object, each once, in the order of its status. */
  static List<ControllerMessage> of(Manifest object) {
    Map<String, Object> status = JsonTree.map(object.content(), "status");
    List<ControllerMessage> messages = new ArrayList<>();
    for (Map<String, Object> message : JsonTree.maps(status, "validationMessages")) {
      analysed(message).ifPresent(messages::add);
    }
    conditions(status, "", messages);
    for (Map<String, Object> parent : JsonTree.maps(status, "parents")) {
      String name = JsonTree.string(JsonTree.map(parent, "parentRef"), "name", "");
      conditions(parent, "parent " + name + ": ", messages);
    }
    for (Map<String, Object> listener : JsonTree.maps(status, "listeners")) {
      conditions(listener, "listener " + JsonTree.string(listener, "name", "") + ": ", messages);
    }
    return messages.stream().distinct().toList();
  }

  private static Optional<ControllerMessage> analysed(Map<String, Object> message) {
    Map<String, Object> type = JsonTree.map(message, "type");
    String code = JsonTree.string(type, "code", "");
    if (code.isEmpty()) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>();
    for (String known :
        List.of(
            JsonTree.string(type, "name", ""), JsonTree.string(message, "documentationUrl", ""))) {
      if (!known.isEmpty()) {
        words.add(known);
      }
    }
    return Optional.of(
        new ControllerMessage(
            code,
            level(message.get("level")),
            "istiod's analysis finds it wrong"
                + (words.isEmpty() ? "" : ": ")
                + String.join(", ", words)));
  }

  /** By name, or by the number that the name has in the protocol. */
  private static Severity level(@Nullable Object level) {
    return switch (String.valueOf(level)) {
      case "ERROR", "3" -> Severity.ERROR;
      case "INFO", "12" -> Severity.INFO;
      default -> Severity.WARN;
    };
  }

  private static void conditions(
      Map<String, Object> status, String where, List<ControllerMessage> messages) {
    for (Map<String, Object> condition : JsonTree.maps(status, "conditions")) {
      String type = JsonTree.string(condition, "type", "");
      String is = JsonTree.string(condition, "status", "");
      if ((is.equals("False") && BAD_IF_FALSE.contains(type))
          || (is.equals("True") && BAD_IF_TRUE.contains(type))) {
        messages.add(
            new ControllerMessage(
                JsonTree.string(condition, "reason", type),
                Severity.WARN,
                where + type + " is " + is + ": " + JsonTree.string(condition, "message", "")));
      }
    }
  }

  /** As a table shows it: {@code IST0101 error}. */
  String text() {
    return code + " " + level.word();
  }

  /**
   * As JSON holds it.
   *
   * @param place of the declaration; empty if there is none
   */
  Map<String, Object> json(String place) {
    return Map.of(
        "source", SOURCE, "code", code, "level", level.word(), "message", message, "place", place);
  }
}

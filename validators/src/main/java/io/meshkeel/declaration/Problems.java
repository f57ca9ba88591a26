package io.meshkeel.declaration;

import io.meshkeel.model.Fix;
import io.meshkeel.model.JsonPath;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the mistakes of one document, by path; their lines are looked up afterwards. */
final class Problems {
  private final int document;
  private final List<Problem> found = new ArrayList<>(0);
  private @Nullable ResourceKey resource;

  Problems(int document) {
    this.document = document;
  }

  /** From now on mistakes are told of this object. */
  void about(ResourceKey key) {
    resource = key;
  }

  void add(DeclarationError error, JsonPath path, String message, String remediation) {
    add(error, path, message, remediation, null);
  }

  /** With what puts it right for certain. */
  void add(
      DeclarationError error,
      JsonPath path,
      String message,
      String remediation,
      @Nullable Fix fix) {
    if (found.size() < YamlLoader.MAX_PROBLEMS) {
      found.add(new Problem(error, message, remediation, document, path, null, resource, fix));
    }
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  List<Problem> found() {
    return found;
  }
}

package io.meshkeel.policy.schema;

import io.meshkeel.model.Fix;
import io.meshkeel.model.JsonPath;
import org.jspecify.annotations.Nullable;

/**
 * One place where an object breaks its schema; always of severity {@code error}, since the API
 * server would refuse the object.
 *
 * @param error what kind of mistake
 * @param path the field; for a missing field the one that isn't there
 * @param message what is wrong, in one sentence, without the place
 * @param remediation how to fix it, in one sentence
 * @param fix what puts it right for certain; null if there is no such thing
 */
public record SchemaViolation(
    SchemaError error, JsonPath path, String message, String remediation, @Nullable Fix fix) {

  /** Without a fix. */
  SchemaViolation(SchemaError error, JsonPath path, String message, String remediation) {
    this(error, path, message, remediation, null);
  }
}

package io.meshkeel.kube;

import io.meshkeel.model.JsonPath;

/** One operation of a JSON Patch (RFC 6902). */
public sealed interface JsonPatch {
  JsonPath path();

  /** Fails the whole patch unless the value is there. */
  record Test(JsonPath path, String value) implements JsonPatch {}

  /** Takes the value away; fails the whole patch if there is none. */
  record Remove(JsonPath path) implements JsonPatch {}
}

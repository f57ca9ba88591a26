package io.meshkeel.kube;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One entry of {@code metadata.managedFields}, reduced to what names a hand.
 *
 * @param manager the field manager, as the API server has it
 * @param operation {@code Apply} or {@code Update}
 * @param time when it last changed something; empty if not told
 * @param fields {@code fieldsV1}; empty for our own entry, whose fields are known
 */
public record FieldOwner(
    String manager, String operation, Optional<Instant> time, Map<String, Object> fields) {}

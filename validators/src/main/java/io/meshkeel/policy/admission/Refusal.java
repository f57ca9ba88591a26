package io.meshkeel.policy.admission;

import io.meshkeel.model.JsonPath;

/**
 * One reason why istiod's webhook would refuse an object.
 *
 * @param path the field; for a missing one the place where it should be
 * @param message what is wrong, in one sentence, without the place
 * @param remediation how to fix it
 */
public record Refusal(JsonPath path, String message, String remediation) {}

package io.meshkeel.policy;

import io.meshkeel.model.JsonPath;
import io.meshkeel.model.Severity;

/**
 * What a rule found, before its place in a file is known.
 *
 * @param rule the rule
 * @param severity of this finding, never worse than the rule's
 * @param path within the object
 * @param message filled template
 * @param remediation filled template
 */
record RawFinding(
    Rule rule, Severity severity, JsonPath path, String message, String remediation) {}

package io.meshkeel.facts.workload;

/**
 * A port that a workload says it listens on.
 *
 * @param name empty if it has none
 * @param number 1 to 65535
 * @param protocol {@code TCP}, {@code UDP} or {@code SCTP}
 */
public record WorkloadPort(String name, long number, String protocol) {}

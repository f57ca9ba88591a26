package io.meshkeel.view;

/**
 * How the running service stands with a cluster.
 *
 * @param connected whether it is watched and its state is known
 * @param revision the revision that it was last confirmed to hold, abbreviated; empty if none was
 *     since the service started
 * @param problem what is wrong now; empty if nothing is
 */
public record ClusterLink(boolean connected, String revision, String problem) {}

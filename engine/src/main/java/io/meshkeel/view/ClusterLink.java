package io.meshkeel.view;

import java.time.Instant;
import java.util.Optional;

/**
 * How the running service stands with a cluster.
 *
 * @param connected whether it is watched and its state is known
 * @param revision the revision that it was last confirmed to hold, abbreviated; empty if none was
 *     since the service started
 * @param problem what is wrong now; empty if nothing is
 * @param since when the connection was made; empty if there is none
 * @param heard when the quietest of its watches last heard from the cluster; empty if there is none
 */
public record ClusterLink(
    boolean connected,
    String revision,
    String problem,
    Optional<Instant> since,
    Optional<Instant> heard) {}

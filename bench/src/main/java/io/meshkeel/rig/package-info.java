/**
 * A whole Meshkeel on loopback: real clusters, a real forge, the service as a process of its own.
 * The demo, the benchmark and the end-to-end tests stand on it.
 */
@NullMarked
package io.meshkeel.rig;

import org.jspecify.annotations.NullMarked;

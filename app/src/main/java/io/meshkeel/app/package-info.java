/** Composition root: commands, configuration, wiring, HTTP API, health and metrics. */
@NullMarked
package io.meshkeel.app;

import org.jspecify.annotations.NullMarked;

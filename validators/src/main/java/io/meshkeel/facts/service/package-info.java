/**
 * Services over all clusters of a mesh: their ports and protocols, the hosts they answer to, the
 * workloads behind them. Pure.
 */
@NullMarked
package io.meshkeel.facts.service;

import org.jspecify.annotations.NullMarked;

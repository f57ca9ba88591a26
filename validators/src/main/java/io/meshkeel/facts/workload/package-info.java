/**
 * What runs in the clusters: pods, the workloads they belong to, their labels and the proxies in
 * them. Pure.
 */
@NullMarked
package io.meshkeel.facts.workload;

import org.jspecify.annotations.NullMarked;

/** The {@code Cluster} port and its adapter; the only package that sees the Kubernetes client. */
@NullMarked
package io.meshkeel.kube;

import org.jspecify.annotations.NullMarked;

/**
 * Real servers for tests, demo and benchmark: OPA, etcd, kube-apiserver, istiod, Gitea, with the
 * CRDs of Istio and of the Gateway API.
 *
 * <p>{@link io.meshkeel.testbed.ServerBinary} names what there is, {@link
 * io.meshkeel.testbed.Binaries} finds or builds it, one class per server starts and stops it, and
 * {@link io.meshkeel.testbed.SharedServers} shares servers over a test run. Everything listens on
 * loopback only, and every server ends with the JVM that started it.
 */
@NullMarked
package io.meshkeel.testbed;

import org.jspecify.annotations.NullMarked;

/**
 * Evaluates the CEL rules of custom resource definitions ({@code x-kubernetes-validations}) as the
 * API server does.
 *
 * <p>Values come as Kubernetes gives them to a rule: maps and lists of {@code Long}, {@code
 * Double}, {@code String}, {@code Boolean}, the names of fields escaped. Rules are compiled when
 * they are first used, since an environment and a rule cost a start several milliseconds.
 */
@NullMarked
package io.meshkeel.policy.cel;

import org.jspecify.annotations.NullMarked;

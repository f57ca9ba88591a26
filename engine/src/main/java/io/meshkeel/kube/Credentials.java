package io.meshkeel.kube;

import io.meshkeel.model.FailureReason;

/**
 * The credentials that remote secrets are made from, by the name that a declaration uses. Any
 * thread; may block for a file, never for a network. Read anew at each call, so that a credential
 * can be rotated.
 */
@FunctionalInterface
public interface Credentials {
  /**
   * The credential of this name.
   *
   * @throws ClusterException {@code CREDENTIAL_INVALID} if there is none, it can't be read, or it
   *     would run a program or read a file
   */
  Kubeconfig get(String name) throws ClusterException;

  /** No credentials at all. */
  Credentials NONE =
      name -> {
        throw new ClusterException(
            FailureReason.CREDENTIAL_INVALID,
            "credential '" + ServerText.oneLine(name) + "' is not known here",
            true,
            null);
      };
}

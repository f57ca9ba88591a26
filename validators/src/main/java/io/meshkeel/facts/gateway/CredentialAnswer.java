package io.meshkeel.facts.gateway;

import io.meshkeel.model.ClusterName;
import java.util.List;

/** Whether a gateway's proxy gets a certificate that a Gateway names. */
public sealed interface CredentialAnswer {
  /** It gets it from the Secret in this cluster. */
  record Found(ClusterName cluster) implements CredentialAnswer {}

  /**
   * There is no such Secret.
   *
   * @param namespace where it is looked for
   * @param name of the Secret
   * @param clusters where it is looked for, in this order
   */
  record Missing(String namespace, String name, List<ClusterName> clusters)
      implements CredentialAnswer {
    public Missing {
      clusters = List.copyOf(clusters);
    }
  }

  /**
   * The Secret is there, without what is needed.
   *
   * @param cluster that holds it
   * @param needed the keys, one set of which must be there
   */
  record Incomplete(ClusterName cluster, List<String> needed) implements CredentialAnswer {
    public Incomplete {
      needed = List.copyOf(needed);
    }
  }

  /**
   * The proxy may not read it.
   *
   * @param reason in plain words
   */
  record Refused(String reason) implements CredentialAnswer {}

  /** Secrets of the clusters in question were not looked at. */
  record Unknown() implements CredentialAnswer {}
}

package io.meshkeel.rig;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/** How Istio's kinds are asked for at an API server, by those who look at it beside the product. */
public final class IstioKinds {
  /** VirtualServices of {@code networking.istio.io/v1}. */
  public static final ResourceDefinitionContext VIRTUAL_SERVICES =
      new ResourceDefinitionContext.Builder()
          .withGroup("networking.istio.io")
          .withVersion("v1")
          .withKind("VirtualService")
          .withPlural("virtualservices")
          .withNamespaced(true)
          .build();

  private IstioKinds() {}
}

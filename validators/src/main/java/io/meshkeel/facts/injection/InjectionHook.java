package io.meshkeel.facts.injection;

import io.meshkeel.facts.workload.LabelSelector;
import java.util.Map;

/**
 * One webhook of a MutatingWebhookConfiguration that calls an injector of Istio. The API server
 * calls it for a new pod whose namespace and own labels both selectors take.
 *
 * @param configuration name of the MutatingWebhookConfiguration
 * @param name of the webhook, for example {@code rev.namespace.sidecar-injector.istio.io}
 * @param revision of the istiod that is called: label {@code istio.io/rev} of the configuration
 * @param tag the revision tag that the configuration stands for; empty if it stands for none
 * @param namespaceSelector taken from labels of the namespace
 * @param objectSelector taken from labels of the pod
 */
public record InjectionHook(
    String configuration,
    String name,
    String revision,
    String tag,
    LabelSelector namespaceSelector,
    LabelSelector objectSelector) {

  boolean calls(Map<String, String> namespaceLabels, Map<String, String> podLabels) {
    return namespaceSelector.matches(namespaceLabels) && objectSelector.matches(podLabels);
  }
}

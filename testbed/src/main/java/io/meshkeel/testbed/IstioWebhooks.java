package io.meshkeel.testbed;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhook;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an installation of Istio puts beside istiod so that API servers ask it: the injection
 * templates and the two webhook configurations, as {@code istioctl manifest generate --set
 * profile=minimal} prints them. They name an address on loopback in place of a Service, and the
 * validator judges every object, as it does under the default revision's tag.
 */
public final class IstioWebhooks {
  private static final Duration GENERATE_TIMEOUT = Duration.ofSeconds(180);
  private static final Pattern KEPT =
      Pattern.compile(
          "(?m)^kind: (Mutating|Validating)WebhookConfiguration$|^  name: istio-sidecar-injector$");
  private static final String INJECTOR = "MutatingWebhookConfiguration";
  private static final String VALIDATOR = "ValidatingWebhookConfiguration";

  private final String yaml;

  private IstioWebhooks(String yaml) {
    this.yaml = yaml;
  }

  /** Those of the testbed's release of Istio; made by its istioctl once, then cached. */
  public static IstioWebhooks of(Binaries binaries) {
    String version = ServerBinary.ISTIOCTL.version();
    Path file =
        CachedText.file(
            binaries,
            "istio-webhooks-" + version + ".yaml",
            "asking istioctl for Istio's webhooks",
            () -> generated(binaries.get(ServerBinary.ISTIOCTL)));
    try {
      return new IstioWebhooks(Files.readString(file));
    } catch (IOException e) {
      throw new TestbedException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static String generated(Path istioctl) throws IOException, InterruptedException {
    List<String> command =
        List.of(istioctl.toString(), "manifest", "generate", "--set", "profile=minimal");
    String all =
        Command.run(command, Path.of("/"), Map.of(), GENERATE_TIMEOUT)
            .orFail("istioctl manifest generate");
    return Pattern.compile("(?m)^---$")
        .splitAsStream(all)
        .filter(document -> KEPT.matcher(document).find())
        .collect(Collectors.joining("---\n"));
  }

  /** Puts templates and webhooks on the cluster that istiod runs for. */
  void install(KubeApiServer home, URI istiod) {
    home.apply(objects(istiod, "/inject").toList());
  }

  /** Puts the injector on a remote cluster, which istiod then knows by its name. */
  void installInjector(KubeApiServer remote, URI istiod) {
    remote.apply(
        objects(istiod, "/inject/cluster/" + remote.name())
            .filter(object -> object.getKind().equals(INJECTOR))
            .toList());
  }

  /** Whether istiod has made the injector of a cluster trust it. */
  public static boolean injects(KubeApiServer cluster) {
    List<MutatingWebhook> all =
        cluster
            .admin()
            .admissionRegistration()
            .v1()
            .mutatingWebhookConfigurations()
            .list()
            .getItems()
            .stream()
            .flatMap(one -> one.getWebhooks().stream())
            .toList();
    return !all.isEmpty()
        && all.stream().allMatch(one -> trusted(one.getClientConfig().getCaBundle()));
  }

  /** Whether istiod has seen that its validator answers, and made it strict. */
  static boolean validates(KubeApiServer cluster) {
    List<ValidatingWebhook> all =
        cluster
            .admin()
            .admissionRegistration()
            .v1()
            .validatingWebhookConfigurations()
            .list()
            .getItems()
            .stream()
            .flatMap(one -> one.getWebhooks().stream())
            .toList();
    return !all.isEmpty()
        && all.stream()
            .allMatch(one ->
                trusted(one.getClientConfig().getCaBundle())
                    && one.getFailurePolicy().equals("Fail"));
  }

  private static boolean trusted(@Nullable String bundle) {
    return bundle != null && !bundle.isEmpty();
  }

  private Stream<HasMetadata> objects(URI istiod, String injectPath) {
    return KubeApiServer.objects(yaml).stream()
        .map(object ->
            switch (object.getKind()) {
              case INJECTOR -> addressed(object, istiod.resolve(injectPath));
              case VALIDATOR -> addressed(object, istiod.resolve("/validate"));
              default -> object;
            });
  }

  private static HasMetadata addressed(HasMetadata object, URI url) {
    GenericKubernetesResource configuration = (GenericKubernetesResource) object;
    List<Map<String, Object>> webhooks = configuration.get("webhooks");
    configuration.setAdditionalProperty(
        "webhooks",
        webhooks.stream()
            .map(webhook -> {
              Map<String, Object> changed = new HashMap<>(webhook);
              changed.put("clientConfig", Map.of("url", url.toString()));
              if (object.getKind().equals(VALIDATOR)) {
                changed.remove("objectSelector");
              }
              return changed;
            })
            .toList());
    return configuration;
  }
}

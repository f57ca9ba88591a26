package io.meshkeel.facts.joined;

import io.meshkeel.facts.KeptIndex;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.Slice;
import io.meshkeel.facts.workload.Proxy;
import io.meshkeel.facts.workload.Workload;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
import io.meshkeel.model.ObservedKinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Patches of EnvoyFilters for versions of proxies that don't run: {@code proxyMatch} in {@code
 * pilot/pkg/model/envoyfilter.go} of istio/istio, release 1.31, looks for the expression anywhere
 * in the version. Versions are those of the images of proxies and istiods that were seen, and the
 * mesh's own; where no proxy's version was seen, also the two releases before, since istiod takes
 * proxies of these. Told as {@code missedVersions} of an EnvoyFilter: {@code {path, pin, running}}.
 */
final class ProxyVersions extends KeptIndex {
  private static final Pattern TAG = Pattern.compile(":v?([0-9]+\\.[0-9]+[^:@/]*)(?:@.*)?$");
  private static final Pattern VARIANT = Pattern.compile("-(?:distroless|debug)$");
  private static final Pattern RELEASE = Pattern.compile("([0-9]+)\\.([0-9]+)");

  /** Releases are made until the next but one is out; there never were this many. */
  private static final int PATCHES = 30;

  /** Proxies may be this many releases older than their istiod. */
  private static final int SKEW = 2;

  private final TreeSet<String> seen = new TreeSet<>();
  private final List<String> possible = new ArrayList<>();
  private final String running;

  ProxyVersions(JoinedMesh mesh) {
    TreeSet<String> proxies = new TreeSet<>();
    for (Workload workload : mesh.workloads()) {
      workload
          .shape()
          .proxy()
          .map(Proxy::image)
          .flatMap(ProxyVersions::version)
          .ifPresent(proxies::add);
      workload.pods().stream()
          .flatMap(pod -> pod.shape().proxy().stream())
          .flatMap(proxy -> version(proxy.image()).stream())
          .forEach(proxies::add);
    }
    seen.addAll(proxies);
    mesh.found().clusters().values().forEach(held -> seen.addAll(istiods(mesh, held)));
    String release = mesh.spec().istioVersion();
    possible.addAll(seen);
    addRelease(release, proxies.isEmpty() ? SKEW : 0);
    running =
        seen.isEmpty()
            ? "the mesh has Istio " + release
            : String.join(", ", seen) + " run, and the mesh has Istio " + release;
  }

  /** The version in an image's tag; empty for one that is named by its digest alone. */
  static Optional<String> version(String image) {
    Matcher tag = TAG.matcher(image);
    return tag.find()
        ? Optional.of(VARIANT.matcher(tag.group(1)).replaceFirst(""))
        : Optional.empty();
  }

  private static List<String> istiods(JoinedMesh mesh, ClusterInventory held) {
    List<String> versions = new ArrayList<>();
    for (Manifest deployment : held.of(ObservedKinds.DEPLOYMENT)) {
      if (Istiods.isOne(mesh, deployment)) {
        Map<String, Object> spec = JsonTree.map(FoundWorkloads.pod(deployment), "spec");
        for (Map<String, Object> container : JsonTree.maps(spec, "containers")) {
          version(JsonTree.string(container, "image", "")).ifPresent(versions::add);
        }
      }
    }
    return versions;
  }

  private void addRelease(String release, int before) {
    Matcher numbers = RELEASE.matcher(release);
    if (!numbers.matches()) {
      return;
    }
    int minor = Integer.parseInt(numbers.group(2));
    for (int older = 0; older <= before && older <= minor; older++) {
      String line = numbers.group(1) + "." + (minor - older);
      possible.add(line + "-dev");
      for (int patch = 0; patch <= PATCHES; patch++) {
        possible.add(line + "." + patch);
      }
    }
  }

  @Override
  public void add(ObjectView object) {}

  @Override
  public void tell(ObjectView object, Slice slice) {
    Manifest filter = object.declaration().manifest();
    if (!filter.key().kind().equals("EnvoyFilter")) {
      return;
    }
    List<Object> told = new ArrayList<>();
    List<Map<String, Object>> patches = JsonTree.maps(filter.spec(), "configPatches");
    for (int i = 0; i < patches.size(); i++) {
      Map<String, Object> proxy = JsonTree.map(JsonTree.map(patches.get(i), "match"), "proxy");
      String pin = JsonTree.string(proxy, "proxyVersion", "");
      if (!pin.isEmpty() && isMissed(pin)) {
        told.add(
            Map.of(
                "path", List.of("spec", "configPatches", i, "match", "proxy", "proxyVersion"),
                "pin", pin,
                "running", running));
      }
    }
    slice.put("missedVersions", List.copyOf(told));
  }

  /** An expression that can't be read is the schema's affair. */
  private boolean isMissed(String pin) {
    try {
      Pattern pattern = Pattern.compile(pin);
      return possible.stream().noneMatch(version -> pattern.matcher(version).find());
    } catch (PatternSyntaxException e) {
      return false;
    }
  }
}

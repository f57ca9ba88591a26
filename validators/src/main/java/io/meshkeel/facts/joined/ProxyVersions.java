package io.meshkeel.facts.joined;

import io.meshkeel.facts.KeptIndex;
import io.meshkeel.facts.ObjectView;
import io.meshkeel.facts.Slice;
import io.meshkeel.model.JsonTree;
import io.meshkeel.model.Manifest;
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

  private final JoinedMesh mesh;

  ProxyVersions(JoinedMesh mesh) {
    this.mesh = mesh;
  }

  /**
   * The versions that a pin may be meant for.
   *
   * @param possible all of them
   * @param running which they are, for people
   */
  private record Versions(List<String> possible, String running) {}

  private Versions versions() {
    TreeSet<String> proxies = new TreeSet<>();
    mesh.workloads().images().forEach(image -> version(image).ifPresent(proxies::add));
    TreeSet<String> seen = new TreeSet<>(proxies);
    mesh.found().all().forEach(held -> seen.addAll(istiods(mesh, held)));
    String release = mesh.spec().istioVersion();
    List<String> possible = new ArrayList<>(seen);
    addRelease(possible, release, proxies.isEmpty() ? SKEW : 0);
    return new Versions(
        possible,
        seen.isEmpty()
            ? "the mesh has Istio " + release
            : String.join(", ", seen) + " run, and the mesh has Istio " + release);
  }

  /** The version in an image's tag; empty for one that is named by its digest alone. */
  static Optional<String> version(String image) {
    Matcher tag = TAG.matcher(image);
    return tag.find()
        ? Optional.of(VARIANT.matcher(tag.group(1)).replaceFirst(""))
        : Optional.empty();
  }

  private static List<String> istiods(JoinedMesh mesh, Held held) {
    List<String> versions = new ArrayList<>();
    for (Manifest deployment : Istiods.deployments(mesh, held)) {
      Map<String, Object> spec = JsonTree.map(FoundWorkloads.pod(deployment), "spec");
      for (Map<String, Object> container : JsonTree.maps(spec, "containers")) {
        version(JsonTree.string(container, "image", "")).ifPresent(versions::add);
      }
    }
    return versions;
  }

  private static void addRelease(List<String> possible, String release, int before) {
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
    Optional<Versions> versions = Optional.empty();
    List<Object> told = new ArrayList<>();
    List<Map<String, Object>> patches = JsonTree.maps(filter.spec(), "configPatches");
    for (int i = 0; i < patches.size(); i++) {
      Map<String, Object> proxy = JsonTree.map(JsonTree.map(patches.get(i), "match"), "proxy");
      String pin = JsonTree.string(proxy, "proxyVersion", "");
      if (pin.isEmpty()) {
        continue;
      }
      Versions known = versions.orElseGet(this::versions);
      versions = Optional.of(known);
      if (isMissed(pin, known.possible())) {
        told.add(
            Map.of(
                "path", List.of("spec", "configPatches", i, "match", "proxy", "proxyVersion"),
                "pin", pin,
                "running", known.running()));
      }
    }
    slice.put("missedVersions", List.copyOf(told));
  }

  /** An expression that can't be read is the schema's affair. */
  private static boolean isMissed(String pin, List<String> possible) {
    try {
      Pattern pattern = Pattern.compile(pin);
      return possible.stream().noneMatch(version -> pattern.matcher(version).find());
    } catch (PatternSyntaxException e) {
      return false;
    }
  }
}

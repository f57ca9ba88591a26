package io.meshkeel.imports;

import io.meshkeel.model.MeshName;
import io.meshkeel.model.ResourceKey;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Gives files and declarations their names. For one thread. */
final class Names {
  /** Longest name of an own declaration that is made up, and of a file without its ending. */
  private static final int LONGEST = 200;

  private static final Map<String, String> FOLDERS =
      Map.ofEntries(
          Map.entry("ServiceEntry", "services"),
          Map.entry("WorkloadEntry", "services"),
          Map.entry("WorkloadGroup", "services"),
          Map.entry("AuthorizationPolicy", "security"),
          Map.entry("PeerAuthentication", "security"),
          Map.entry("RequestAuthentication", "security"),
          Map.entry("Sidecar", "config"),
          Map.entry("EnvoyFilter", "config"),
          Map.entry("Telemetry", "config"),
          Map.entry("ProxyConfig", "config"),
          Map.entry("WasmPlugin", "config"),
          Map.entry("TrafficExtension", "config"));

  private final String folder;
  private final Set<String> taken = new HashSet<>();

  Names(MeshName mesh) {
    this.folder = "meshes/" + mesh + "/";
  }

  /** The path of the file of a plain object. */
  String plain(ResourceKey key) {
    boolean gatewayApi = key.group().equals("gateway.networking.k8s.io");
    String kind =
        (gatewayApi && key.kind().equals("Gateway") ? "gateway-api-" : "")
            + key.kind().toLowerCase(Locale.ROOT);
    String inside = key.namespace().isEmpty() ? "" : key.namespace() + "/";
    return path(
        FOLDERS.getOrDefault(key.kind(), "traffic") + "/" + inside, kind + "-" + key.name());
  }

  /** The path of any other file. */
  String path(String below, String name) {
    return folder + below + shortened(name) + ".yaml";
  }

  /** Whether no declaration of this kind has the name yet. */
  boolean free(String kind, String name) {
    return !taken.contains(kind + "/" + name);
  }

  /** A name that no other declaration of this kind has. */
  String unique(String kind, String wanted) {
    String name = shortened(wanted);
    for (int i = 2; !taken.add(kind + "/" + name); i++) {
      name = shortened(wanted) + "-" + i;
    }
    return name;
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST
        ? name
        : name.substring(0, LONGEST - 20).replaceAll("[^a-z0-9]+$", "")
            + "-"
            + Integer.toHexString(name.hashCode());
  }
}

package io.meshkeel.app.observe;

import io.meshkeel.app.CommandException;
import io.meshkeel.app.config.HttpCredential;
import io.meshkeel.live.PrometheusServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * A server that an option names for a cluster, {@code NAME=URL}.
 *
 * @param cluster the cluster's name
 * @param url its base URL, without user and password
 * @param credential who asks
 */
record ClusterServer(String cluster, URI url, PrometheusServer.Credential credential) {

  /**
   * The servers of an option, in its order.
   *
   * @param option its name; that of who asks ends with {@code -credential}
   * @param urls by cluster
   * @param credentials files by cluster
   * @param clusters that there are
   * @throws ParameterException if one is named for no cluster, or is no address
   * @throws CommandException if a file holds no credential: nothing is asked then
   */
  static List<ClusterServer> of(
      CommandLine command,
      String option,
      Map<String, URI> urls,
      Map<String, Path> credentials,
      Set<String> clusters)
      throws CommandException {
    List<ClusterServer> servers = new ArrayList<>();
    for (Map.Entry<String, URI> named : urls.entrySet()) {
      String name = named.getKey();
      URI url = named.getValue();
      if (!clusters.contains(name)) {
        throw new ParameterException(command, option + " " + name + " is no cluster of --cluster");
      }
      if (url.getHost() == null
          || url.getRawUserInfo() != null
          || !Set.of("http", "https").contains(url.getScheme())) {
        throw new ParameterException(
            command, option + " must be an address like http://127.0.0.1:9090, without a password");
      }
      servers.add(
          new ClusterServer(name, url, credential(Optional.ofNullable(credentials.get(name)))));
    }
    for (String name : credentials.keySet()) {
      if (!urls.containsKey(name)) {
        throw new ParameterException(
            command, option + "-credential " + name + " is none of " + option);
      }
    }
    return servers;
  }

  private static PrometheusServer.Credential credential(Optional<Path> file)
      throws CommandException {
    if (file.isEmpty()) {
      return PrometheusServer.Credential.NONE;
    }
    String what = "the credential in " + file.get();
    try {
      String header = HttpCredential.header(file.get(), what);
      return () -> Optional.of(header);
    } catch (IOException e) {
      throw CommandException.unable(e.getMessage() + "; nothing is written", e);
    }
  }
}

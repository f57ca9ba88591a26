package io.meshkeel.app.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.meshkeel.app.CommandRun;
import io.meshkeel.app.ExitCode;
import io.meshkeel.app.http.ModuleApi;
import io.meshkeel.model.ClusterInventory;
import io.meshkeel.model.ClusterName;
import io.meshkeel.model.Inventory;
import io.meshkeel.model.Manifest;
import io.meshkeel.view.Scene;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code meshkeel get --url}: against the API's own answers. */
class GetUrlTest {
  private static final ClusterName EAST = new ClusterName("east");

  private final List<String> asked = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    Manifest service =
        Manifest.of(
            Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Service",
                "metadata",
                Map.of("namespace", "shop", "name", "web")));
    ModuleApi api =
        new ModuleApi(() ->
            List.of(
                Scene.undeclared(
                    new Inventory(
                        Map.of(EAST, ClusterInventory.of(EAST, Set.of(), List.of(service)))))));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/base/api/v1/",
        exchange -> {
          String query = exchange.getRequestURI().getRawQuery();
          asked.add(exchange.getRequestURI().toString());
          Map<String, String> parameters = new TreeMap<>();
          for (String part : (query == null ? "" : query).split("&")) {
            String[] pair = part.split("=", 2);
            if (pair.length == 2) {
              parameters.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
            }
          }
          String module = exchange.getRequestURI().getPath().replaceAll(".*/", "");
          ModuleApi.Reply reply = api.get(module, parameters);
          byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(reply.status(), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private CommandRun get(String... args) {
    List<String> all = new ArrayList<>(List.of("get"));
    all.addAll(List.of(args));
    all.addAll(List.of("--url", "http://127.0.0.1:" + server.getAddress().getPort() + "/base"));
    return CommandRun.of(all.toArray(String[]::new));
  }

  @Test
  void aTableIsPrintedAndNotesGoToStandardError() {
    CommandRun run = get("services", "-n", "shop");
    assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.GOOD);
    assertThat(run.out()).startsWith("NAMESPACE").contains("web").doesNotContain("#");
    assertThat(run.err()).contains("meshkeel: cluster east: Namespace, Pod not looked at");
    assertThat(asked).containsExactly("/base/api/v1/services?namespace=shop&output=table");
  }

  @Test
  void documentsArePrintedAsTheyAre() {
    assertThat(get("services", "-o", "json").out()).startsWith("{").contains("\"web\"");
    assertThat(get("services", "-o", "yaml").out()).startsWith("module: services\n");
    assertThat(get("services", "-o", "json", "--cluster", "west").out()).doesNotContain("\"web\"");
  }

  @Test
  void aServiceThatIsAwayIsSaid() {
    CommandRun run = CommandRun.of("get", "services", "--url", "http://127.0.0.1:1");
    assertThat(run.code()).isEqualTo(ExitCode.UNABLE);
    assertThat(run.err()).contains("can't be asked", "check --url");
  }

  @Test
  void whatIsNoAddressIsWrongUse() {
    for (String url : List.of("ftp://a", "a b", "localhost")) {
      CommandRun run = CommandRun.of("get", "services", "--url", url);
      assertThat(run.code()).as(url).isEqualTo(ExitCode.WRONG_USE);
      assertThat(run.err()).contains("--url");
    }
    assertThat(get("services", "--repo", ".").code()).isEqualTo(ExitCode.WRONG_USE);
    assertThat(get("services", "--snapshot", ".").code()).isEqualTo(ExitCode.WRONG_USE);
    assertThat(CommandRun.of("get", "services").code()).isEqualTo(ExitCode.WRONG_USE);
  }
}

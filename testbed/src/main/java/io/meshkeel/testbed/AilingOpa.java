package io.meshkeel.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * A program that is called like OPA and hands on what it is asked to a real one, but ails: when a
 * decision about objects is asked of it. What it ails from is told at any time, and holds for every
 * process of the program from then on.
 */
public final class AilingOpa {
  /** What becomes of a question about objects. */
  public enum Ailment {
    /** It is answered. */
    NONE,

    /** The answer is HTTP 500. */
    FAILS,

    /** No answer comes. */
    KEEPS_SILENT,

    /** The process ends. */
    DIES,

    /** The answer lacks what one of the rules found. */
    FORGETS_A_RULE,

    /** The answer lacks the decision. */
    FORGETS_ALL
  }

  private static final String DECISION = "/v1/data/meshkeel/main/answer";
  private static final String AILMENT = "ailment";
  private static final String ADDRESS = "--addr=127.0.0.1:";

  private final Path folder;
  private final Path program;

  private AilingOpa(Path folder, Path program) {
    this.folder = folder;
    this.program = program;
  }

  /**
   * Writes the program to a folder; it ails from nothing yet.
   *
   * @param folder an empty one
   * @param opa the real binary
   */
  public static AilingOpa in(Path folder, Path opa) {
    try {
      Path program = folder.resolve("opa");
      Files.writeString(
          program,
          "#!/bin/sh\nexec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '%s' %s '%s' '%s' \"$@\"\n"
              .formatted(
                  Path.of(System.getProperty("java.home"), "bin", "java"),
                  System.getProperty("java.class.path"),
                  AilingOpa.class.getName(),
                  folder,
                  opa));
      if (!program.toFile().setExecutable(true)) {
        throw new IOException("cannot make " + program + " executable");
      }
      AilingOpa ailing = new AilingOpa(folder, program);
      ailing.from(Ailment.NONE);
      return ailing;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What to call in the place of OPA. */
  public Path program() {
    return program;
  }

  /** From now on it ails from this. */
  public void from(Ailment ailment) {
    try {
      Path next = Files.writeString(folder.resolve("next"), ailment.name());
      Files.move(next, folder.resolve(AILMENT), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The program: folder, binary, and the words for OPA. */
  public static void main(String[] words) throws IOException, InterruptedException {
    Path folder = Path.of(words[0]);
    List<String> command = new ArrayList<>(List.of(words).subList(1, words.length));
    int port = -1;
    int behind = FreePorts.one();
    for (int i = 0; i < command.size(); i++) {
      if (command.get(i).startsWith(ADDRESS)) {
        port = Integer.parseInt(command.get(i).substring(ADDRESS.length()));
        command.set(i, ADDRESS + behind);
      }
    }
    Process opa = new ProcessBuilder(command).inheritIO().start();
    // The system closes the shell's input with this process, however that ends.
    new ProcessBuilder("sh", "-c", "read -r nothing; kill -9 \"$0\"", Long.toString(opa.pid()))
        .start();
    if (port >= 0) {
      serve(folder, port, URI.create("http://127.0.0.1:" + behind));
    }
    System.exit(opa.waitFor());
  }

  private static void serve(Path folder, int port, URI opa) throws IOException {
    HttpClient client = HttpClient.newHttpClient();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            answer(folder, exchange, opa, client);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
  }

  private static void answer(Path folder, HttpExchange exchange, URI opa, HttpClient client)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(opa.resolve(exchange.getRequestURI().toString()))
            .method(
                exchange.getRequestMethod(),
                HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    HttpResponse<byte[]> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    int status = response.statusCode();
    byte[] body = response.body();
    if (exchange.getRequestURI().getPath().equals(DECISION)) {
      switch (Ailment.valueOf(Files.readString(folder.resolve(AILMENT)))) {
        case NONE -> {}
        case FAILS -> {
          status = 500;
          body = "{\"code\": \"internal_error\"}".getBytes(StandardCharsets.UTF_8);
        }
        case KEEPS_SILENT -> Thread.sleep(Patience.LIMIT);
        case DIES -> Runtime.getRuntime().halt(137);
        case FORGETS_A_RULE -> body = withoutARule(body);
        case FORGETS_ALL -> body = "{}".getBytes(StandardCharsets.UTF_8);
      }
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static byte[] withoutARule(byte[] body) throws IOException {
    ObjectMapper json = new ObjectMapper();
    JsonNode answer = json.readTree(body);
    if (answer.at("/result/rules") instanceof ObjectNode rules && !rules.isEmpty()) {
      rules.remove(rules.fieldNames().next());
    }
    return json.writeValueAsBytes(answer);
  }
}

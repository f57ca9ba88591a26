package io.meshkeel.policy.own;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshkeel.policy.PolicyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** OPA's commands that start, answer and end: {@code check}, {@code inspect}, {@code test} … */
final class OpaTool {
  /** 20 s for one command. */
  static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(20);

  /** 16 MiB of output are read. */
  static final long MAX_OUTPUT_BYTES = 16L << 20;

  /**
   * What is taken away beside what OPA itself calls not deterministic, so that a later OPA that
   * forgets to say so gives nothing back.
   */
  private static final Set<String> WITHOUT =
      Set.of(
          "http.send",
          "opa.runtime",
          "time.now_ns",
          "rand.intn",
          "uuid.rfc4122",
          "io.jwt.decode_verify",
          "io.jwt.encode_sign",
          "io.jwt.encode_sign_raw",
          "json.match_schema",
          "json.verify_schema",
          "providers.aws.sign_req",
          "rego.parse_module",
          "trace");

  private final Path binary;
  private final Limits limits;
  private final ObjectMapper mapper = new ObjectMapper();

  OpaTool(Path binary, Limits limits) {
    this.binary = binary;
    this.limits = limits;
  }

  /**
   * How a command ended.
   *
   * @param exitCode 0 if all is well
   * @param output what it printed
   * @param errors what it printed to standard error
   */
  record Run(int exitCode, String output, String errors) {}

  /** A command that was ended. */
  static final class Overran extends Exception {
    private static final long serialVersionUID = 1L;

    Overran(String what) {
      super(what);
    }
  }

  /**
   * Runs a command in a folder; blocks. The process sees no variable of ours, and is ended when it
   * takes too long or too much memory.
   *
   * @param folder also takes the output
   * @throws PolicyException if it can't be run or was ended
   */
  Run run(Path folder, List<String> words) throws PolicyException {
    try {
      return bounded(folder, words);
    } catch (Overran e) {
      throw new PolicyException(
          "opa %s %s. Fix: make what is below policies/ less"
              .formatted(words.getFirst(), e.getMessage()),
          e);
    }
  }

  /**
   * As {@link #run}, for what may take too much.
   *
   * @throws Overran if it did; says of what
   */
  Run bounded(Path folder, List<String> words) throws PolicyException, Overran {
    Path output = folder.resolve(".output");
    Path errors = folder.resolve(".errors");
    List<String> command = new ArrayList<>(List.of(binary.toAbsolutePath().toString()));
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(limits.environment());
    builder.redirectOutput(output.toFile()).redirectError(errors.toFile());
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      try (ProcessWatch watch = ProcessWatch.of(process.toHandle(), limits.memoryBytes(), null)) {
        watch.begin();
        if (!process.waitFor(DEFAULT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new Overran("did not end within %d s".formatted(DEFAULT_TIMEOUT.toSeconds()));
        }
        if (watch.ended().isPresent()) {
          throw new Overran(
              "took more than %d MiB of memory".formatted(limits.memoryBytes() >> 20));
        }
      } finally {
        process.destroyForcibly();
      }
      return new Run(process.exitValue(), read(output), read(errors));
    } catch (IOException e) {
      throw new PolicyException(
          "OPA ("
              + binary
              + ") could not be run: "
              + e.getMessage()
              + ". Fix: name another OPA 1.x",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PolicyException("interrupted while OPA was running", e);
    }
  }

  private static String read(Path file) throws IOException {
    if (Files.size(file) > MAX_OUTPUT_BYTES) {
      throw new IOException("it printed more than " + (MAX_OUTPUT_BYTES >> 20) + " MiB");
    }
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  /** Reads what a command printed as JSON. */
  JsonNode json(String text) throws PolicyException {
    try {
      return mapper.readTree(text);
    } catch (JsonProcessingException e) {
      throw new PolicyException("OPA printed something else than JSON: " + shown(text), e);
    }
  }

  /** Writes a value as JSON. */
  String write(Object value) throws PolicyException {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new PolicyException("a value has no JSON form: " + e.getMessage(), e);
    }
  }

  /**
   * What this OPA can do, less everything that reaches outside or doesn't give the same answer each
   * time.
   */
  String capabilities(Path folder) throws PolicyException {
    Run run = run(folder, List.of("capabilities", "--current"));
    if (run.exitCode() != 0) {
      throw new PolicyException("opa capabilities failed: " + shown(run.errors()));
    }
    JsonNode all = json(run.output());
    if (!(all instanceof ObjectNode capabilities)
        || !(all.path("builtins") instanceof ArrayNode builtins)) {
      throw new PolicyException("opa capabilities doesn't list functions");
    }
    ArrayNode kept = mapper.createArrayNode();
    for (JsonNode builtin : builtins) {
      String name = builtin.path("name").asText();
      if (!builtin.path("nondeterministic").asBoolean(false)
          && !name.startsWith("net.")
          && !name.startsWith("rand.")
          && !WITHOUT.contains(name)) {
        kept.add(builtin);
      }
    }
    capabilities.set("builtins", kept);
    capabilities.set("allow_net", mapper.createArrayNode());
    return capabilities.toString();
  }

  static String shown(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= 500 ? line : line.substring(0, 500) + " …";
  }
}

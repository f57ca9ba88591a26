package io.meshkeel.testbed;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The testbed on the command line: {@code get <name>} prints the path of a binary, {@code warm}
 * gets what the demo needs in the order in which it needs it, {@code warm all} everything. What
 * must be built is built; progress goes to standard error. Exit code 0 done, 2 wrong use, 3 could
 * not be had.
 */
public final class TestbedMain {
  private static final String USAGE =
      """
      usage: testbed get NAME     print the path of a binary, building it if needed
             testbed lookup NAME  print its path if it is there already, else exit with 3
             testbed warm         get the usual binaries and all definitions
             testbed warm all     get every binary and all definitions
             testbed warm NAME…   get the named binaries
      names: %s\
      """
          .formatted(
              ServerBinary.ALL.stream().map(ServerBinary::name).collect(Collectors.joining(" ")));

  private TestbedMain() {}

  /** Runs one command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), Binaries.fromEnvironment(Progress.toStandardError())));
  }

  static int run(List<String> arguments, Binaries binaries) {
    try {
      String verb = arguments.isEmpty() ? "" : arguments.getFirst();
      if (verb.equals("warm")) {
        warm(arguments.subList(1, arguments.size()), binaries);
        return 0;
      }
      if (arguments.size() == 2 && verb.equals("get")) {
        return print(Optional.of(binaries.get(named(arguments.get(1)))));
      }
      if (arguments.size() == 2 && verb.equals("lookup")) {
        return print(binaries.lookup(named(arguments.get(1))));
      }
      System.err.println(USAGE);
      return 2;
    } catch (IllegalArgumentException e) {
      System.err.println("testbed: " + e.getMessage() + "\n" + USAGE);
      return 2;
    } catch (TestbedException e) {
      System.err.println("testbed: " + e.getMessage());
      return 3;
    }
  }

  private static int print(Optional<Path> path) {
    path.ifPresent(System.out::println);
    return path.isPresent() ? 0 : 3;
  }

  private static void warm(List<String> names, Binaries binaries) {
    boolean all = names.equals(List.of("all"));
    List<ServerBinary> wanted =
        all
            ? ServerBinary.ALL
            : names.isEmpty()
                ? ServerBinary.USUAL
                : names.stream().map(TestbedMain::named).toList();
    for (ServerBinary binary : wanted) {
      binaries.progress().line(binary.name() + ": " + binaries.get(binary));
    }
    if (all || names.isEmpty()) {
      Crds crds = new Crds(binaries);
      binaries.progress().line("Istio's definitions: " + crds.istio(Crds.ISTIO));
      binaries.progress().line("the Gateway API's definitions: " + crds.gateway(Crds.GATEWAY));
      binaries
          .progress()
          .line(
              "Gitea's templates: "
                  + GiteaStatic.root(binaries, binaries.get(ServerBinary.GITEA))
                      .map(Object::toString)
                      .orElse("within the binary"));
    }
    if (all) {
      binaries.progress().line("kwok's stages: " + KwokStages.file(binaries));
    }
  }

  private static ServerBinary named(String name) {
    ServerBinary binary = ServerBinary.named(name);
    if (binary == null) {
      throw new IllegalArgumentException("there is no server called " + name);
    }
    return binary;
  }
}

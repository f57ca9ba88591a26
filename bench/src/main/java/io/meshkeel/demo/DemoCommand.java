package io.meshkeel.demo;

import io.meshkeel.rig.Rig;
import io.meshkeel.testbed.Binaries;
import io.meshkeel.testbed.Progress;
import io.meshkeel.testbed.TestbedException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code meshkeel demo}. */
@Command(
    name = "demo",
    description =
        "Show the main job from nothing on this machine: Gitea, the five clusters of two meshes, istiod, OPA and the service.",
    footer = {
      "",
      "Servers that are not here yet are built from their Go modules first; that takes about 20 minutes once.",
      "Without --once everything stays up until you interrupt it; DIR/demo.env says how to look around."
    })
public final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Holds all data, logs and credentials (default: ${DEFAULT-VALUE}).",
      defaultValue = "meshkeel-demo")
  private Path dir = Path.of("meshkeel-demo");

  @Option(
      names = "--once",
      description = "Do all steps unattended, check each against the servers, and end.")
  private boolean once;

  @Override
  public Integer call() throws Exception {
    PrintStream out = System.out;
    Path folder = DemoFolder.prepare(dir);
    Story story = new Story(out);
    out.println("All data and logs are in " + folder);
    try (Rig rig = new Rig(folder, Binaries.fromEnvironment(Progress.toStandardError()))) {
      Demo demo = new Demo(story, rig);
      try {
        demo.tell();
      } catch (IllegalStateException | TestbedException e) {
        story.broken("the step could not be finished", e);
      }
      out.println();
      out.println(story.summary());
      if (!once && story.failed() == 0) {
        out.println("Everything stays up until you interrupt it (Ctrl-C).");
        out.println("READY");
        out.flush();
        waitForInterrupt(rig);
      }
    }
    return story.failed() == 0 ? 0 : 1;
  }

  /** Ends when the JVM is told to; the servers are ended before it goes. */
  private static void waitForInterrupt(Rig rig) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(rig::close, "demo-stop"));
    never.await();
  }
}

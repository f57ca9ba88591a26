package io.meshkeel.demo;

import io.meshkeel.rig.Launcher;
import io.meshkeel.rig.ServiceProcess;
import java.util.List;

/** What the running service shows of the meshes, module by module. */
final class ModuleSteps {
  private static final List<String> MORE = List.of("clusters", "gateways", "traffic", "security");

  private final Story story;
  private final ServiceProcess service;

  ModuleSteps(Story story, ServiceProcess service) {
    this.story = story;
    this.service = service;
  }

  void look() {
    story.step("(h) What the service shows of both meshes");
    String url = service.url().toString();
    story.say("meshkeel get overview --url " + url);
    Launcher.Run overview = Launcher.run("get", "overview", "--url", url);
    story.say(overview.output().strip());
    story.check(
        "the overview says that bank drifted and shop is in sync",
        () -> rows("overview", "table"),
        table -> line(table, "bank").contains("Drifted") && line(table, "shop").contains("InSync"));
    story.check("and the command does too", overview::exitCode, code -> code == 0);
    for (String module : MORE) {
      story.say("meshkeel get " + module + " --url " + url);
      story.say(rows(module, "table").strip());
      story.check(
          "module " + module + " answers and has rows",
          () -> rows(module, "table").lines().count(),
          lines -> lines > 1);
    }
    story.say("as JSON or YAML, and with more columns: -o json, -o yaml, -o wide; pages: " + url);
  }

  private String rows(String module, String output) {
    String answer = service.get("/api/v1/" + module + "?output=" + output);
    if (!answer.startsWith("200 ")) {
      throw new IllegalStateException(answer);
    }
    return answer.substring(4);
  }

  /** The first line that begins with a word. */
  private static String line(String table, String word) {
    return table.lines().filter(line -> line.startsWith(word + " ")).findFirst().orElse("");
  }
}

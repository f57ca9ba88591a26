package io.meshkeel.demo;

import io.meshkeel.model.Revision;
import io.meshkeel.rig.Checkout;
import io.meshkeel.rig.Checkout.ClusterRole;
import io.meshkeel.rig.Launcher;
import io.meshkeel.rig.Rig;
import io.meshkeel.rig.Rig.Repository;
import io.meshkeel.rig.ServiceProcess;
import io.meshkeel.rig.WorkingCopy;
import io.meshkeel.testbed.Gitea;
import io.meshkeel.testbed.Istiod;
import io.meshkeel.testbed.KubeApiServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** The story: the servers, then what happens in the meshes of the example, step by step. */
final class Demo {
  private static final String WAIVER = "waivers/request-size.yaml";
  private static final List<String> DATA_PLANES = List.of("shop-data", "shop-edge");
  private static final SequencedMap<String, ClusterRole> CLUSTERS = new LinkedHashMap<>();

  static {
    CLUSTERS.put(ShopSteps.CONTROL_PLANE, ClusterRole.CONTROL_PLANE);
    DATA_PLANES.forEach(name -> CLUSTERS.put(name, ClusterRole.DATA_PLANE));
    CLUSTERS.put("bank-north", ClusterRole.CONTROL_PLANE);
    CLUSTERS.put("bank-south", ClusterRole.CONTROL_PLANE);
  }

  private final Story story;
  private final Rig rig;

  Demo(Story story, Rig rig) {
    this.story = story;
    this.rig = rig;
  }

  void tell() {
    judgeTheExample();
    startClusters();
    Istiod istiod = startIstiod();
    Repository repository = startForge();
    ServiceProcess service = startService(repository);
    Statuses statuses = new Statuses(story, rig, repository);
    ShopSteps shop = new ShopSteps(story, rig, repository, statuses);
    BankSteps bank = new BankSteps(story, rig, statuses);
    Revision head = statuses.head();
    shop.applied(head, istiod);
    bank.applied(head);
    shop.mistake(head);
    shop.pullRequest();
    shop.drift();
    bank.drift();
    new ModuleSteps(story, service).look();
    bank.mended();
  }

  private void judgeTheExample() {
    story.step("What policy says of the example, without a cluster");
    story.say("meshkeel validate " + Checkout.example() + " --opa " + rig.opa());
    Launcher.Run run =
        Launcher.run("validate", Checkout.example().toString(), "--opa", rig.opa().toString());
    story.say(run.output().strip());
    story.check("the example is accepted (exit code 0)", () -> run.exitCode(), code -> code == 0);
  }

  private void startClusters() {
    story.step(
        "Start the API servers of "
            + CLUSTERS.size()
            + " clusters: "
            + String.join(", ", CLUSTERS.keySet()));
    rig.startClusters(CLUSTERS);
    for (Map.Entry<String, KubeApiServer> cluster : rig.clusters().entrySet()) {
      story.say(
          "kubectl --kubeconfig " + cluster.getValue().adminKubeconfigFile() + " get namespaces");
    }
    for (ClusterRole role : ClusterRole.values()) {
      List<String> names =
          CLUSTERS.entrySet().stream()
              .filter(each -> each.getValue() == role)
              .map(Map.Entry::getKey)
              .toList();
      story.say(
          "the service connects to "
              + String.join(", ", names)
              + " with the rights of "
              + Checkout.rbac(role));
    }
    story.say("other people put in what repo-layout-example-snapshot says: services, workloads,");
    story.say("certificates, and remote secrets for istiod");
    new Residents(rig).moveIn();
  }

  private Istiod startIstiod() {
    story.step("Start istiod on " + ShopSteps.CONTROL_PLANE);
    Istiod istiod = rig.startIstiod(rig.cluster(ShopSteps.CONTROL_PLANE));
    story.say("what it took over: curl -s " + istiod.url() + "/debug/configz");
    DATA_PLANES.forEach(name -> istiod.prepare(rig.cluster(name)));
    story.check(
        "it reads " + String.join(", ", DATA_PLANES) + " too, by their remote secrets",
        () ->
            istiod.clusters().stream()
                .filter(cluster -> cluster.status().equals("synced"))
                .map(Istiod.Cluster::name)
                .toList(),
        names -> names.containsAll(DATA_PLANES));
    return istiod;
  }

  private Repository startForge() {
    story.step("(a) Start Gitea and push the example");
    Repository repository = rig.newRepository("meshes");
    story.say(
        rig.gitea().url()
            + "/"
            + repository.name()
            + "  user "
            + Gitea.USER
            + ", password "
            + rig.gitea().password());
    return repository;
  }

  private ServiceProcess startService(Repository repository) {
    WorkingCopy files = repository.files();
    files.copyFrom(Checkout.example());
    // Whoever copies the example writes a day of his own; 180 days ahead is the farthest.
    files.write(
        WAIVER,
        files
            .read(WAIVER)
            .replaceFirst(
                "expires: .*", "expires: \"" + LocalDate.now(ZoneOffset.UTC).plusDays(90) + "\""));
    files.publish("Declare the meshes of shop and bank");
    story.step("Start the service");
    ServiceProcess service = rig.startService(repository, Launcher.command());
    story.say(service.url() + "/   (log: " + rig.folder().resolve("meshkeel.log") + ")");
    writeEnvironment(repository, service.url().toString());
    return service;
  }

  /** What a person or a script needs to look around. */
  private void writeEnvironment(Repository repository, String url) {
    Map<String, String> variables =
        new TreeMap<>(
            Map.of(
                "MESHKEEL_URL", url,
                "GITEA_URL", rig.gitea().url().toString(),
                "GITEA_USER", Gitea.USER,
                "GITEA_TOKEN", rig.gitea().token(),
                "GITEA_REPO", repository.name()));
    rig.clusters()
        .forEach((name, server) ->
            variables.put(
                "KUBECONFIG_" + name.toUpperCase(Locale.ROOT).replace('-', '_'),
                server.adminKubeconfigFile().toString()));
    StringBuilder text = new StringBuilder();
    variables.forEach((name, value) -> text.append(name + "=" + value + "\n"));
    Path file = rig.folder().resolve("demo.env");
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    story.say("to look around: . " + file);
  }
}

package io.meshkeel.demo;

import static io.meshkeel.rig.IstioKinds.VIRTUAL_SERVICES;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.meshkeel.model.Revision;
import io.meshkeel.rig.Checkout;
import io.meshkeel.rig.Checkout.ClusterRole;
import io.meshkeel.rig.Launcher;
import io.meshkeel.rig.Rig;
import io.meshkeel.rig.Rig.Repository;
import io.meshkeel.rig.WorkingCopy;
import io.meshkeel.testbed.Gitea;
import io.meshkeel.testbed.GiteaApi.Status;
import io.meshkeel.testbed.Istiod;
import io.meshkeel.testbed.KubeApiServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The story: one method a step. */
final class Demo {
  private static final String CONTROL_PLANE = "shop-mcpc";
  private static final String DATA_PLANE = "shop-data";
  private static final String ROUTE_FILE = "meshes/shop/traffic/orders.yaml";
  private static final String HAND = "kubectl-edit";

  private final Story story;
  private final Rig rig;

  Demo(Story story, Rig rig) {
    this.story = story;
    this.rig = rig;
  }

  void tell() {
    judgeTheExample();
    KubeApiServer controlPlane = startCluster(CONTROL_PLANE, ClusterRole.CONTROL_PLANE);
    KubeApiServer dataPlane = startCluster(DATA_PLANE, ClusterRole.DATA_PLANE);
    Istiod istiod = startIstiod(controlPlane);
    Repository repository = startForge();
    startService(repository);
    Revision good = firstCommit(repository, controlPlane, dataPlane, istiod);
    mistake(repository, controlPlane, good);
    pullRequest(repository);
    drift(repository, controlPlane);
  }

  private void judgeTheExample() {
    story.step("What policy says of the example, without a cluster");
    story.say("meshkeel validate " + Checkout.example() + " --opa " + rig.opa());
    Launcher.Run run =
        Launcher.run("validate", Checkout.example().toString(), "--opa", rig.opa().toString());
    story.say(run.output().strip());
    story.check("the example is accepted (exit code 0)", () -> run.exitCode(), code -> code == 0);
  }

  private KubeApiServer startCluster(String name, ClusterRole role) {
    story.step("Start the API server of cluster " + name);
    KubeApiServer server = rig.startCluster(name, role);
    story.say("kubectl --kubeconfig " + server.adminKubeconfigFile() + " get namespaces");
    story.say("the service connects with the rights of " + Checkout.rbac(role));
    return server;
  }

  private Istiod startIstiod(KubeApiServer cluster) {
    story.step("Start istiod on " + CONTROL_PLANE);
    Istiod istiod = rig.startIstiod(cluster);
    story.say("what it took over: curl -s " + istiod.url() + "/debug/configz");
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

  private void startService(Repository repository) {
    WorkingCopy files = repository.files();
    files.copyFrom(Checkout.example());
    files.publish("Declare the shop mesh");
    story.step("Start the service");
    var service = rig.startService(repository, Launcher.command());
    story.say(service.url() + "/   (log: " + rig.folder().resolve("meshkeel.log") + ")");
    writeEnvironment(repository, service.url().toString());
  }

  private Revision firstCommit(
      Repository repository, KubeApiServer controlPlane, KubeApiServer dataPlane, Istiod istiod) {
    story.step("(b) The commit is judged and applied");
    Revision head = new Revision(rig.gitea().api().head(repository.name(), "main"));
    story.say(commitUrl(repository, head));
    expect(repository, head, "meshkeel/policy", "success", "");
    expect(repository, head, "meshkeel/sync/shop/" + CONTROL_PLANE, "success", "");
    expect(repository, head, "meshkeel/sync/shop/" + DATA_PLANE, "success", "");
    expect(repository, head, "meshkeel/sync/shop", "success", "");
    expect(repository, head, "meshkeel/drift/shop", "success", "");
    TreeSet<String> declared = new TreeSet<>(List.of("shop/orders", "shop/storefront"));
    story.check(
        CONTROL_PLANE + " holds the VirtualServices " + declared,
        () -> virtualServices(controlPlane),
        declared::equals);
    story.check(
        DATA_PLANE + " holds no Istio configuration",
        () -> virtualServices(dataPlane),
        TreeSet::isEmpty);
    story.check(
        "istiod took over VirtualService shop/orders (" + istiod.url() + "/debug/configz)",
        () -> istiod.configuration().stream().map(Demo::named).toList(),
        objects -> objects.contains("VirtualService shop/orders"));
    return head;
  }

  private void mistake(Repository repository, KubeApiServer controlPlane, Revision good) {
    story.step("(c) A commit with a mistake: a route to a subset that nothing defines");
    String before = resourceVersion(controlPlane, "orders");
    repository.files().replace(ROUTE_FILE, "subset: stable", "subset: next");
    int line = lineOf(repository.files().read(ROUTE_FILE), "subset: next");
    Revision bad = repository.files().publish("Send orders to the next version");
    story.say(commitUrl(repository, bad));
    expect(repository, bad, "meshkeel/policy", "failure", ROUTE_FILE + ":" + line);
    expect(repository, bad, "meshkeel/sync/shop", "failure", "");
    story.check(
        "nothing was written to " + CONTROL_PLANE,
        () -> resourceVersion(controlPlane, "orders"),
        before::equals);
    repository.files().replace(ROUTE_FILE, "subset: next", "subset: stable");
    Revision mended = repository.files().publish("Send orders to the stable version again");
    story.say("and back, as in " + good.abbreviated() + ": " + commitUrl(repository, mended));
    expect(repository, mended, "meshkeel/policy", "success", "");
    expect(repository, mended, "meshkeel/sync/shop", "success", "");
  }

  private void pullRequest(Repository repository) {
    story.step("(d) A pull request gets its verdict before it is merged");
    WorkingCopy files = repository.files();
    files.branch("longer-timeout");
    files.replace(ROUTE_FILE, "timeout: 3s", "timeout: 4s");
    Revision proposal = files.publish("Give orders more time");
    long number =
        rig.gitea()
            .api()
            .openPullRequest(repository.name(), "Give orders more time", "longer-timeout", "main");
    story.say(rig.gitea().url() + "/" + repository.name() + "/pulls/" + number);
    expect(repository, proposal, "meshkeel/policy", "success", "");
    files.write(
        "meshes/shop/security/web.yaml",
        """
        apiVersion: security.istio.io/v1
        kind: AuthorizationPolicy
        metadata:
          name: web
          namespace: shop
        spec:
          action: ALLOW
          rules:
            - from:
                - source:
                    principals: [cluster.local/ns/shop/sa/web]
            - to:
                - operation:
                    methods: [GET]
        """);
    Revision worse = files.publish("Let web read, and by one dash too many everybody else");
    expect(repository, worse, "meshkeel/policy", "failure", "meshes/shop/security/web.yaml:12");
    files.checkout("main");
  }

  private void drift(Repository repository, KubeApiServer controlPlane) {
    story.step("(e) Somebody changes an object by hand");
    Revision head = new Revision(rig.gitea().api().head(repository.name(), "main"));
    story.say("kubectl patch virtualservice -n shop orders (field manager " + HAND + ")");
    patchTimeout(controlPlane, "60s");
    expect(repository, head, "meshkeel/drift/shop", "failure", "VirtualService shop/orders");
    expect(repository, head, "meshkeel/drift/shop", "failure", HAND);
    story.check("in mode Report the change stays", () -> timeout(controlPlane), "60s"::equals);
    story.step("... and a commit switches the mesh to drift mode Heal");
    repository.files().replace("meshes/shop/mesh.yaml", "mode: Report", "mode: Heal");
    Revision healing = repository.files().publish("Heal drift");
    story.say(commitUrl(repository, healing));
    story.check("the declared timeout is back", () -> timeout(controlPlane), "3s"::equals);
    expect(repository, healing, "meshkeel/drift/shop", "success", "");
    expect(repository, healing, "meshkeel/sync/shop", "success", "");
    patchTimeout(controlPlane, "61s");
    story.check("the next hand is undone at once", () -> timeout(controlPlane), "3s"::equals);
  }

  private void expect(
      Repository repository, Revision revision, String context, String state, String text) {
    story.check(
        "%s on %s is %s%s"
            .formatted(
                context, revision.abbreviated(), state, text.isEmpty() ? "" : " and names " + text),
        () -> {
          Status status =
              rig.gitea().api().statuses(repository.name(), revision.sha()).get(context);
          return status == null ? "absent" : status.state() + ": " + status.description();
        },
        seen -> seen.startsWith(state + ":") && seen.contains(text));
  }

  private String commitUrl(Repository repository, Revision revision) {
    return rig.gitea().url() + "/" + repository.name() + "/commit/" + revision.sha();
  }

  private static String named(Istiod.Config object) {
    return object.kind() + " " + object.namespace() + "/" + object.name();
  }

  private static TreeSet<String> virtualServices(KubeApiServer cluster) {
    TreeSet<String> names = new TreeSet<>();
    cluster
        .admin()
        .genericKubernetesResources(VIRTUAL_SERVICES)
        .inAnyNamespace()
        .list()
        .getItems()
        .forEach(object ->
            names.add(object.getMetadata().getNamespace() + "/" + object.getMetadata().getName()));
    return names;
  }

  private static GenericKubernetesResource virtualService(KubeApiServer cluster, String name) {
    KubernetesClient admin = cluster.admin();
    GenericKubernetesResource found =
        admin.genericKubernetesResources(VIRTUAL_SERVICES).inNamespace("shop").withName(name).get();
    if (found == null) {
      throw new IllegalStateException("there is no VirtualService shop/" + name);
    }
    return found;
  }

  private static String resourceVersion(KubeApiServer cluster, String name) {
    return virtualService(cluster, name).getMetadata().getResourceVersion();
  }

  private static String timeout(KubeApiServer cluster) {
    return String.valueOf(
        virtualService(cluster, "orders").<Object>get("spec", "http", 0, "timeout"));
  }

  private static void patchTimeout(KubeApiServer cluster, String timeout) {
    cluster
        .admin()
        .genericKubernetesResources(VIRTUAL_SERVICES)
        .inNamespace("shop")
        .withName("orders")
        .patch(
            new PatchContext.Builder().withPatchType(PatchType.JSON).withFieldManager(HAND).build(),
            "[{\"op\":\"replace\",\"path\":\"/spec/http/0/timeout\",\"value\":\"%s\"}]"
                .formatted(timeout));
  }

  private static int lineOf(String text, String wanted) {
    return (int) text.substring(0, text.indexOf(wanted)).lines().count();
  }

  /** What a person or a script needs to look around. */
  private void writeEnvironment(Repository repository, String url) {
    StringBuilder text = new StringBuilder();
    Map.of(
            "MESHKEEL_URL", url,
            "GITEA_URL", rig.gitea().url().toString(),
            "GITEA_USER", Gitea.USER,
            "GITEA_TOKEN", rig.gitea().token(),
            "GITEA_REPO", repository.name())
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> text.append(entry.getKey() + "=" + entry.getValue() + "\n"));
    rig.clusters()
        .forEach((name, server) ->
            text.append(
                "KUBECONFIG_"
                    + name.toUpperCase(java.util.Locale.ROOT).replace('-', '_')
                    + "="
                    + server.adminKubeconfigFile()
                    + "\n"));
    Path file = rig.folder().resolve("demo.env");
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    story.say("to look around: . " + file);
  }
}

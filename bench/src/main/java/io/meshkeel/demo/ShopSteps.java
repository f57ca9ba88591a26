package io.meshkeel.demo;

import io.meshkeel.model.Revision;
import io.meshkeel.rig.Rig;
import io.meshkeel.rig.Rig.Repository;
import io.meshkeel.rig.WorkingCopy;
import io.meshkeel.testbed.Istiod;
import java.util.List;
import java.util.TreeSet;

/** What happens in the mesh {@code shop}, whose control plane is apart from the workloads. */
final class ShopSteps {
  static final String CONTROL_PLANE = "shop-mcpc";

  private static final String ROUTE_FILE = "meshes/shop/traffic/orders.yaml";
  private static final String HAND = "kubectl-edit";

  private final Story story;
  private final Rig rig;
  private final Repository repository;
  private final Statuses statuses;
  private final ClusterContent controlPlane;

  ShopSteps(Story story, Rig rig, Repository repository, Statuses statuses) {
    this.story = story;
    this.rig = rig;
    this.repository = repository;
    this.statuses = statuses;
    this.controlPlane = content(CONTROL_PLANE);
  }

  private ClusterContent content(String cluster) {
    return new ClusterContent(rig.cluster(cluster));
  }

  void applied(Revision head, Istiod istiod) {
    story.step("(b) The commit is judged and applied: mesh shop, one control plane for all");
    story.say(statuses.url(head));
    statuses.expect(head, "meshkeel/policy", "success");
    for (String cluster : List.of(CONTROL_PLANE, "shop-data", "shop-edge")) {
      statuses.expect(head, "meshkeel/sync/shop/" + cluster, "success");
    }
    statuses.expect(head, "meshkeel/sync/shop", "success");
    statuses.expect(head, "meshkeel/drift/shop", "success");
    TreeSet<String> declared =
        new TreeSet<>(List.of("shop/orders", "shop/payments", "shop/storefront"));
    story.check(
        CONTROL_PLANE + " holds the VirtualServices " + declared,
        controlPlane::virtualServices,
        declared::equals);
    story.check(
        "istiod took over VirtualService shop/orders (" + istiod.url() + "/debug/configz)",
        () -> istiod.configuration().stream().map(ShopSteps::named).toList(),
        objects -> objects.contains("VirtualService shop/orders"));
    dataPlane(
        "shop-data",
        "shop-central",
        List.of("istio-egress/egress", "istio-ingress/ingress", "istio-system/istio-eastwest"));
    dataPlane(
        "shop-edge", "shop-edge", List.of("istio-ingress/ingress", "istio-system/istio-eastwest"));
  }

  private void dataPlane(String cluster, String network, List<String> gateways) {
    ClusterContent content = content(cluster);
    story.check(
        cluster + " holds no Istio configuration",
        () -> content.configuration().keySet(),
        names -> names.isEmpty());
    story.check(
        cluster + " holds the proxies of its gateways, " + gateways,
        content::gatewayDeployments,
        new TreeSet<>(gateways)::equals);
    story.check(
        cluster + " is labelled with its network, " + network,
        () -> content.namespaceLabel("istio-system", "topology.istio.io/network"),
        network::equals);
  }

  private static String named(Istiod.Config object) {
    return object.kind() + " " + object.namespace() + "/" + object.name();
  }

  void mistake(Revision good) {
    story.step("(d) A commit with a mistake: a route to a subset that nothing defines");
    String before = controlPlane.resourceVersion("shop", "orders");
    repository.files().replace(ROUTE_FILE, "subset: stable", "subset: next");
    int line = lineOf(repository.files().read(ROUTE_FILE), "subset: next");
    Revision bad = repository.files().publish("Send orders to the next version");
    story.say(statuses.url(bad));
    statuses.expect(bad, "meshkeel/policy", "failure", ROUTE_FILE + ":" + line);
    statuses.expect(bad, "meshkeel/sync/shop", "failure");
    statuses.expect(bad, "meshkeel/sync/bank", "success");
    story.check(
        "nothing was written to " + CONTROL_PLANE,
        () -> controlPlane.resourceVersion("shop", "orders"),
        before::equals);
    repository.files().replace(ROUTE_FILE, "subset: next", "subset: stable");
    Revision mended = repository.files().publish("Send orders to the stable version again");
    story.say("and back, as in " + good.abbreviated() + ": " + statuses.url(mended));
    statuses.expect(mended, "meshkeel/policy", "success");
    statuses.expect(mended, "meshkeel/sync/shop", "success");
  }

  void pullRequest() {
    story.step("(e) A pull request gets its verdict before it is merged");
    WorkingCopy files = repository.files();
    files.branch("longer-timeout");
    files.replace(ROUTE_FILE, "timeout: 3s", "timeout: 4s");
    Revision proposal = files.publish("Give orders more time");
    long number =
        rig.gitea()
            .api()
            .openPullRequest(repository.name(), "Give orders more time", "longer-timeout", "main");
    story.say(rig.gitea().url() + "/" + repository.name() + "/pulls/" + number);
    statuses.expect(proposal, "meshkeel/policy", "success");
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
    statuses.expect(worse, "meshkeel/policy", "failure", "meshes/shop/security/web.yaml:12");
    files.checkout("main");
  }

  void drift() {
    story.step("(f) Somebody changes an object by hand");
    Revision head = statuses.head();
    story.say("kubectl patch virtualservice -n shop orders (field manager " + HAND + ")");
    controlPlane.setTimeout("shop", "orders", HAND, "60s");
    statuses.expect(head, "meshkeel/drift/shop", "failure", "VirtualService shop/orders");
    statuses.expect(head, "meshkeel/drift/shop", "failure", HAND);
    story.check("in mode Report the change stays", this::timeout, "60s"::equals);
    story.step("... and a commit switches the mesh to drift mode Heal");
    repository.files().replace("meshes/shop/mesh.yaml", "mode: Report", "mode: Heal");
    Revision healing = repository.files().publish("Heal drift");
    story.say(statuses.url(healing));
    story.check("the declared timeout is back", this::timeout, "3s"::equals);
    statuses.expect(healing, "meshkeel/drift/shop", "success");
    statuses.expect(healing, "meshkeel/sync/shop", "success");
    controlPlane.setTimeout("shop", "orders", HAND, "61s");
    story.check("the next hand is undone at once", this::timeout, "3s"::equals);
  }

  private String timeout() {
    return controlPlane.timeout("shop", "orders");
  }

  private static int lineOf(String text, String wanted) {
    return (int) text.substring(0, text.indexOf(wanted)).lines().count();
  }
}

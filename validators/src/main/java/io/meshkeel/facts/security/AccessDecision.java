package io.meshkeel.facts.security;

import io.meshkeel.facts.security.AuthorizationView.Action;
import io.meshkeel.model.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What the policies of one port come to, in the order in which a proxy asks them: {@code CUSTOM},
 * {@code DENY}, {@code ALLOW} ({@code build} in {@code pilot/pkg/security/authz/builder/builder.go}
 * of istio/istio, release 1.31).
 *
 * <p>Policies of several providers on one workload can't be told apart by a proxy, so istiod turns
 * what they ask about into a denial.
 */
final class AccessDecision {
  private final AccessWords words;
  private final List<AuthorizationView> policies;
  private final CompiledRule.Place place;
  private final TreeSet<String> providers = new TreeSet<>();

  /**
   * @param trustDomain of the mesh
   * @param policies those that reach the workload
   * @param place the port
   */
  AccessDecision(String trustDomain, List<AuthorizationView> policies, CompiledRule.Place place) {
    this.words = new AccessWords(trustDomain);
    this.policies = List.copyOf(policies);
    this.place = place;
    policies.stream()
        .filter(policy -> policy.action() == Action.CUSTOM)
        .forEach(policy -> providers.add(policy.provider()));
  }

  /** The rules of an action that can match here, dry runs left out. */
  List<CompiledRule> rules(Action action) {
    List<CompiledRule> rules = new ArrayList<>();
    for (AuthorizationView policy : policies) {
      if (policy.action() == action && !policy.dryRun()) {
        policy.rules().forEach(rule -> CompiledRule.of(policy, rule, place).ifPresent(rules::add));
      }
    }
    return rules;
  }

  /** The rules that deny, those of several providers among them. */
  List<CompiledRule> denying() {
    List<CompiledRule> denying = new ArrayList<>(rules(Action.DENY));
    if (providers.size() > 1) {
      denying.addAll(rules(Action.CUSTOM));
    }
    return denying;
  }

  /** Whether what no rule allows is denied. */
  boolean defaultDeny() {
    return policies.stream()
        .anyMatch(policy -> policy.action() == Action.ALLOW && !policy.dryRun());
  }

  Access access() {
    List<CompiledRule> deny = denying();
    List<CompiledRule> allow = rules(Action.ALLOW);
    List<CompiledRule> custom = providers.size() > 1 ? List.of() : rules(Action.CUSTOM);
    boolean open = !defaultDeny() || allow.stream().anyMatch(CompiledRule::always);
    boolean closed =
        (defaultDeny() && allow.isEmpty()) || deny.stream().anyMatch(CompiledRule::always);
    Access.Verdict verdict =
        closed
            ? Access.Verdict.NOBODY
            : open && deny.isEmpty() && custom.isEmpty()
                ? Access.Verdict.ANYONE
                : Access.Verdict.SOME;
    return new Access(
        verdict,
        closed ? "nobody" : told(open, allow, deny, custom),
        defaultDeny(),
        keys(Action.CUSTOM),
        keys(Action.DENY),
        keys(Action.ALLOW),
        keys(Action.AUDIT),
        policies.stream().filter(AuthorizationView::dryRun).map(AuthorizationView::key).toList());
  }

  private String told(
      boolean open, List<CompiledRule> allow, List<CompiledRule> deny, List<CompiledRule> custom) {
    String except = "";
    if (!deny.isEmpty()) {
      except = ", except " + AccessWords.joined(described(deny), AccessWords.MAX_LENGTH / 3);
    }
    String asked = "";
    if (!custom.isEmpty()) {
      asked =
          custom.stream().anyMatch(CompiledRule::always)
              ? ", if provider " + provider() + " agrees"
              : ", where provider " + provider() + " is asked about some";
    }
    int room = AccessWords.MAX_LENGTH - except.length() - asked.length();
    String who = open ? "any caller" : AccessWords.joined(described(allow), room);
    return who + except + asked;
  }

  private String provider() {
    String provider = providers.isEmpty() ? "" : providers.first();
    return provider.length() <= 40 ? provider : provider.substring(0, 39) + "…";
  }

  private List<String> described(List<CompiledRule> rules) {
    return rules.stream().map(words::describe).distinct().toList();
  }

  private List<ResourceKey> keys(Action action) {
    return policies.stream()
        .filter(policy -> policy.action() == action && !policy.dryRun())
        .map(AuthorizationView::key)
        .toList();
  }
}

package io.meshkeel.policy.admission;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The load balancer settings of a DestinationRule. */
final class LoadBalancers {
  private static final Set<String> TOPOLOGY =
      Set.of(
          "topology.kubernetes.io/region",
          "topology.kubernetes.io/zone",
          "topology.istio.io/subzone");
  private static final long MAX_TABLE = 5_000_011;

  private LoadBalancers() {}

  static void check(Node balancer, int minor, Refusals refusals) {
    if (!balancer.is()) {
      return;
    }
    hash(balancer.at("consistentHash"), refusals);
    Node locality = balancer.at("localityLbSetting");
    Node zones = balancer.at("zoneAwareLbSetting");
    if (minor >= 31) {
      if (locality.is() && zones.is()) {
        refusals.add(
            zones, "it stands beside localityLbSetting, and only one may", "keep one of the two");
      }
      zones(zones, refusals);
    }
    locality(locality, refusals);
    warmup(balancer.at("warmup"), minor, refusals);
    Values.anyDuration(balancer.at("warmupDurationSecs"), refusals);
  }

  private static void warmup(Node warmup, int minor, Refusals refusals) {
    if (!warmup.is()) {
      return;
    }
    if (warmup.has("duration")) {
      Values.duration(warmup.at("duration"), refusals);
    } else {
      refusals.add(warmup.at("duration"), "'warmup' needs a duration", "write it");
    }
    if (warmup.at("minimumPercent").decimal() > 100) {
      refusals.add(warmup.at("minimumPercent"), "'minimumPercent' is above 100", "write 0 to 100");
    }
    Node aggression = warmup.at("aggression");
    boolean weak = minor >= 31 ? aggression.decimal() <= 0 : aggression.decimal() < 1;
    if (aggression.is() && weak) {
      refusals.add(
          aggression,
          "'aggression' is too small",
          minor >= 31 ? "write more than 0" : "write 1 or more");
    }
  }

  private static void hash(Node hash, Refusals refusals) {
    Node cookie = hash.at("httpCookie");
    if (cookie.is()) {
      if (cookie.text("name").isEmpty()) {
        refusals.add(cookie.at("name"), "a cookie needs a name", "write it");
      }
      Values.anyDuration(cookie.at("ttl"), refusals);
      Set<String> names = new HashSet<>();
      for (Node attribute : cookie.at("attributes").each()) {
        String name = attribute.text("name");
        if (name.isEmpty()) {
          refusals.add(attribute.at("name"), "an attribute of a cookie needs a name", "write it");
        } else if (!names.add(name)) {
          refusals.value(attribute.at("name"), "is there twice", "keep one of the two");
        }
      }
    }
    Node table = hash.at("maglev", "tableSize");
    if (hash.number("minimumRingSize") != 0 && (hash.has("maglev") || hash.has("ringHash"))) {
      refusals.add(
          hash.at("minimumRingSize"),
          "it stands beside maglev or ringHash, and only one may",
          "keep one of them");
    }
    if (hash.has("maglev") && (table.number() >= MAX_TABLE || !isPrime(table.number()))) {
      refusals.add(
          table,
          "the size of a maglev table must be a prime below " + MAX_TABLE,
          "write one, for example 65537");
    }
  }

  /** As Envoy tells primes, which holds 1 for one. */
  private static boolean isPrime(long number) {
    if (number != 0 && number < 4) {
      return true;
    }
    if (number % 2 == 0) {
      return false;
    }
    for (long factor = 3; factor * factor <= number; factor += 2) {
      if (number % factor == 0) {
        return false;
      }
    }
    return true;
  }

  private static void zones(Node zones, Refusals refusals) {
    for (Node priority : zones.at("failoverPriority").each()) {
      if (TOPOLOGY.contains(priority.text())) {
        refusals.value(
            priority, "is what zone-aware balancing goes by anyway", "remove it from the list");
      }
    }
    zones.at("failover").each().forEach(each -> failover(each, refusals));
  }

  private static void locality(Node locality, Refusals refusals) {
    Node distribute = locality.at("distribute");
    Node failover = locality.at("failover");
    if (distribute.any() && failover.any()) {
      refusals.add(
          failover, "it stands beside distribute, and only one may", "keep one of the two");
      return;
    }
    if (failover.any()) {
      for (Node priority : locality.at("failoverPriority").each()) {
        if (TOPOLOGY.contains(priority.text())) {
          refusals.value(
              priority, "is a label of the topology beside failover", "remove one of the two");
          return;
        }
      }
    }
    for (Node each : distribute.each()) {
      if (!weights(each, refusals)) {
        return;
      }
      // The least favourable of the orders in which istiod may come across them.
      disjoint(each.at("to").each(), true, refusals);
    }
    List<Node> sources = new ArrayList<>();
    distribute.each().forEach(each -> sources.add(each.at("from")));
    disjoint(sources, false, refusals);
    failover.each().forEach(each -> failover(each, refusals));
  }

  private static boolean weights(Node distribute, Refusals refusals) {
    long total = 0;
    for (Node weight : distribute.at("to").each()) {
      if (weight.number() < 1 || weight.number() > 100) {
        refusals.add(weight, "a weight must be from 1 to 100", "write a part of 100");
        return false;
      }
      total += weight.number();
    }
    if (total != 100) {
      refusals.add(distribute.at("to"), "the weights make " + total + ", not 100", "share out 100");
    }
    return total == 100;
  }

  private static void failover(Node failover, Refusals refusals) {
    String from = failover.text("from");
    String to = failover.text("to");
    String problem =
        from.equals(to)
            ? "a failover leads to another region than it comes from"
            : (from + to).contains("/")
                ? "a failover is between regions, without zones"
                : (from + to).contains("*") ? "a failover has no wildcards" : null;
    if (problem != null) {
      refusals.add(failover, problem, "name two regions");
    }
  }

  /** Localities of which none may hold another. */
  private static void disjoint(List<Node> localities, boolean keys, Refusals refusals) {
    List<List<String>> before = new ArrayList<>();
    boolean everything = false;
    for (Node each : localities) {
      String text = keys ? each.key() : each.text();
      List<String> parts = List.of(text.split("/", 3));
      int star = text.indexOf('*');
      String problem =
          star >= 0 && star != text.length() - 1
              ? "has a wildcard that isn't at its end"
              : everything || before.stream().anyMatch(known -> overlap(known, parts))
                  ? "overlaps with another one"
                  : parts.contains("") ? "lacks a region, zone or subzone" : null;
      if (problem != null) {
        refusals.add(
            each,
            "the locality '" + Refusals.shortened(text) + "' " + problem,
            "write region/zone/subzone, or their first parts with * at the end");
        return;
      }
      before.add(parts);
      everything |= parts.getFirst().equals("*");
    }
  }

  /** Whether a locality that was named before holds a later one, as istiod finds out. */
  private static boolean overlap(List<String> before, List<String> later) {
    if (!before.getFirst().equals(later.getFirst())) {
      return false;
    }
    if (later.size() == 1 || before.size() == 1 || before.get(1).equals("*")) {
      return true;
    }
    if (!before.get(1).equals(later.get(1))) {
      return false;
    }
    return later.size() == 2
        || before.size() == 2
        || before.get(2).equals("*")
        || before.get(2).equals(later.get(2));
  }
}

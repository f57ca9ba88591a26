package io.meshkeel.policy.admission;

/** Where a route leads: {@code host}, {@code subset}, {@code port}. */
final class Destinations {
  private Destinations() {}

  static void check(Node destination, Refusals refusals) {
    if (!destination.is()) {
      return;
    }
    Node host = destination.at("host");
    if (host.text().equals("*")) {
      refusals.value(host, "is no destination", "name one host");
    } else {
      refusals.value(host, Domains.wildcard(host.text()), Domains.FIX);
    }
    if (!destination.text("subset").isEmpty()) {
      DestinationRules.subsetName(destination.at("subset"), refusals);
    }
    if (destination.has("port")) {
      Values.port(destination.at("port", "number"), refusals);
    }
  }

  /**
   * Destinations with their weights.
   *
   * @param checked whether hosts are looked at: not where istiod itself made the object
   */
  static void weighted(Node routes, boolean checked, Refusals refusals) {
    long total = 0;
    for (Node route : routes.each()) {
      if (!route.has("destination")) {
        refusals.add(route.at("destination"), "a route needs a destination", "write it");
      } else if (checked) {
        check(route.at("destination"), refusals);
      }
      if (route.number("weight") < 0) {
        refusals.add(route.at("weight"), "a weight is never negative", "write 0 or more");
      }
      total += route.number("weight");
    }
    // The sum is kept in 32 bits.
    if (routes.size() > 1 && (int) total == 0) {
      refusals.add(
          routes, "all weights are 0, so nothing is sent anywhere", "give a weight to each");
    }
  }
}

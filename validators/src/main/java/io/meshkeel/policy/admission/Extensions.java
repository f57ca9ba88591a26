package io.meshkeel.policy.admission;

import io.meshkeel.policy.text.GoUrl;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** {@code ValidateWasmPlugin} and {@code ValidateTrafficExtension}. */
final class Extensions {
  private static final Set<String> SCHEMES = Set.of("", "file", "http", "https", "oci");
  private static final int MAX_SECRET = 253;
  private static final int MAX_NAME = 256;
  private static final int MAX_LUA = 65_536;

  private Extensions() {}

  static void wasmPlugin(Subject subject, Refusals refusals) {
    Selectors.policy(subject.spec(), refusals);
    wasm(subject.spec(), refusals);
    ports(subject.spec().at("match"), refusals);
  }

  static void traffic(Subject subject, Refusals refusals) {
    Node spec = subject.spec();
    Node wasm = spec.at("wasm");
    Node lua = spec.at("lua");
    if (wasm.is() == lua.is()) {
      refusals.add(spec, "a TrafficExtension has either wasm or lua", "write one of the two");
    }
    Selectors.policy(spec, refusals);
    if (lua.is()) {
      String code = lua.text("inlineCode");
      if (code.isEmpty() || code.length() > MAX_LUA) {
        refusals.add(
            lua.at("inlineCode"), "the code is empty or longer than 64 KiB", "write less of it");
      }
    }
    if (wasm.is()) {
      wasm(wasm, refusals);
    }
    ports(spec.at("match"), refusals);
  }

  private static void wasm(Node wasm, Refusals refusals) {
    Node url = wasm.at("url");
    if (url.text().isEmpty()) {
      refusals.add(url, "a module needs a url", "write it");
    } else if (!isModule(url.text())) {
      refusals.value(url, "is no place of a module", "write an http, https, oci or file URL");
    }
    if (!wasm.text("sha256").isEmpty() && !wasm.text("sha256").matches("[a-f0-9]{64}")) {
      refusals.value(wasm.at("sha256"), "is no digest", "write 64 hexadecimal digits");
    }
    longest(wasm.at("imagePullSecret"), MAX_SECRET, refusals);
    longest(wasm.at("pluginName"), MAX_NAME, refusals);
    Set<String> names = new HashSet<>();
    for (Node variable : wasm.at("vmConfig", "env").each()) {
      Node name = variable.at("name");
      if (name.text().isEmpty()) {
        refusals.add(name, "a variable needs a name", "write it");
      }
      longest(name, MAX_NAME, refusals);
      if (!names.add(name.text())) {
        refusals.value(name, "is the name of two variables", "rename one");
      }
      if (variable.text("valueFrom").equals("HOST") && !variable.text("value").isEmpty()) {
        refusals.add(variable.at("value"), "a variable of the host has no value here", "remove it");
      }
    }
  }

  /** A URL, or one without its scheme. */
  private static boolean isModule(String text) {
    String whole = GoUrl.parseRequest(text).isPresent() ? text : "http://" + text;
    Optional<GoUrl> url = GoUrl.parseRequest(whole);
    return url.isPresent()
        && GoUrl.parse(whole).isPresent()
        && SCHEMES.contains(url.get().scheme());
  }

  private static void longest(Node text, int most, Refusals refusals) {
    if (text.text().length() > most) {
      refusals.add(text, "'" + text.name() + "' is too long", "write at most " + most);
    }
  }

  private static void ports(Node matches, Refusals refusals) {
    for (Node match : matches.each()) {
      match.at("ports").each().forEach(port -> Values.port(port.at("number"), refusals));
    }
  }
}

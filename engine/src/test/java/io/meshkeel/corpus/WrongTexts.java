package io.meshkeel.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Texts that look like the one that stands there, and others that don't. */
final class WrongTexts {
  private static final List<String> HOSTS =
      List.of(
          "*",
          "*.example.com",
          "*example.com",
          "*-a.example.com",
          "a.*.com",
          "a..b",
          "a.b.",
          ".a",
          "a.123",
          "123",
          "short",
          "under_score.com",
          "-a.com",
          "a-.com",
          "UPPER.Example.COM",
          "10.0.0.1",
          "2001:db8::1",
          "example.com",
          "b.example.com",
          "*.com",
          "*.b.example.com",
          "a/b",
          "shop/*",
          "./*",
          "*/*",
          "~/*",
          "~shop/a.b",
          "*/short",
          "/a.b",
          "shop/",
          "outbound_.80_._.a.b",
          "outbound_.x_._.a.b",
          "outbound_80",
          "a".repeat(64) + ".com",
          "a.".repeat(130) + "com",
          "münchen.de");
  private static final List<String> DURATIONS =
      List.of(
          "0s",
          "0",
          "1ms",
          "0.5ms",
          "1us",
          "1500us",
          "1.5s",
          ".5s",
          "-1s",
          "1h",
          "24h",
          "1m30s",
          "5",
          "soon",
          "1d",
          "",
          "1.0001s",
          "2562048h",
          "1s1",
          "+1s");
  private static final List<String> ADDRESSES =
      List.of(
          "10.0.0.0/8",
          "10.0.0.0/33",
          "10.0.0.1",
          "10.0.0.01",
          "256.0.0.1",
          "::1",
          "::1/64",
          "::1%eth0",
          "::ffff:10.0.0.1",
          "1.2.3",
          "a.example.com",
          "127.0.0.1:8080",
          "127.0.0.1",
          ":8080",
          "[::]:80",
          "[::1]:0",
          "localhost:80",
          "127.0.0.1:x",
          "unix:///a/b",
          "unix://a",
          "unix:///a/",
          "unix://@a",
          "unix://");
  private static final List<String> EXPRESSIONS =
      List.of(
          "(",
          "a+",
          "(?=a)",
          "*",
          "a{1001}",
          "[",
          "\\",
          "(?P<n>a)(?P<n>b)",
          "{+",
          "a".repeat(1025),
          "\\p{Greek}",
          "x &&",
          "has(a.b)",
          "a ? b",
          "1 +");
  private static final List<String> PATHS =
      List.of(
          "/{*}/a",
          "/{**}/a",
          "/a{b}",
          "/a/{**}",
          "{*}",
          "/a//b/{*}",
          "/*/{*}",
          "//",
          "/ü/{*}",
          "/a b/{**}");
  private static final List<String> URLS =
      List.of(
          "http://a",
          "https://a:x",
          "ftp://a",
          "oci://a/b:1",
          "://a",
          "a b",
          "http://a b",
          "/abs",
          "http://[::1",
          "http://%zz",
          "mailto:a",
          "file:///a",
          "HTTP://a",
          "https://a/%zz",
          "localhost:5000/x",
          "registry.example.com:5000/a:v1");
  private static final List<String> WORDS =
      List.of(
          "",
          "a",
          "A-b",
          "a_b",
          "a.b",
          "-a",
          "a-",
          "a b",
          "*",
          "a*",
          "a*b",
          "~",
          ".",
          "mesh",
          "corpus",
          "shop",
          "shop/gw",
          "shop/gw/x",
          "a/b",
          "/b",
          "shop/a.b",
          "host",
          ":authority",
          ":method",
          "@request.auth.claims.a",
          "@request.auth.claims",
          "@REQUEST.auth.claims[a][b]",
          "%",
          "%%",
          "%A%",
          "%A(b)%",
          "%A([\"b\", \"c\"])%",
          "%A([b])%",
          "%A(b",
          "tab\there",
          "line\nbreak",
          "GET",
          "get",
          "HTTP",
          "http2",
          "TLS",
          "UDP",
          "HTTP_PROXY",
          "QUIC",
          "5xx,reset",
          "5xx, reset",
          "599",
          "503",
          "true",
          "maybe",
          "0",
          "80",
          "65536",
          "-1",
          "x".repeat(63),
          "x".repeat(64),
          "x".repeat(254),
          "x".repeat(321),
          "é",
          "{}",
          "{\"keys\": []}",
          "{\"keys\": [{\"kty\": \"RSA\"}]}",
          "{\"kty\": \"oct\", \"k\": \"AQ\"}",
          "source.namespace",
          "source.principal",
          "source.trustDomain",
          "destination.labels[a]",
          "destination.name",
          "request.headers",
          "request.headers[]",
          "request.auth.principal",
          "experimental.envoy.filters.a[b]",
          "remote.ip",
          "us/*",
          "us/*/a",
          "*/a",
          "us//a",
          "us/zone1/sub",
          "us-east",
          "topology.kubernetes.io/region",
          "topology.istio.io/subzone",
          "configmap://a",
          "configmap://other/ca",
          "configmap://corpus/",
          "configmap://corpus/ca",
          "ALLOW",
          "core",
          "gateway.networking.k8s.io");

  private WrongTexts() {}

  static String instead(String text, Random random) {
    return random.nextInt(10) < 3
        ? changed(text, random)
        : pick(random.nextInt(10) < 7 ? like(text) : all(), random);
  }

  private static List<String> like(String text) {
    if (text.matches("[0-9.]+(ms|s|m|h).*|0s")) {
      return DURATIONS;
    }
    if (text.contains("://")) {
      return text.startsWith("unix") ? ADDRESSES : URLS;
    }
    if (text.matches("[0-9a-f:.\\[\\]]+(/[0-9]+)?(:[0-9]+)?") && text.matches(".*[.:].*")) {
      return ADDRESSES;
    }
    if (text.startsWith("/")) {
      return PATHS;
    }
    if (text.matches(".*[+()\\[\\]\\\\|].*")) {
      return EXPRESSIONS;
    }
    return text.contains(".") || text.contains("*") ? HOSTS : WORDS;
  }

  private static List<String> all() {
    List<String> all = new ArrayList<>(WORDS);
    List.of(HOSTS, DURATIONS, ADDRESSES, EXPRESSIONS, PATHS, URLS).forEach(all::addAll);
    return all;
  }

  private static String changed(String text, Random random) {
    int at = text.isEmpty() ? 0 : random.nextInt(text.length());
    String mark = pick(List.of("*", ".", "-", "_", "/", " ", ":", "1", "a", "%", "{", "~"), random);
    return switch (random.nextInt(4)) {
      case 0 -> text.substring(0, at) + mark + text.substring(at);
      case 1 -> text.isEmpty() ? mark : text.substring(0, at) + text.substring(at + 1);
      case 2 -> text + mark;
      default -> mark + text;
    };
  }

  static <T> T pick(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }
}

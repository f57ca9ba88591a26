package io.meshkeel.forge;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 over a body with a shared secret, written in hexadecimal digits. Any thread. */
final class WebhookSignature {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int HEX_DIGITS = 64;

  private final SecretKeySpec key;

  /**
   * @throws IllegalArgumentException if the secret is empty: then everyone could sign
   */
  WebhookSignature(String secret) {
    if (secret.isEmpty()) {
      throw new IllegalArgumentException("the webhook secret is empty");
    }
    key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /** The signature of a body: 64 lower-case digits. */
  String sign(byte[] body) {
    return HexFormat.of().formatHex(mac(body));
  }

  /** Whether the signature is that of the body; takes the same time wherever they differ. */
  boolean verify(byte[] body, String signature) {
    if (signature.length() != HEX_DIGITS) {
      return false;
    }
    byte[] given;
    try {
      given = HexFormat.of().parseHex(signature);
    } catch (IllegalArgumentException notHexadecimal) {
      return false;
    }
    return MessageDigest.isEqual(mac(body), given);
  }

  private byte[] mac(byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
    }
  }
}

package io.meshkeel.testbed;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The configuration of Gitea, the same for both ways to run it.
 *
 * @param user the user of the operating system that runs it
 * @param home the folder of its data, as Gitea sees it
 * @param staticRoot the folder with its templates, or empty where they are within the binary
 */
record GiteaSettings(String user, String home, int port, int sshPort, String staticRoot) {
  /** The text of {@code app.ini}. */
  String ini() {
    return """
    APP_NAME = Meshkeel testbed
    RUN_MODE = prod
    RUN_USER = %6$s
    WORK_PATH = %1$s

    [server]
    PROTOCOL = http
    HTTP_ADDR = 127.0.0.1
    HTTP_PORT = %2$d
    DOMAIN = 127.0.0.1
    ROOT_URL = http://127.0.0.1:%2$d/
    %4$s
    OFFLINE_MODE = true
    LFS_START_SERVER = false
    START_SSH_SERVER = true
    SSH_DOMAIN = 127.0.0.1
    SSH_PORT = %3$d
    SSH_LISTEN_HOST = 127.0.0.1
    SSH_LISTEN_PORT = %3$d
    BUILTIN_SSH_SERVER_USER = git

    [database]
    DB_TYPE = sqlite3
    PATH = %1$s/gitea.db

    [repository]
    ROOT = %1$s/repositories
    DEFAULT_BRANCH = main
    DEFAULT_PUSH_CREATE_PRIVATE = false

    [security]
    INSTALL_LOCK = true
    SECRET_KEY = %5$s
    PASSWORD_HASH_ALGO = pbkdf2$1000$50

    [service]
    DISABLE_REGISTRATION = true

    [webhook]
    ALLOWED_HOST_LIST = loopback
    DELIVER_TIMEOUT = 5

    ; The default queues live on disk and are polled with pauses of up to 2 s when idle, one after the other
    ; for a push and its webhook; and each waits 100 ms for more to come unless a batch is full.
    [queue]
    TYPE = channel
    BATCH_LENGTH = 1

    [api]
    MAX_RESPONSE_ITEMS = 200

    [actions]
    ENABLED = false

    [packages]
    ENABLED = false

    [cron.update_checker]
    ENABLED = false

    [log]
    MODE = console
    LEVEL = warn
    """
        .formatted(
            home,
            port,
            sshPort,
            staticRoot.isEmpty() ? "" : "STATIC_ROOT_PATH = " + staticRoot,
            secret(32),
            user);
  }

  /** So many random bytes in hexadecimal. */
  static String secret(int bytes) {
    byte[] random = new byte[bytes];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}

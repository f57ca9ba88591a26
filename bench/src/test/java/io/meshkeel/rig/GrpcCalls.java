package io.meshkeel.rig;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.meshkeel.testbed.Istiod;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Calls without any proxy: gRPC's own xDS client takes routes, weights and endpoints from istiod
 * (Istio documentation, "gRPC Proxyless Service Mesh").
 */
final class GrpcCalls implements AutoCloseable {
  /** What the client asks for; to be declared with port {@link #PORT}. */
  static final String HOST = "greeter.shop.svc.cluster.local";

  static final int PORT = 7070;

  private static final long DEADLINE_MILLIS = 5_000;

  /** Where gRPC looks for its bootstrap; read once in a JVM. */
  private static final String BOOTSTRAP = "io.grpc.xds.bootstrapConfig";

  private static final MethodDescriptor<String, String> GREET =
      MethodDescriptor.<String, String>newBuilder(new Text(), new Text())
          .setType(MethodType.UNARY)
          .setFullMethodName("greeter/greet")
          .build();

  private final ManagedChannel channel;

  private GrpcCalls(ManagedChannel channel) {
    this.channel = channel;
  }

  /**
   * A client in namespace {@code shop}. One a JVM.
   *
   * @param cluster as istiod calls it
   */
  static GrpcCalls steeredBy(Istiod istiod, String cluster) {
    System.setProperty(
        BOOTSTRAP,
        """
        {
          "xds_servers": [{
            "server_uri": "127.0.0.1:%d",
            "channel_creds": [{"type": "insecure"}],
            "server_features": ["xds_v3"]
          }],
          "node": {
            "id": "sidecar~127.0.0.1~client.shop~shop.svc.cluster.local",
            "metadata": {"GENERATOR": "grpc", "NAMESPACE": "shop", "CLUSTER_ID": "%s"}
          }
        }
        """
            .formatted(istiod.grpcPort(), cluster));
    return new GrpcCalls(
        Grpc.newChannelBuilder("xds:///" + HOST + ":" + PORT, InsecureChannelCredentials.create())
            .build());
  }

  /** How many of so many calls this service answered; a call that fails counts for nobody. */
  long answeredBy(String name, int calls) {
    long count = 0;
    for (int i = 0; i < calls; i++) {
      if (call(channel).equals(name)) {
        count++;
      }
    }
    return count;
  }

  private static String call(Channel channel) {
    CallOptions options =
        CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_MILLIS, TimeUnit.MILLISECONDS);
    try {
      return ClientCalls.blockingUnaryCall(channel, GREET, options, "who is there?");
    } catch (StatusRuntimeException e) {
      return "no answer: " + e.getStatus();
    }
  }

  /** A service on a free port that answers every call with its name. */
  static Server service(String name) {
    ServerServiceDefinition greeter =
        ServerServiceDefinition.builder("greeter")
            .addMethod(
                GREET,
                ServerCalls.asyncUnaryCall((question, answer) -> {
                  answer.onNext(name);
                  answer.onCompleted();
                }))
            .build();
    try {
      return Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
          .addService(greeter)
          .build()
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private static final class Text implements MethodDescriptor.Marshaller<String> {
    @Override
    public InputStream stream(String value) {
      return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String parse(InputStream stream) {
      try {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

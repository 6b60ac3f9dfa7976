// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.roster.proto.nacos.BiRequestStreamGrpc;
import io.roster.proto.nacos.Metadata;
import io.roster.proto.nacos.Payload;
import io.roster.proto.nacos.RequestGrpc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection over the wire of Nacos, from its handshake to its end; pushes are acknowledged. */
final class NacosStream implements StreamObserver<Payload> {

    private static final JsonMapper JSON = new JsonMapper();

    private final ManagedChannel channel;
    private final Consumer<JsonNode> lists;
    private final CountDownLatch setUp = new CountDownLatch(1);
    private final StreamObserver<Payload> stream;
    private volatile boolean isOpen = true;

    NacosStream(Line line, Consumer<JsonNode> lists) {
        this.lists = lists;
        this.channel = line.channel().disableRetry().build();
        this.stream = BiRequestStreamGrpc.newStub(channel).requestBiStream(this);
    }

    /** Shakes hands; false if nobody answers. */
    boolean open() {
        ObjectNode setup = JSON.createObjectNode().put("clientVersion", "Nacos-Java-Client:v2.5.1");
        setup.putObject("labels").put("source", "sdk").put("module", "naming");
        setup.putObject("abilityTable");
        try {
            if (ask("ServerCheckRequest", JSON.createObjectNode()) == null) {
                return false;
            }
            say("ConnectionSetupRequest", setup);
            return setUp.await(2, TimeUnit.SECONDS) && isOpen;
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Subscribes; false if nobody answers. The answer brings the first list. */
    boolean subscribe(String service) {
        JsonNode answer = ask(
                "SubscribeServiceRequest",
                JSON.createObjectNode()
                        .put("namespace", "public")
                        .put("serviceName", service)
                        .put("groupName", "DEFAULT_GROUP")
                        .put("subscribe", true)
                        .put("clusters", ""));
        if (answer == null) {
            return false;
        }
        lists.accept(answer.get("serviceInfo"));
        return true;
    }

    boolean isOpen() {
        return isOpen;
    }

    private @Nullable JsonNode ask(String type, JsonNode body) {
        try {
            JsonNode answer = read(RequestGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(2, TimeUnit.SECONDS)
                    .request(payload(type, body)));
            return answer.get("resultCode").asInt() == 200 ? answer : null;
        } catch (StatusRuntimeException unanswered) {
            return null;
        }
    }

    private void say(String type, JsonNode body) {
        synchronized (stream) {
            stream.onNext(payload(type, body));
        }
    }

    @Override
    public void onNext(Payload message) {
        JsonNode body = read(message);
        switch (message.getMetadata().getType()) {
            case "SetupAckRequest" -> setUp.countDown();
            case "NotifySubscriberRequest" -> {
                lists.accept(body.get("serviceInfo"));
                acknowledge("NotifySubscriberResponse", body);
            }
            case "ClientDetectionRequest" -> acknowledge("ClientDetectionResponse", body);
            default -> {
                // A request to go elsewhere: the stream will end.
            }
        }
    }

    private void acknowledge(String type, JsonNode push) {
        say(
                type,
                JSON.createObjectNode()
                        .put("resultCode", 200)
                        .put("requestId", push.get("requestId").asText()));
    }

    @Override
    public void onError(Throwable failure) {
        close();
    }

    @Override
    public void onCompleted() {
        close();
    }

    void close() {
        isOpen = false;
        setUp.countDown();
        channel.shutdownNow();
    }

    private static Payload payload(String type, JsonNode body) {
        try {
            return Payload.newBuilder()
                    .setMetadata(Metadata.newBuilder().setType(type).setClientIp("127.0.0.1"))
                    .setBody(Any.newBuilder().setValue(ByteString.copyFrom(JSON.writeValueAsBytes(body))))
                    .build();
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static JsonNode read(Payload payload) {
        try {
            return JSON.readTree(payload.getBody().getValue().toByteArray());
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }
}

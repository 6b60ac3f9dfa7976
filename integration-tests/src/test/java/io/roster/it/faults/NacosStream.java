// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.roster.it.NacosPayload;
import io.roster.proto.nacos.BiRequestStreamGrpc;
import io.roster.proto.nacos.Payload;
import io.roster.proto.nacos.RequestGrpc;
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
        try {
            if (ask("ServerCheckRequest", JSON.createObjectNode()) == null) {
                return false;
            }
            say(NacosPayload.setup());
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
            JsonNode answer = NacosPayload.body(RequestGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(2, TimeUnit.SECONDS)
                    .request(NacosPayload.of(type, body)));
            return answer.get("resultCode").asInt() == 200 ? answer : null;
        } catch (StatusRuntimeException unanswered) {
            return null;
        }
    }

    private void say(Payload message) {
        synchronized (stream) {
            stream.onNext(message);
        }
    }

    @Override
    public void onNext(Payload message) {
        JsonNode body = NacosPayload.body(message);
        switch (message.getMetadata().getType()) {
            case "SetupAckRequest" -> setUp.countDown();
            case "NotifySubscriberRequest" -> {
                lists.accept(body.get("serviceInfo"));
                say(NacosPayload.acknowledgement("NotifySubscriberResponse", body));
            }
            case "ClientDetectionRequest" -> say(NacosPayload.acknowledgement("ClientDetectionResponse", body));
            default -> {
                // A request to go elsewhere: the stream will end.
            }
        }
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
}

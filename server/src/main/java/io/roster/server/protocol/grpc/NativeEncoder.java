// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.server.protocol.grpc;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.roster.proto.v1.Diff;
import io.roster.proto.v1.Reply;
import io.roster.proto.v1.ServerMessage;
import io.roster.proto.v1.ServiceRef;
import io.roster.proto.v1.Snapshot;
import io.roster.server.core.Instance;
import io.roster.server.core.InstanceKey;
import io.roster.server.core.Listing;
import io.roster.server.core.ServiceChange;
import io.roster.server.core.ServiceName;
import io.roster.server.core.ServiceSnapshot;
import io.roster.server.core.View;
import io.roster.server.push.Encoder;
import io.roster.server.transport.EncodedMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * How the native wire writes lists and changes. The bytes of a list are made once and go out in pushes, in answers to
 * queries and in unary answers alike.
 */
final class NativeEncoder implements Encoder {

    static final NativeEncoder INSTANCE = new NativeEncoder();

    private NativeEncoder() {}

    /** The key of a list's bytes in the memo of its snapshot. */
    private record ListKey(View view) {}

    @Override
    public EncodedMessage full(ServiceSnapshot snapshot, View view) {
        byte[] list = list(snapshot, view);
        return new EncodedMessage(head(0, ServerMessage.SNAPSHOT_FIELD_NUMBER, list.length), list);
    }

    @Override
    public @Nullable EncodedMessage diff(ServiceChange change) {
        Listing listing = change.to().through(change.view());
        Diff.Builder diff = Diff.newBuilder()
                .setService(ref(change.to().service()))
                .setEpoch(change.to().epoch())
                .setFromRevision(change.fromRevision())
                .setToRevision(change.to().revision())
                .setDigest(listing.digest())
                .setProtected(listing.isProtected());
        if (!change.view().isAll()) {
            diff.setView(view(change.view()));
        }
        change.upserted().forEach(instance -> diff.addUpserted(instance(instance)));
        change.removed().forEach(key -> diff.addRemoved(key(key)));
        return EncodedMessage.of(
                ServerMessage.newBuilder().setDiff(diff).build().toByteArray());
    }

    /** A list as an answer of its own. */
    static EncodedMessage bare(ServiceSnapshot snapshot, View view) {
        return EncodedMessage.of(list(snapshot, view));
    }

    /** A list as the answer to a query on a stream. */
    static EncodedMessage reply(long requestId, ServiceSnapshot snapshot, View view) {
        byte[] list = list(snapshot, view);
        byte[] start = Reply.newBuilder()
                .setRequestId(requestId)
                .setCode(Reply.Code.OK)
                .setRevision(snapshot.revision())
                .build()
                .toByteArray();
        byte[] middle = head(0, Reply.SNAPSHOT_FIELD_NUMBER, list.length);
        int length = start.length + middle.length + list.length;
        byte[] head = head(start.length + middle.length, ServerMessage.REPLY_FIELD_NUMBER, length);
        int at = head.length - start.length - middle.length;
        System.arraycopy(start, 0, head, at, start.length);
        System.arraycopy(middle, 0, head, at + start.length, middle.length);
        return new EncodedMessage(head, list);
    }

    private static byte[] list(ServiceSnapshot snapshot, View view) {
        return snapshot.memo()
                .get(new ListKey(view), () -> snapshot(snapshot, view).toByteArray());
    }

    private static Snapshot snapshot(ServiceSnapshot snapshot, View view) {
        Listing listing = snapshot.through(view);
        Snapshot.Builder message = Snapshot.newBuilder()
                .setService(ref(snapshot.service()))
                .setEpoch(snapshot.epoch())
                .setRevision(snapshot.revision())
                .setDigest(listing.digest())
                .setProtected(listing.isProtected());
        if (!view.isAll()) {
            message.setView(view(view));
        }
        listing.instances().forEach(instance -> message.addInstances(instance(instance)));
        return message.build();
    }

    /** The tag and length that stand before an embedded message, and room behind them. */
    private static byte[] head(int room, int field, int length) {
        int size = CodedOutputStream.computeTagSize(field) + CodedOutputStream.computeUInt32SizeNoTag(length);
        byte[] head = new byte[size + room];
        try {
            CodedOutputStream output = CodedOutputStream.newInstance(head, 0, size);
            output.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            output.writeUInt32NoTag(length);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return head;
    }

    static ServiceRef ref(ServiceName name) {
        return ServiceRef.newBuilder()
                .setNamespace(name.namespace())
                .setGroup(name.group())
                .setName(name.name())
                .build();
    }

    static io.roster.proto.v1.View view(View view) {
        return io.roster.proto.v1.View.newBuilder()
                .addAllClusters(view.clusters())
                .setHealthyOnly(view.healthyOnly())
                .build();
    }

    static io.roster.proto.v1.InstanceKey key(InstanceKey key) {
        return io.roster.proto.v1.InstanceKey.newBuilder()
                .setIp(key.ip())
                .setPort(key.port())
                .setCluster(key.cluster())
                .build();
    }

    static io.roster.proto.v1.Instance instance(Instance instance) {
        return io.roster.proto.v1.Instance.newBuilder()
                .setIp(instance.key().ip())
                .setPort(instance.key().port())
                .setCluster(instance.key().cluster())
                .setWeight(instance.weight())
                .setEnabled(instance.isEnabled())
                .setHealthy(instance.isHealthy())
                .setEphemeral(true)
                .putAllMetadata(instance.metadata())
                .build();
    }
}

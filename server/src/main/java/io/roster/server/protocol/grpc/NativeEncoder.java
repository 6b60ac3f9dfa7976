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
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How the native wire writes lists and changes. The bytes of a list are made once and go out in pushes, in answers to
 * queries and in unary answers alike.
 */
final class NativeEncoder implements Encoder {

    static final NativeEncoder INSTANCE = new NativeEncoder();

    private static final byte[] NONE = new byte[0];

    /** The field of a Snapshot that says so; it may stand before the others. */
    private static final byte[] UNSETTLED =
            Snapshot.newBuilder().setSettling(true).build().toByteArray();

    private NativeEncoder() {}

    /** The key of a list's bytes in the memo of its snapshot. */
    private record ListKey(View view) {}

    @Override
    public EncodedMessage full(ServiceSnapshot snapshot, View view) {
        byte[] list = list(snapshot, view);
        return new EncodedMessage(head(ServerMessage.SNAPSHOT_FIELD_NUMBER, list.length), list);
    }

    @Override
    public EncodedMessage unsettled(ServiceSnapshot snapshot, View view) {
        byte[] list = list(snapshot, view);
        byte[] head = head(ServerMessage.SNAPSHOT_FIELD_NUMBER, UNSETTLED.length + list.length);
        byte[] flagged = Arrays.copyOf(head, head.length + UNSETTLED.length);
        System.arraycopy(UNSETTLED, 0, flagged, head.length, UNSETTLED.length);
        return new EncodedMessage(flagged, list);
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
                .setProtected(listing.isProtected())
                .setGuarded(change.to().isGuarded());
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

    /** The answer to a request that was done, by far the most frequent message: written without building it first. */
    static EncodedMessage ok(long requestId, long revision) {
        return new EncodedMessage(replyHead(requestId, revision, 0, 0), NONE);
    }

    /** A list as the answer to a query on a stream. */
    static EncodedMessage reply(long requestId, ServiceSnapshot snapshot, View view) {
        byte[] list = list(snapshot, view);
        int listHead = CodedOutputStream.computeTagSize(Reply.SNAPSHOT_FIELD_NUMBER)
                + CodedOutputStream.computeUInt32SizeNoTag(list.length);
        return new EncodedMessage(replyHead(requestId, snapshot.revision(), listHead, list.length), list);
    }

    /** An OK Reply up to the bytes of its list, which follow if {@code listHead} is not 0. */
    private static byte[] replyHead(long requestId, long revision, int listHead, int listLength) {
        int own = CodedOutputStream.computeUInt64Size(Reply.REQUEST_ID_FIELD_NUMBER, requestId)
                + CodedOutputStream.computeEnumSize(Reply.CODE_FIELD_NUMBER, Reply.Code.OK_VALUE)
                + CodedOutputStream.computeUInt64Size(Reply.REVISION_FIELD_NUMBER, revision);
        int length = own + listHead + listLength;
        byte[] head = new byte
                [CodedOutputStream.computeTagSize(ServerMessage.REPLY_FIELD_NUMBER)
                        + CodedOutputStream.computeUInt32SizeNoTag(length)
                        + own
                        + listHead];
        try {
            CodedOutputStream output = CodedOutputStream.newInstance(head);
            output.writeTag(ServerMessage.REPLY_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            output.writeUInt32NoTag(length);
            output.writeUInt64(Reply.REQUEST_ID_FIELD_NUMBER, requestId);
            output.writeEnum(Reply.CODE_FIELD_NUMBER, Reply.Code.OK_VALUE);
            output.writeUInt64(Reply.REVISION_FIELD_NUMBER, revision);
            if (listHead > 0) {
                output.writeTag(Reply.SNAPSHOT_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
                output.writeUInt32NoTag(listLength);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return head;
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
                .setProtected(listing.isProtected())
                .setGuarded(snapshot.isGuarded());
        if (!view.isAll()) {
            message.setView(view(view));
        }
        listing.instances().forEach(instance -> message.addInstances(instance(instance)));
        return message.build();
    }

    /** The tag and length that stand before an embedded message. */
    private static byte[] head(int field, int length) {
        int size = CodedOutputStream.computeTagSize(field) + CodedOutputStream.computeUInt32SizeNoTag(length);
        byte[] head = new byte[size];
        try {
            CodedOutputStream output = CodedOutputStream.newInstance(head);
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

// SPDX-FileCopyrightText: The Roster authors
// SPDX-License-Identifier: Apache-2.0
package io.roster.it.faults;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.channelz.v1.ChannelzGrpc;
import io.grpc.channelz.v1.GetServerSocketsRequest;
import io.grpc.channelz.v1.GetServersRequest;
import io.roster.it.Access;
import io.roster.it.RosterProcess;
import io.roster.it.history.Event;
import io.roster.it.history.History;
import io.roster.proto.v1.ClientKind;
import io.roster.proto.v1.GetServerRequest;
import io.roster.proto.v1.ListClientsRequest;
import io.roster.proto.v1.OperatorGrpc;
import io.roster.proto.v1.ServerSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The server over all its lives, each a process. One thread at a time; anyone may ask for the ports. */
final class Server implements AutoCloseable {

    private final History history;
    private final int port;
    private final Access access;
    private final List<String> options;
    private boolean wasUp;
    private final ManagedChannel channel;
    private final List<String> earlierOutput = new ArrayList<>();
    private RosterProcess process;

    Server(History history, Access access, List<String> options) {
        this.history = history;
        this.options = options;
        this.port = RosterProcess.freePorts();
        this.access = access;
        this.channel = access.channel(grpcPort()).build();
        this.process = launch();
    }

    Access access() {
        return access;
    }

    int grpcPort() {
        return port + 1_000;
    }

    /** For questions that no fault disturbs. */
    ManagedChannel channel() {
        return channel;
    }

    /** Kills it and starts it again on the same ports. */
    void kill(long downMs) throws InterruptedException {
        history.add(at -> new Event.ServerDown(at));
        process.kill();
        earlierOutput.addAll(process.output());
        TimeUnit.MILLISECONDS.sleep(downMs);
        process = launch();
    }

    private RosterProcess launch() {
        long launchedNs = history.nowNs();
        RosterProcess launched = RosterProcess.startOn(port, options.toArray(String[]::new));
        channel.resetConnectBackoff();
        long epoch = summary().getEpoch();
        boolean isWarm = wasUp && options.contains("--warm-start=true");
        wasUp = true;
        history.add(at -> new Event.ServerUp(at, launchedNs, epoch, isWarm));
        return launched;
    }

    /** Stops it in its tracks for a while. */
    void pause(long ms) throws IOException, InterruptedException {
        history.add(at -> new Event.ServerPaused(at));
        signal("STOP");
        try {
            TimeUnit.MILLISECONDS.sleep(ms);
        } finally {
            signal("CONT");
            history.add(at -> new Event.ServerResumed(at));
        }
    }

    private void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("kill -" + name + ": exit code " + exit);
        }
    }

    /** What it says of itself. */
    ServerSummary summary() throws StatusRuntimeException {
        return OperatorGrpc.newBlockingStub(channel)
                .withWaitForReady()
                .withDeadlineAfter(10, TimeUnit.SECONDS)
                .getServer(GetServerRequest.getDefaultInstance());
    }

    /** How many clients hold a stream, or are missed. */
    long connectedClients() {
        return OperatorGrpc.newBlockingStub(channel)
                .withDeadlineAfter(10, TimeUnit.SECONDS)
                .listClients(ListClientsRequest.newBuilder()
                        .setKind(ClientKind.CONNECTION)
                        .build())
                .getClientsCount();
    }

    /** How many connections gRPC remembers beside that of who asks: more than there are, if it forgets to forget. */
    int otherConnections() {
        ChannelzGrpc.ChannelzBlockingStub channelz =
                ChannelzGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
        return channelz.getServers(GetServersRequest.getDefaultInstance()).getServerList().stream()
                        .mapToInt(each -> channelz.getServerSockets(GetServerSocketsRequest.newBuilder()
                                        .setServerId(each.getRef().getServerId())
                                        .build())
                                .getSocketRefCount())
                        .sum()
                - 1;
    }

    /** What it has printed in all its lives. */
    List<String> output() {
        List<String> output = new ArrayList<>(earlierOutput);
        output.addAll(process.output());
        return output;
    }

    @Override
    public void close() {
        channel.shutdownNow();
        process.close();
    }
}

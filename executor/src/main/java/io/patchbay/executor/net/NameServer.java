package io.patchbay.executor.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The name server of the box, at the address that its {@code resolv.conf} names. Whoever connects
 * there gets one end of a pair of sockets, and this is at the other. Never waits: a caller that
 * does not read its answers loses the connection.
 */
final class NameServer {
  private static final int PORT = 53;
  private static final byte[] ADDRESS = {127, 0, 0, 1};
  private static final int NO_SIGNAL = 0x4000;
  private static final int MOST_OF_ONE_CALL = 64;
  private static final int MOST = 1024;
  private static final List<InetAddress> LOCAL = List.of(literal("127.0.0.1"), literal("::1"));

  private final Kernel kernel;
  private final EventLoop loop;
  private final Lookups lookups;
  private final MemorySegment pair;
  private final MemorySegment input;
  private final MemorySegment output;
  private final Shares shares = new Shares(MOST);
  private final List<Connection> connections = new ArrayList<>();

  NameServer(Kernel kernel, EventLoop loop, Lookups lookups, Arena arena) {
    this.kernel = kernel;
    this.loop = loop;
    this.lookups = lookups;
    this.pair = arena.allocate(8, 8);
    this.input = arena.allocate(2L + DnsQuestion.LONGEST);
    this.output = arena.allocate(2L + DnsQuestion.LONGEST);
  }

  private static InetAddress literal(String address) {
    return InetAddress.ofLiteral(address);
  }

  static boolean isAt(Target target) {
    return target.port() == PORT && Arrays.equals(target.bytes(), ADDRESS);
  }

  /** The caller's end, to be installed and closed, or an error below zero. */
  int connect(CallNetwork call) {
    if (!call.names().isHeard()) {
      return -Linux.ECONNREFUSED;
    }
    long open = connections.stream().filter(connection -> connection.call == call).count();
    if (open >= MOST_OF_ONE_CALL || !shares.take(call.owner())) {
      return -Linux.ENOBUFS;
    }
    int result = kernel.socketPair(Linux.STREAM | Linux.CLOEXEC, pair);
    if (result < 0) {
      shares.give(call.owner());
      return result;
    }
    Connection connection = new Connection(call, pair.get(JAVA_INT, 0));
    connections.add(connection);
    if (kernel.setStatusFlags(connection.fd, Linux.NONBLOCK) < 0 || !connection.start()) {
      connection.close();
      kernel.close(pair.get(JAVA_INT, 4));
      return -Linux.ENOBUFS;
    }
    return pair.get(JAVA_INT, 4);
  }

  /** The call is over. */
  void forget(CallNetwork call) {
    connections.stream()
        .filter(connection -> connection.call == call)
        .toList()
        .forEach(Connection::close);
  }

  void close() {
    List.copyOf(connections).forEach(Connection::close);
  }

  private final class Connection {
    private final CallNetwork call;
    private final int fd;
    private final ByteBuffer received = ByteBuffer.allocate(4 * (2 + DnsQuestion.LONGEST));
    private long token;
    private boolean closed;

    Connection(CallNetwork call, int fd) {
      this.call = call;
      this.fd = fd;
    }

    boolean start() {
      token = loop.watch(fd, EventLoop.READABLE, _ -> read());
      return token >= 0;
    }

    private void read() {
      long space = Math.min(input.byteSize(), received.remaining());
      long count = kernel.read(fd, input.asSlice(0, space));
      if (count == -Linux.EAGAIN) {
        return;
      }
      if (count <= 0) {
        close();
        return;
      }
      received.put(input.asSlice(0, count).toArray(JAVA_BYTE));
      received.flip();
      while (!closed && takeOne()) {
        // one message after the other
      }
      received.compact();
    }

    /** Whether there was a whole message. */
    private boolean takeOne() {
      if (received.remaining() < 2) {
        return false;
      }
      int length = Short.toUnsignedInt(received.getShort(received.position()));
      if (length > DnsQuestion.LONGEST) {
        close();
        return false;
      }
      if (received.remaining() < 2 + length) {
        return false;
      }
      byte[] message = new byte[length];
      received.position(received.position() + 2);
      received.get(message);
      Optional<DnsQuestion> question = DnsQuestion.parse(message);
      if (question.isEmpty()) {
        close();
        return false;
      }
      answer(question.get());
      return true;
    }

    private void answer(DnsQuestion question) {
      if (!call.names().mayAskAgain()) {
        send(question.answer(DnsQuestion.REFUSED));
        close(); // what else was sent at once is not even read
      } else if (!question.asksForAddresses()) {
        send(question.answer(DnsQuestion.NO_ERROR));
      } else if (AskedNames.isLocal(question.name())) {
        call.names().ledTo(question.name(), LOCAL);
        send(question.answer(LOCAL));
      } else {
        Optional<InetAddress> closedName = call.names().closedAddress(question.name());
        if (closedName.isPresent()) {
          send(question.answer(List.of(closedName.get())));
        } else {
          lookups.find(call, question.name(), found -> send(reply(question, found)));
        }
      }
    }

    private static byte[] reply(DnsQuestion question, Lookups.Found found) {
      return switch (found) {
        case Lookups.Found.Addresses(List<InetAddress> addresses) -> question.answer(addresses);
        case Lookups.Found.Nothing _ -> question.answer(DnsQuestion.UNKNOWN_NAME);
        case Lookups.Found.TooLate _ -> question.answer(DnsQuestion.SERVER_FAILURE);
      };
    }

    private void send(byte[] message) {
      if (closed) {
        return;
      }
      MemorySegment.copy(message, 0, output, JAVA_BYTE, 0, message.length);
      if (kernel.send(fd, output.asSlice(0, message.length), NO_SIGNAL) < message.length) {
        close();
      }
    }

    private void close() {
      if (!closed) {
        closed = true;
        loop.forget(token, fd);
        kernel.close(fd);
        connections.remove(this);
        shares.give(call.owner());
      }
    }
  }
}
